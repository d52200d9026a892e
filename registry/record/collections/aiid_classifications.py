"""The classification files of an AIID snapshot: one row per incident and scheme. Pure.

Rows that are drafts (``Published`` is not True) and rows of single annotators are no results: they are
counted and left out. So are the bookkeeping columns, the columns that list people by name, and the
"Snippets" columns of GMF, which quote press reports that belong to others: those are never kept in memory.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from registry.errors import N_
from registry.record.collections.assembling import Place
from registry.record.collections.csvfile import read_csv
from registry.record.collections.rows import RowProblem, Skipped

BOOKKEEPING = frozenset(
    {
        "Incident Number",
        "Annotator",
        "Annotation Status",
        "Reviewer",
        "Peer Reviewer",
        "Quality Control",
    }
)
NAMING_PEOPLE = frozenset({"Entities", "Named Entities"})
NEEDED = ("Namespace", "Incident ID", "Published")
DRAFTS = N_("unpublished classifications")
ANNOTATORS = N_("classifications by single annotators")
ORPHANS = N_("classifications of incidents that are not in the snapshot")
COUNTRY = "Location Country (two letters)"

_ANNOTATOR = re.compile(r"_Annotator-\d+$")

Fields = dict[str, str]


def is_result(scheme: str) -> bool:
    """Whether a scheme holds results, not the opinion of one annotator."""
    return _ANNOTATOR.search(scheme) is None


def is_kept(column: str) -> bool:
    """Whether a column of a classification is kept at all."""
    return not (column in BOOKKEEPING or column in NAMING_PEOPLE or column.endswith("Snippets"))


class Classifications:
    """Incident number → scheme → field → cell, each incident given out once."""

    def __init__(self) -> None:
        self._by_incident: dict[str, dict[str, Fields]] = {}
        self._skipped: Counter[str] = Counter()

    def add(self, number: str, scheme: str, fields: Fields) -> None:
        """Keep one published row."""
        self._by_incident.setdefault(number, {})[scheme] = fields

    def skip(self, reason: str, count: int = 1) -> None:
        """Count rows that are left out."""
        self._skipped[reason] += count

    def take(self, number: str) -> dict[str, dict[str, Any]]:
        """What is known of an incident; forgotten here, so that memory shrinks as the import goes on."""
        return dict(self._by_incident.pop(number, {}))

    def left_out(self) -> Iterator[Skipped]:
        """What was not used, at the end."""
        if self._by_incident:
            self.skip(ORPHANS, sum(len(schemes) for schemes in self._by_incident.values()))
        for reason, count in sorted(self._skipped.items()):
            yield Skipped(reason, count)

    @staticmethod
    def countries(schemes: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """The country that CSET found, where it gives a code rather than a name."""
        found = [str(fields.get(COUNTRY, "")).strip().upper() for fields in schemes.values()]
        return [code for code in dict.fromkeys(found) if re.fullmatch(r"[A-Z]{2}", code)]


def read_classifications(folder: Path, into: Classifications) -> Iterator[RowProblem]:
    """Read every classification file of a snapshot; gives the problems of their rows."""
    for path in sorted(folder.glob("classifications_*.csv")):
        if not is_result(path.stem):
            into.skip(ANNOTATORS, _count_rows(path))
            continue
        for line in read_csv(path, NEEDED, _unwanted_columns(path)):
            problem = line if isinstance(line, RowProblem) else _keep(*line, into)
            if problem is not None:
                yield problem


def _keep(place: Place, cells: Fields, into: Classifications) -> RowProblem | None:
    number, scheme = cells.pop("Incident ID", "").strip(), cells.pop("Namespace", "").strip()
    published = cells.pop("Published", "").strip().casefold()
    if not re.fullmatch(r"[1-9][0-9]{0,9}", number, re.ASCII):
        return place.problem("Incident ID", N_("This should be a whole number."))
    if not scheme:
        return place.problem("Namespace", N_("The name of the scheme is missing."))
    if published != "true":
        into.skip(DRAFTS)
    elif not is_result(scheme):
        into.skip(ANNOTATORS)
    else:
        into.add(number, scheme, {column: cell for column, cell in cells.items() if cell.strip()})
    return None


def _unwanted_columns(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        return frozenset(column for column in next(csv.reader(file), []) if not is_kept(column))


def _count_rows(path: Path) -> int:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        return max(0, sum(1 for _ in csv.reader(file)) - 1)
