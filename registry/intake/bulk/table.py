"""What every reader of files gives: a table of texts, and how it was read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """Kinds of files."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


MEDIA = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl",
}
"""Format → media type."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence (gettext id) on how something was read, with its facts."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence with its facts filled in."""
        return self.message % self.facts if self.facts else self.message


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its number as the person sees it.

    ``cells`` stand under the header. ``whole`` is set instead where a line of JSON held an account in
    the shape of the API. ``fault`` says why a line could not be read at all.
    """

    number: int
    cells: tuple[str, ...] = ()
    whole: Mapping[str, Any] | None = None
    reference: str = ""
    fault: Note | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: header, rows that are not empty, and what was decided on the way.

    ``encoding`` and ``delimiter`` are those of a text, ``sheet`` is the name of the sheet that was read.
    """

    format: Format
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[Note, ...] = ()
