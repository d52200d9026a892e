"""What a file really is: the end of its name, its first bytes and (in ``cleaning``) its decoder must agree.

Between formats of pictures they need not: a telephone's programs mix these up, and a picture is drawn
anew as whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import puremagic

from registry.intake.attachments.rules import (
    DIFFERS,
    EMPTY,
    INSTEAD,
    NOT_CHOSEN,
    Kind,
    ending_of,
    instead,
    kind_by_ending,
    refused,
)

FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
)
"""Media type as puremagic names it → Pillow's name of the format."""
LOOKED_AT: Final = 4_096
"""Bytes at the start of a file that say what it is."""
_BEGINNINGS = {
    "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06)"),
    # Written in letters, and yet no text: they would be opened by a program that does more than show letters.
    "html": re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?xml)\b", re.IGNORECASE),
    "rtf": re.compile(rb"\{\\rtf"),
    "eps": re.compile(rb"%!PS"),
    "pdf": re.compile(rb"%PDF-"),
    "sh": re.compile(rb"#!"),
}
"""Ending → how files begin that are told apart here because puremagic is of two minds about them."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_LETTER = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniffed(name: str, raw: bytes) -> tuple[Kind, str]:
    """What the file is, and of a picture Pillow's name of its format; raises ``Invalid`` with a remedy."""
    ending = ending_of(name)
    if not raw:
        raise refused(EMPTY if name else NOT_CHOSEN)
    named, found = kind_by_ending(ending), _looks_like(raw)
    if named is None:
        raise refused(instead(ending))
    if named is Kind.PICTURE and found in FORMS:
        return named, FORMS[found]
    if named is Kind.PDF and found == "application/pdf":
        return named, ""
    if named is Kind.TEXT and not found:
        return named, ""
    raise refused(_remedy(found), ending=ending)


def _looks_like(raw: bytes) -> str:
    """The media type that the first bytes are of; '' where they are of none that matters here."""
    start = raw[:LOOKED_AT]
    if start.startswith(_UTF_16):
        return ""  # a text, but not one that is taken: its decoder says so
    letters = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for ending, pattern in _BEGINNINGS.items():
        if pattern.match(letters):
            return "application/pdf" if start.startswith(b"%PDF-") else ending
    try:
        found = puremagic.magic_string(start)
    except (puremagic.PureError, ValueError):
        return ""
    best = found[0]
    if best.mime_type in FORMS or best.mime_type == "application/pdf":
        return str(best.mime_type)
    # It takes words at the start of a text for programs and messages.
    return str(best.extension).lstrip(".") if _NO_LETTER.search(start) else ""


def _remedy(found: str) -> str:
    """What to do instead, as far as it is known what the file is."""
    return INSTEAD.get(found, DIFFERS)
