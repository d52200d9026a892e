"""Reading the whole trail in its order, from the database or from an exported file, a part at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from sqlalchemy import select

from registry.audit import AuditRow
from registry.audit.chain import FIELDS, UNREADABLE, Fault, Link, moment_text
from registry.db.private import PrivateDatabase

PAGE: Final = 1_000
"""Rows read in one transaction; a slow reader holds none open meanwhile."""
LINE_MAX: Final = 16_384
"""Bytes of a line in a file; no row comes near it."""
_COLUMNS = [getattr(AuditRow, name) for name in ("id", "previous", "hash", *FIELDS)]


def links(private: PrivateDatabase) -> Iterator[Link | Fault]:
    """Every row of the database by its number; a fault in place of one that cannot be read."""
    last = 0
    while True:
        page = _page(private, last)
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1].number


def links_of_file(stream: BinaryIO) -> Iterator[Link | Fault]:
    """Every line of an exported file; a fault, under the number of its line, in place of any other line."""
    count = 0
    while line := stream.readline(LINE_MAX):
        count += 1
        link = _parsed(line)
        yield link or Fault(count, UNREADABLE)
        if link is None:
            return


def _page(private: PrivateDatabase, after: int) -> Sequence[Link | Fault]:
    try:
        return _rows(private, after, PAGE)
    except ValueError:  # SQLite keeps what it is given, and one of these is no moment
        with private.read() as session:
            query = select(AuditRow.id).where(AuditRow.id > after).order_by(AuditRow.id).limit(PAGE)
            numbers = list(session.scalars(query))
    return [_single(private, number) for number in numbers]


def _single(private: PrivateDatabase, number: int) -> Link | Fault:
    try:
        return _rows(private, number - 1, 1)[0]
    except ValueError:
        return Fault(number, UNREADABLE)


def _rows(private: PrivateDatabase, after: int, most: int) -> list[Link | Fault]:
    query = select(*_COLUMNS).where(AuditRow.id > after).order_by(AuditRow.id).limit(most)
    with private.read() as session:
        return [_link(*row) for row in session.execute(query)]


def _link(number: int, previous: str, own: str, *values: Any) -> Link | Fault:
    told = dict(zip(FIELDS, values, strict=True))
    told["at"] = moment_text(told["at"])
    if any(value is not None and not isinstance(value, str) for value in (previous, own, *told.values())):
        return Fault(number, UNREADABLE)
    return Link(number, previous, own, told)


def _parsed(line: bytes) -> Link | None:
    """The row of a line; None for anything but the very bytes that ``Link.line`` writes."""
    try:
        document = json.loads(line)
        told = {name: document[name] for name in FIELDS}
        link = Link(document["number"], document["previous"], document["hash"], told)
        texts = (link.previous, link.hash, *(value for value in told.values() if value is not None))
        whole = type(link.number) is int and all(isinstance(text, str) for text in texts)
        return link if whole and link.line() == line else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
