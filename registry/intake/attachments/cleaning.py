"""A file as it came → a file as it is kept, or a refusal that says what to do instead."""

from __future__ import annotations

from registry.intake.attachments import documents, pictures, texts
from registry.intake.attachments.documents import Fault
from registry.intake.attachments.rules import (
    ACTIVE,
    CUT,
    DOUBLE,
    EMPTY,
    FILE_MAX,
    NOT_UTF8,
    Clean,
    Kind,
    Media,
    refused,
    too_large,
)
from registry.intake.attachments.sniffing import sniffed

_FAULTS = {Fault.CUT: CUT, Fault.DOUBLE: DOUBLE, Fault.ACTIVE: ACTIVE}


def cleaned(name: str, raw: bytes) -> Clean:
    """The file as it is kept; of its name only the ending is looked at. Raises ``Invalid``."""
    if len(raw) > FILE_MAX:
        raise too_large()
    kind, form = sniffed(name, raw)
    if kind is Kind.PICTURE:
        return pictures.drawn(raw, form)
    return _text(raw) if kind is Kind.TEXT else _pdf(raw)


def _text(raw: bytes) -> Clean:
    try:
        text = texts.plain(raw)
    except texts.NotText as error:
        raise refused(NOT_UTF8) from error
    if not text.strip():
        raise refused(EMPTY)
    data = text.encode("utf-8")
    if len(data) > FILE_MAX:  # every hidden mark that is written out takes the room of several
        raise too_large()
    return Clean(Media.TEXT, data)


def _pdf(raw: bytes) -> Clean:
    fault = documents.fault(raw)
    if fault is not None:
        raise refused(_FAULTS[fault])
    return Clean(Media.PDF, raw)
