"""What a node may say of a field of somebody else's record, and until when that counts. Pure.

A *line* is this node's reading of one field: codes of a facet of this node's taxonomy, a translated title or
summary, or a note on the whole record. It names the revision that was read and what the owner said there (as
a hash). Where the owner says something else since, the line is *stale*: it is shown as such, and counts
nowhere until a reviewer has looked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.account import fields as checks
from registry.account.blank import is_blank
from registry.account.languages import is_known
from registry.errors import N_, Problem
from registry.record.canonical import canonical
from registry.record.types import Origin, PublicRecord
from taxonomy import Taxonomy

TITLE, SUMMARY, NOTE = "title", "summary", "note"
LIMITS: Final[Mapping[str, int]] = {TITLE: 200, SUMMARY: 5_000, NOTE: 1_000}
"""Fields that are texts, and their most characters."""
BECAUSE_MAX: Final = 500
"""Characters of the reason for the codes of a facet."""
NOT_READ: Final = frozenset({"status", "audience", "tlp"})
"""Facets that no reviewer codes: software sets them, or they are answered elsewhere."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of one field: codes of a facet and why, or a text and its language (BCP 47).

    A note needs a language as well: that in which it is written.
    """

    field: str
    codes: tuple[str, ...] = ()
    text: str = ""
    language: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A reading that is kept: of which revision, what the owner said (``owner``, SHA-256 in hex), when.

    ``edition`` counts from 1 with every change of the line.
    """

    reading: Reading
    revision: int
    owner: str
    edition: int
    day: date


def fields(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Every field that can be read here: facets in the order of the form, then the texts."""
    return (*(facet for facet in taxonomy.facets if facet not in NOT_READ), *LIMITS)


def is_readable(record: PublicRecord) -> bool:
    """Whether this node may put a reading beside it: what it published itself it corrects instead."""
    return record.provenance.origin is not Origin.OWN


def owner_of(record: PublicRecord, field: str) -> str:
    """What the owner says of a field, as a hash (SHA-256, hex) that is another one once they say otherwise.

    A summary stands for the text; a note is on everything that the record says of itself.
    """
    account = record.account
    said: object
    if field == TITLE:
        said = [account.title, account.language]
    elif field == SUMMARY:
        said = [account.text, account.language]
    elif field == NOTE:
        said = [account.to_json(), record.state.value]
    else:
        said = [list(record.codes().get(field, ())), _unknown(record, field)]
    return hashlib.sha256(canonical({"said": said})).hexdigest()


def is_stale(line: Line, record: PublicRecord) -> bool:
    """Whether the owner says something else of the field than what was read."""
    return line.owner != owner_of(record, line.reading.field)


def problems(taxonomy: Taxonomy, record: PublicRecord, reading: Reading) -> list[Problem]:
    """What is wrong with a reading of a record; empty when it is good."""
    if reading.field not in fields(taxonomy):
        return [Problem("/field", N_("Choose one of: %(known)s."), {"known": ", ".join(fields(taxonomy))})]
    found = _of_text(reading) if reading.field in LIMITS else _of_codes(taxonomy, record, reading)
    return list(found)


def _of_text(reading: Reading) -> Iterator[Problem]:
    if is_blank(reading.text):
        yield Problem("/text", N_("Write the text."))
    yield from checks.text("/text", reading.text, LIMITS[reading.field], one_line=reading.field == TITLE)
    if not is_known(reading.language):
        yield Problem("/language", N_("Choose the language in which you write."))
    if reading.codes or reading.because:
        yield Problem("/codes", N_("A text has no codes and needs no reason."))


def _of_codes(taxonomy: Taxonomy, record: PublicRecord, reading: Reading) -> Iterator[Problem]:
    if reading.text or reading.language:
        yield Problem("/text", N_("A facet has codes and no text."))
    if not reading.codes:
        yield Problem("/codes", N_("Choose at least one code."))
    for found in taxonomy.check({reading.field: list(reading.codes)}):
        rest = found.pointer.removeprefix(f"/{reading.field}")
        yield Problem(f"/codes{rest}", found.message, found.facts)
    if list(reading.codes) == list(record.codes().get(reading.field, ())):
        yield Problem("/codes", N_("That is what the record says itself."))
    if is_blank(reading.because):
        yield Problem("/because", N_("Say why you read it so: it stands beside the code."))
    yield from checks.text("/because", reading.because, BECAUSE_MAX)


def _unknown(record: PublicRecord, facet: str) -> Sequence[str]:
    """Codes of the owner's that this node's taxonomy does not know."""
    return [str(code) for codes in record.raw.values() for code in _listed(codes.get(facet))]


def _listed(codes: object) -> Sequence[object]:
    return codes if isinstance(codes, list | tuple) else ()
