"""Lines of the plain form: title, text, date, parties and classifications under plain names. Pure.

``{"source", "source_id", "title", "text", "date": "YYYY[-MM[-DD]]" or null, "date_precision", "urls": [],
"entities": {"deployers": [{"name"}], …}, "classifications": {scheme: {field: value}}, "licence",
"redistributable", "extra": {}}``
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from registry.errors import N_
from registry.record.collections.aiid_classifications import is_kept, is_result
from registry.record.collections.assembling import Assembler, Finding, Place
from registry.record.collections.jsonfile import list_at, text_at
from registry.record.collections.names import is_placeholder
from registry.record.collections.rows import Row, RowProblem
from registry.record.collections.sources import KNOWN, Source
from registry.record.collections.text import one_line

NAMES = {
    "id": "source_id",
    "title": "title",
    "text": "text",
    "happened": "date",
    "developers": "entities.developers",
    "deployers": "entities.deployers",
    "harmed": "entities.harmed",
    "systems": "extra.system",
}
"""Fields of an account and the fields they come from."""
PRECISION = {"year": 4, "month": 7, "day": 10}
"""Characters of a date that a precision vouches for."""
NOTE_MAX = 200
"""Characters of a licence or a name of a source."""
ITSELF = "collection"
"""Scheme for what a collection says of its own entry, such as the list it stands on."""


def rows(place: Place, document: Mapping[str, Any], assembler: Assembler) -> Iterator[Row]:
    """The record of a line, or its problems."""
    source = _source(place, document)
    if isinstance(source, RowProblem):
        yield source
        return
    yield from assembler.assemble(_finding(place, document, source), NAMES)


def _source(place: Place, document: Mapping[str, Any]) -> Source | RowProblem:
    key = text_at(document, "source")
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,30}", key, re.ASCII):
        return place.problem("source", N_("This should be the short name of a collection, such as aiid."))
    if key == "own":
        return place.problem("source", N_("A foreign record cannot be our own."))
    if document.get("redistributable", "yes") != "yes":
        return place.problem("redistributable", N_("The source does not allow this record to be shown."))
    if key in KNOWN:
        return KNOWN[key]
    licence = one_line(text_at(document, "licence"), NOTE_MAX)
    if not licence:
        return place.problem("licence", N_("The licence is missing."))
    return Source(key=key, name=key, licence=licence, attribution=f"{key}, {licence}")


def _finding(place: Place, document: Mapping[str, Any], source: Source) -> Finding:
    links = [link for link in list_at(document, "urls") if isinstance(link, str)]
    number = text_at(document, "source_id")
    return Finding(
        place=place,
        provenance=source.provenance(number),
        title=text_at(document, "title"),
        text=text_at(document, "text"),
        happened=_happened(document),
        entities=_entities(document),
        links=[*(link for link in links if link != source.provenance(number).url), *_same_event(document)],
        raw=_raw(document),
    )


def _happened(document: Mapping[str, Any]) -> str:
    precision = PRECISION.get(text_at(document, "date_precision"), PRECISION["day"])
    return text_at(document, "date")[:precision]


def _entities(document: Mapping[str, Any]) -> dict[str, list[str]]:
    parties = {
        kind: [name for entry in list_at(document, "entities", kind) if (name := _name(entry))]
        for kind in ("developers", "deployers", "harmed")
    }
    system = text_at(document, "extra", "system")
    return parties | {"systems": [system] if system else []}


def _name(entry: object) -> str:
    name = entry if isinstance(entry, str) else text_at(entry, "name") if isinstance(entry, Mapping) else ""
    return "" if is_placeholder(name) else name


def _same_event(document: Mapping[str, Any]) -> list[str]:
    """Addresses of the same event in monitors that are no collections of records here."""
    return [link for link in list_at(document, "extra", "same_as") if isinstance(link, str)]


def _raw(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    given = document.get("classifications")
    drafts = list_at(document, "extra", "unpublished_classifications")
    schemes = {
        str(scheme): {str(name): value for name, value in fields.items() if is_kept(str(name))}
        for scheme, fields in (given.items() if isinstance(given, Mapping) else ())
        if isinstance(fields, Mapping) and is_result(str(scheme)) and scheme not in drafts
    }
    dataset = text_at(document, "extra", "dataset")
    reports = list_at(document, "extra", "report_numbers")
    return (
        schemes | {ITSELF: {"dataset": dataset}, "AIID": {"reports": reports}}
        if dataset or reports
        else schemes
    )
