"""Read a snapshot of the AI Incident Database in its own layout. Pure.

A folder with ``incidents.csv`` and, where the snapshot has them, ``classifications_<scheme>.csv`` and
``duplicates.csv``. Other files of the full snapshot (reports, submissions, the database dump) are not
licensed for copying and never read. Each incident becomes an incident record. Its entities, given
as slugs without order, become readable names in alphabetical order, placeholders left out.
``duplicates.csv`` becomes relations, never redirects: some duplicates are still listed as incidents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from registry.errors import N_
from registry.record.collections.aiid_classifications import Classifications, read_classifications
from registry.record.collections.assembling import Assembler, Finding, Place
from registry.record.collections.csvfile import read_csv
from registry.record.collections.names import Wording, is_placeholder
from registry.record.collections.rows import Row, RowProblem
from registry.record.collections.sources import AIID
from registry.record.types import Relation

INCIDENTS = "incidents.csv"
DUPLICATES = "duplicates.csv"
SCHEME = "AIID"
"""Scheme under which the incident's own facts are kept: the numbers of the reports it rests on."""
PARTIES = {
    "deployers": "Alleged deployer of AI system",
    "developers": "Alleged developer of AI system",
    "harmed": "Alleged harmed or nearly harmed parties",
}
NAMES = {"id": "incident_id", "title": "title", "text": "description", "happened": "date"} | PARTIES
"""Fields of an account and the columns they come from."""
NEEDED = (*NAMES.values(), "reports")
NUMBER_MAX = 10
"""Digits of an incident number."""


def read(path: Path, assembler: Assembler) -> Iterator[Row]:
    """Every incident of the snapshot in ``path``, and every problem of its files."""
    incidents = path / INCIDENTS
    if not incidents.is_file():
        yield Place(INCIDENTS).problem("", N_("There is no such file in this folder."))
        return
    classifications = Classifications()
    yield from read_classifications(path, classifications)
    duplicates: dict[str, str] = {}
    yield from _read_duplicates(path / DUPLICATES, duplicates)
    for line in read_csv(incidents, NEEDED):
        if isinstance(line, RowProblem):
            yield line
        else:
            finding = _finding(*line, classifications, duplicates)
            yield from [finding] if isinstance(finding, RowProblem) else assembler.assemble(finding, NAMES)
    yield from classifications.left_out()


def _finding(
    place: Place, cells: Mapping[str, str], classifications: Classifications, duplicates: Mapping[str, str]
) -> Finding | RowProblem:
    number = cells.get("incident_id", "").strip()
    if not _is_number(number):
        return place.problem("incident_id", N_("This should be a whole number."))
    lists: dict[str, list[Any]] = {}
    for column in (*PARTIES.values(), "reports"):
        values = _list(cells.get(column, "[]"))
        if values is None:
            return place.problem(column, N_("This should be a list in JSON."))
        lists[column] = values
    title, text = cells.get("title", ""), cells.get("description", "")
    raw = classifications.take(number)
    wording = Wording(f"{title}\n{text}")
    return Finding(
        place=place,
        provenance=AIID.provenance(number),
        title=title,
        text=text,
        happened=cells.get("date", "").strip(),
        countries=classifications.countries(raw),
        entities={kind: _names(lists[column], wording) for kind, column in PARTIES.items()},
        raw={SCHEME: {"reports": sorted(n for n in lists["reports"] if isinstance(n, int))}} | raw,
        related=_duplicate_of(duplicates.get(number)),
    )


def _names(slugs: list[Any], wording: Wording) -> list[str]:
    named = {wording.readable(slug) for slug in slugs if isinstance(slug, str) and not is_placeholder(slug)}
    return sorted(named, key=lambda name: (name.casefold(), name))


def _list(cell: str) -> list[Any] | None:
    try:
        values = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, list) else None


def _is_number(text: str) -> bool:
    return re.fullmatch(rf"[1-9][0-9]{{0,{NUMBER_MAX - 1}}}", text, re.ASCII) is not None


def _read_duplicates(path: Path, into: dict[str, str]) -> Iterator[RowProblem]:
    if not path.is_file():
        return
    columns = ("duplicate_incident_number", "true_incident_number")
    for line in read_csv(path, columns):
        if isinstance(line, RowProblem):
            yield line
            continue
        place, cells = line
        numbers = [cells.get(column, "").strip() for column in columns]
        wrong = [column for column, number in zip(columns, numbers, strict=True) if not _is_number(number)]
        if wrong:
            yield place.problem(wrong[0], N_("This should be a whole number."))
        else:
            into[numbers[0]] = numbers[1]


def _duplicate_of(number: str | None) -> list[Relation]:
    return [Relation("duplicate-of", f"{AIID.key}:{number}")] if number else []
