"""Many values in a question to a database: a few hundred at a time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

Item = TypeVar("Item")
AT_ONCE: Final = 500
"""Values named in one question; SQLite takes 999 of them at least."""


def batched(items: Iterable[Item], count: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    left = iter(items)
    while some := list(islice(left, count)):
        yield some
