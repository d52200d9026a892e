"""What is told about a file: how it was read, what each column means, and what became of each row. Frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from registry.account import Account
from registry.intake.bulk.headers import Meaning
from registry.intake.bulk.table import Note, Table
from registry.intake.rules import State
from registry.privacy import Kind


class Fate(StrEnum):
    """What is, or would be, done with a row."""

    COMPLETE = "complete"  # it can be sent to review
    INCOMPLETE = "incomplete"  # it can be kept as a draft for a person to complete
    WRONG = "wrong"  # it can be neither, before something in it is mended
    KNOWN = "known"  # it was stored before; nothing is done
    STORED = "stored"  # it was stored just now


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about a row: column of the file and of ours ('' for neither), place in the account."""

    header: str
    column: str
    pointer: str
    note: Note


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal detail that seems to stand in a row: its kind and the column; never its words."""

    kind: Kind
    certain: bool
    column: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The submission that a row is: its id and state, the receipt where it was stored just now.

    ``changed`` is true where the row says something else today than when it was stored.
    """

    id: str
    state: State
    receipt: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``number`` is what the person sees; ``wrong`` keeps it out, ``missing`` from review."""

    number: int
    fate: Fate
    title: str = ""
    wrong: tuple[Told, ...] = ()
    missing: tuple[Told, ...] = ()
    notes: tuple[Told, ...] = ()
    personal: tuple[Personal, ...] = ()
    account: Account | None = None
    reference: str = ""
    kept: Kept | None = None


@dataclass(frozen=True)
class Report:
    """All that is told. ``stored`` says whether anything was to be stored and was not refused.

    ``unscanned`` is the number of rows in which no personal details were looked for, the file being long.
    """

    table: Table
    meanings: tuple[Meaning, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    unscanned: int = 0
    stored: bool = False

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """Fate → rows."""
        counted = Counter(row.fate for row in self.rows)
        return {fate: counted[fate] for fate in Fate}

    @cached_property
    def personal(self) -> Mapping[Kind, int]:
        """Kind of personal detail → how many there seem to be."""
        counted = Counter(found.kind for row in self.rows for found in row.personal)
        return {kind: counted[kind] for kind in Kind if counted[kind]}

    def refused(self, *, submit: bool) -> list[Row]:
        """The rows that cannot be stored as asked."""
        out = {Fate.WRONG, Fate.INCOMPLETE} if submit else {Fate.WRONG}
        return [row for row in self.rows if row.fate in out]
