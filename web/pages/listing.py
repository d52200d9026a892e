"""A part of a list that is held whole: searched, sorted, and shown a page at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request

SIZE = 25
"""Lines of a page."""
SEARCH_MAX = 100
DIGITS = 4

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort: its words, and what a line is sorted by."""

    words: str
    by: Callable[[Any], Any]
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """The lines of one page; ``found`` is how many match the search, of ``total``."""

    items: Sequence[T]
    found: int
    total: int
    search: str
    order: str
    orders: list[tuple[str, str]]
    next_url: str | None
    first_url: str | None


def part_of(
    lines: Sequence[T],
    orders: Mapping[str, Order],
    texts: Callable[[T], Sequence[str]],
    keep: Mapping[str, str] | None = None,
) -> Part[T]:
    """What the address of this request asks for: ``q``, ``sort`` and ``page``; ``keep`` stays in links.

    ``texts`` are what is searched of a line. Whatever is not understood means the first of its kind.
    """
    search = request.args.get("q", "").strip()[:SEARCH_MAX]
    order = request.args.get("sort", "")
    order = order if order in orders else next(iter(orders))
    found = [line for line in lines if all(word in _folded(*texts(line)) for word in _folded(search).split())]
    found.sort(key=orders[order].by, reverse=orders[order].backwards)
    page = min(_page(), max(0, (len(found) - 1) // SIZE))
    held = dict(keep or {}) | ({"q": search} if search else {}) | {"sort": order}
    after = (page + 1) * SIZE < len(found)
    return Part(
        items=found[page * SIZE : (page + 1) * SIZE],
        found=len(found),
        total=len(lines),
        search=search,
        order=order,
        orders=[(code, each.words) for code, each in orders.items()],
        next_url=f"{_here()}?{urlencode(held | {'page': str(page + 2)})}" if after else None,
        first_url=f"{_here()}?{urlencode(held)}" if page else None,
    )


def _here() -> str:
    return f"{request.script_root}{request.path}"


def _page() -> int:
    raw = request.args.get("page", "")
    return max(0, int(raw) - 1) if raw.isascii() and raw.isdecimal() and len(raw) <= DIGITS else 0


def _folded(*texts: str) -> str:
    return unicodedata.normalize("NFKC", "\n".join(texts)).casefold()
