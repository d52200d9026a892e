"""From a row to an account in JSON, and from an account to a row. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.account import Account
from registry.errors import N_
from registry.formulas import unguard
from registry.intake.bulk import answers, foreign, reading_cells
from registry.intake.bulk.cells import fold, join, split
from registry.intake.bulk.columns import REFERENCE, Column, Form, by_name, columns
from registry.intake.bulk.headers import Meaning, Use
from registry.intake.bulk.limits import CELL_MAX, REFERENCE_MAX
from registry.intake.bulk.table import Line, Note
from registry.intake.labels import is_marked
from taxonomy import Taxonomy

TOO_LONG = N_("This cell has %(length)s characters; the limit is %(limit)s.")
MORE_CELLS = N_("This row has more cells than the header has names.")
LEFT_OUT = N_("“%(said)s” is no answer here; it is left out.")
TAKEN = N_("Read as %(codes)s.")
MARKED = N_("This cell says that not everybody may read the report. Name its column “tlp”, then it counts.")
LONG_REFERENCE = N_("A reference has at most %(limit)s characters.")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a cell: which column of the file (None: the row as a whole), and the place meant."""

    column: int | None
    pointer: str
    note: Note


@dataclass(slots=True)
class Read:
    """A row as read: the account in JSON, the partner's number, what is wrong, what else should be known."""

    account: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    faults: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)


class RowReader:
    """Reads the rows of one file; ``language`` is the one of reports that do not say theirs."""

    def __init__(
        self, header: Sequence[str], meanings: Sequence[Meaning], taxonomy: Taxonomy, language: str
    ) -> None:
        self._header, self._meanings, self._taxonomy = header, meanings, taxonomy
        self._columns = by_name(taxonomy)
        self._language = language

    def read(self, line: Line) -> Read:
        """What a line says."""
        if line.fault is not None:
            return Read(faults=[Said(None, "", line.fault)])
        if line.whole is not None:
            long = [Said(None, "", note) for note in _long(line.reference)]
            return self._with_language(Read(dict(line.whole), line.reference, long))
        read, story = Read(), list[str]()
        if any(cell.strip() for cell in line.cells[len(self._header) :]):
            read.faults.append(Said(None, "", Note(MORE_CELLS)))
        for use in (Use.FIELD, Use.CODED, Use.STORY):  # what is said in our own columns comes first
            for place, cell in enumerate(line.cells[: len(self._header)]):
                if self._meanings[place].use is use and cell.strip():
                    self._cell(read, story, place, unguard(cell))
        read.faults += self._marked(line.cells)
        if story:
            _put(read.account, "/text", "\n\n".join([read.account.get("text", ""), *story]).strip())
        return self._with_language(read)

    def _marked(self, cells: Sequence[str]) -> list[Said]:
        """Labels in columns that nothing is read of: without them the report would be for everybody."""
        return [
            Said(place, "", Note(MARKED))
            for place, (cell, meaning) in enumerate(zip(cells, self._meanings, strict=False))
            if meaning.use in (Use.UNKNOWN, Use.NOWHERE) and is_marked(cell)
        ]

    def _cell(self, read: Read, story: list[str], place: int, cell: str) -> None:
        meaning = self._meanings[place]
        column = self._columns.get(meaning.column)
        if len(cell) > CELL_MAX:
            note = Note(TOO_LONG, {"length": len(cell), "limit": CELL_MAX})
            read.faults.append(Said(place, column.pointer if column else "", note))
        elif column is not None:
            self._own(read, place, column, cell)
        elif meaning.use is Use.STORY:
            story.append(f"{self._header[place].strip()}: {cell.strip()}")
        else:
            self._others(read, story, place, cell)

    def _own(self, read: Read, place: int, column: Column, cell: str) -> None:
        value, wrong = reading_cells.read(column, cell, self._taxonomy)
        if wrong and column.facet:
            implied = reading_cells.derived(column.facet, cell, self._taxonomy)
            if implied:
                self._take(read, place, implied)
                return
        if column.name == REFERENCE:
            read.reference, wrong = value, _long(value)
        elif value not in (None, []):
            _put(read.account, column.pointer, value)
        read.faults += [Said(place, column.pointer, note) for note in wrong]

    def _others(self, read: Read, story: list[str], place: int, cell: str) -> None:
        """Answers of another list: ours by our words or the crosswalk; the rest is story, or told."""
        meaning, rest = self._meanings[place], list[str]()
        for piece in split(cell):
            codes = self._ours(meaning, piece)
            if codes:
                self._take(read, place, codes)
            else:
                rest.append(piece)
        if rest and meaning.story:
            story.append(f"{self._header[place].strip()}: {'; '.join(rest)}")
        elif rest:
            said = "; ".join(rest)[: reading_cells.SAID_MAX]
            read.notes.append(Said(place, "", Note(LEFT_OUT, {"said": said})))

    def _ours(self, meaning: Meaning, piece: str) -> list[str]:
        for facet in meaning.facets:
            code = answers.codes(self._taxonomy, facet).get(fold(piece))
            if code is not None:
                return [code]
        matches = self._taxonomy.crosswalk.derive(foreign.SCHEME, meaning.field, piece)
        return [match.code for match in matches]

    def _take(self, read: Read, place: int, codes: Sequence[str]) -> None:
        """Add derived answers; a question with one answer keeps the one it has."""
        classification = read.account.setdefault("classification", {})
        taken = []
        for code in codes:
            facet = code.partition("/")[0]
            held = classification.setdefault(facet, [])
            if code not in held and not (held and self._taxonomy.facets[facet].cardinality == "one"):
                held.append(code)
                taken.append(code)
        if taken:
            read.notes.append(Said(place, "", Note(TAKEN, {"codes": ", ".join(taken)})))

    def _with_language(self, read: Read) -> Read:
        if read.account and not read.account.get("language"):
            read.account["language"] = self._language
        return read


def written(account: Account, taxonomy: Taxonomy, reference: str = "") -> dict[str, str]:
    """Column → cell for every field that an account fills; ``RowReader`` reads the same account back."""
    raw = account.to_json()
    found = {REFERENCE: reference}
    for column in columns(taxonomy):
        value = _at(raw, column.pointer) if column.pointer else None
        if value is not None:
            found[column.name] = _written(column, value)
    return {name: cell for name, cell in found.items() if cell}


def _written(column: Column, value: Any) -> str:
    if column.form is Form.INTERVAL:
        return str(value["hours"] if "hours" in value else value["answer"])
    if column.form is Form.TOLD:
        return join(f"{entry['audience']} = {entry['state']}" for entry in value)
    return join(value) if isinstance(value, list) else str(value)


def _long(reference: str) -> list[Note]:
    return [Note(LONG_REFERENCE, {"limit": REFERENCE_MAX})] if len(reference) > REFERENCE_MAX else []


def _put(account: dict[str, Any], pointer: str, value: Any) -> None:
    *way, last = pointer.split("/")[1:]
    place = account
    for step in way:
        place = place.setdefault(step, {})
    place[last] = value


def _at(account: Mapping[str, Any], pointer: str) -> Any:
    value: Any = account
    for step in pointer.split("/")[1:]:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
