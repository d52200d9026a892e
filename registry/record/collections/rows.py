"""What reading a collection gives, row by row: a record, a problem, or a note on what was left out. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from registry.record.collections.text import one_line
from registry.record.types import Incoming


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row could not be kept: ``file``, ``line`` (from 1; 0 for the file as a whole), ``field``.

    ``message`` is an English msgid with its ``facts`` apart. A row may have several problems.
    """

    file: str
    line: int
    field: str
    message: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English sentence; facts come from hostile files, so they are made plain."""
        facts = {name: one_line(str(value), 120) for name, value in self.facts.items()}
        return self.message % facts if facts else self.message

    def __str__(self) -> str:
        """``file:line field message``, as compilers write it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return " ".join(part for part in (place, one_line(self.field, 80), self.text) if part)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Things left out on purpose, such as unpublished drafts: what (an English msgid), and how many."""

    what: str
    count: int = 1


Row = Incoming | RowProblem | Skipped
"""One step of a reader."""
