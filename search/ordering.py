"""The order of results, and the page that follows a given record.

Every order is one whole number per record, larger first: the sort key in the high bits, the place of
the id below. No two records share a number, so an order is never ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.snapshot import Snapshot

_STEPS = 10_000
"""Scores count in steps of 1/10 000."""
_LATER = 99_999_999
"""Above any day as a number."""
_SHIFT = 32

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the sort key and the id of its last record."""

    key: int
    id: str


def sort_keys(snapshot: Snapshot, sort: str, scores: NDArray[np.float32]) -> Keys:
    """The sort key of every number; records without a date come last either way."""
    if sort == "relevance":
        steps: Keys = np.rint(scores * np.float32(_STEPS)).astype(np.int64)
        return steps
    column: NDArray[np.int32] = snapshot.start if sort.endswith("date") else snapshot.published
    days: Keys = column.astype(np.int64)
    if not sort.startswith("-"):
        days[days > 0] = _LATER - days[days > 0]
    return days


def page(
    snapshot: Snapshot, found: NDArray[np.intp], keys: Keys, limit: int, after: Place | None
) -> list[int]:
    """Numbers of at most ``limit`` of the found records, in order, from behind ``after``."""
    order = (keys[found] << _SHIFT) + (snapshot.count - snapshot.rank[found])
    if after is not None:
        rank, there = snapshot.rank_of(after.id)
        # The number that the last record has, or would have just behind its place when it is gone.
        bound = (after.key << _SHIFT) + (snapshot.count - rank) + (0 if there else 1)
        behind = order < bound
        found, order = found[behind], order[behind]
    if len(order) > limit:
        best = np.argpartition(order, -limit)[-limit:]
        found, order = found[best], order[best]
    docs: list[int] = found[np.argsort(order)[::-1]].tolist()
    return docs
