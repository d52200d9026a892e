"""Checking a whole table: each row through the one check of accounts, each sentence with its column. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.account import Account, check
from registry.errors import N_, Malformed, Problem
from registry.intake.bulk import headers
from registry.intake.bulk.columns import of_pointer
from registry.intake.bulk.headers import Meaning, Use
from registry.intake.bulk.limits import TOLD_MAX
from registry.intake.bulk.report import Fate, Personal, Report, Row, Told
from registry.intake.bulk.rows import Read, RowReader, Said
from registry.intake.bulk.table import Note, Table
from registry.privacy.accounts import details, texts
from taxonomy import Taxonomy

NOTHING_KNOWN = N_(
    "No column of this file is known here. Name them as the template does: title, text, happened_from …"
)
NO_ROWS = N_("This file has a header and no rows.")
SAME_ROW = N_("This row says the same as row %(row)s. Remove one, or give each a reference of its own.")
SAME_REFERENCE = N_("Row %(row)s has the same reference.")
LANGUAGE_TAKEN = N_("No column says the language of the reports; they are taken to be in “%(language)s”.")
EMPTY_ROW = N_("This row holds nothing that is kept.")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Terms:
    """How to read: the language of reports that do not say theirs, and the day it is.

    ``scanned`` is how many characters are looked through for personal details (None: all).
    """

    language: str
    today: date
    scanned: int | None


def checked(table: Table, taxonomy: Taxonomy, terms: Terms, progress: Progress | None = None) -> Report:
    """What can be said of a table without a database; raises ``Malformed`` where no row can be read."""
    meanings = headers.meanings(table.header, taxonomy)
    if not table.lines:
        raise Malformed(NO_ROWS)
    if table.header and not any(meaning.use in (Use.FIELD, Use.CODED) for meaning in meanings):
        raise Malformed(NOTHING_KNOWN)
    reader = RowReader(table.header, meanings, taxonomy, terms.language)
    checker = _Checker(table.header, meanings, taxonomy, terms)
    rows = []
    for done, line in enumerate(table.lines, start=1):
        rows.append(checker.row(line.number, reader.read(line)))
        if progress is not None:
            progress(done, len(table.lines))
    return Report(
        table,
        tuple(meanings),
        tuple(rows),
        notes=(*table.notes, *_language_note(table, meanings, terms)),
        unscanned=checker.unscanned,
    )


def canonical(account: Account) -> bytes:
    """The account as bytes: equal accounts give equal ones."""
    return json.dumps(account.to_json(), sort_keys=True, ensure_ascii=True).encode("ascii")


class _Checker:
    """Checks rows one after the other and remembers those before."""

    def __init__(
        self, header: Sequence[str], meanings: Sequence[Meaning], taxonomy: Taxonomy, terms: Terms
    ) -> None:
        self._header, self._taxonomy, self._terms = header, taxonomy, terms
        self._named = {m.column: name for m, name in zip(meanings, header, strict=True) if m.column}
        self._left = terms.scanned
        self._contents: dict[bytes, int] = {}
        self._references: dict[str, int] = {}
        self.unscanned = 0

    def row(self, number: int, read: Read) -> Row:
        """The row with all that is wrong with it, what is missing, and what is personal in it."""
        raw, today = read.account, self._terms.today
        wrong = [self._said(said) for said in read.faults]
        told = {said.pointer for said in read.faults if said.pointer}
        faulty = check(raw, self._taxonomy, today, complete=False)
        wrong += [self._told(problem) for problem in faulty if not _under(problem.pointer, told)]
        missing: list[Problem] = []
        if not faulty:
            missing = check(raw, self._taxonomy, today, complete=True)
        account = None
        if not wrong:
            account = Account.from_json(raw)
            wrong += [Told("", "", "", note) for note in self._again(number, read, account)]
        return Row(
            number,
            _fate(wrong, missing),
            title=account.title if account is not None else _title(raw),
            wrong=tuple(wrong[:TOLD_MAX]),
            missing=tuple(self._told(p) for p in missing if not _under(p.pointer, told)),
            notes=tuple(self._said(said) for said in read.notes[:TOLD_MAX]),
            personal=self._personal(account),
            account=account,
            reference=read.reference,
        )

    def _again(self, number: int, read: Read, account: Account) -> Iterable[Note]:
        """What an earlier row of the same file said already."""
        if account == Account(language=account.language):
            yield Note(EMPTY_ROW)
            return
        if read.reference:
            first = self._references.setdefault(read.reference, number)
            message = SAME_REFERENCE
        else:
            first = self._contents.setdefault(canonical(account), number)
            message = SAME_ROW
        if first != number:
            yield Note(message, {"row": first})

    def _personal(self, account: Account | None) -> tuple[Personal, ...]:
        if account is None:
            return ()
        raw = account.to_json()
        length = sum(len(text) for _, text in texts(raw))
        if self._left is not None and length > self._left:
            self._left = 0
            self.unscanned += 1
            return ()
        if self._left is not None:
            self._left -= length
        return tuple(
            Personal(detail.kind, detail.certain, self._column(spot.pointer), spot.pointer)
            for detail in details(raw)
            for spot in detail.spots[:1]
        )

    def _said(self, said: Said) -> Told:
        if said.column is not None:
            return Told(self._header[said.column], self._column(said.pointer), said.pointer, said.note)
        return self._told(Problem(said.pointer, said.note.message, said.note.facts))

    def _told(self, problem: Problem) -> Told:
        column = self._column(problem.pointer)
        note = Note(problem.message, problem.facts)
        return Told(self._named.get(column, ""), column, problem.pointer, note)

    def _column(self, pointer: str) -> str:
        found = of_pointer(self._taxonomy, pointer)
        return "" if found is None else found.name


def _fate(wrong: Sequence[Told], missing: Sequence[Problem]) -> Fate:
    if wrong:
        return Fate.WRONG
    return Fate.INCOMPLETE if missing else Fate.COMPLETE


def _title(raw: Mapping[str, Any]) -> str:
    title = raw.get("title")
    return title[:200] if isinstance(title, str) else ""


def _under(pointer: str, told: Iterable[str]) -> bool:
    """Whether the cell that stands there was complained about already."""
    return any(pointer == place or pointer.startswith(place + "/") for place in told)


def _language_note(table: Table, meanings: Sequence[Meaning], terms: Terms) -> Iterable[Note]:
    if table.header and all(meaning.column != "language" for meaning in meanings):
        yield Note(LANGUAGE_TAKEN, {"language": terms.language})
