"""Krippendorff's alpha: agreement beyond chance. Pure.

``alpha = 1 - observed / expected``: how far values of the same unit lie apart, against how far all values
lie apart (K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011). 1 is full agreement, 0 what
chance would bring, less than 0 is worse than chance. Units with fewer than two values pair with nothing and
are left out.

Distances lie between 0 and any positive number, and are squared already where the literature squares them.
For sets of codes it is MASI (R. Passonneau, *Measuring Agreement on Set-valued Items*, LREC 2006), as a
distance ``1 - J * M``: J is the Jaccard index, and M weighs how the sets lie to one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Distance = Callable[[T, T], float]
Units = Sequence[Sequence[T]]
"""For each unit the values that coders gave it."""
SUBSET, OVERLAP = 2 / 3, 1 / 3
"""M of MASI where one set lies within the other, and where they only overlap."""


def alpha(units: Units[T], distance: Distance[T]) -> float | None:
    """Alpha of these units; None where nothing pairs, or where every value is the same."""
    paired = [values for values in units if len(values) > 1]
    counts = Counter(value for values in paired for value in values)
    total = counts.total()
    if total == 0:
        return None
    expected = _apart(counts, distance) / (total - 1)
    if expected == 0:
        return None
    observed = sum(_apart(Counter(values), distance) / (len(values) - 1) for values in paired)
    return 1 - observed / expected


def nominal(one: Hashable, other: Hashable) -> float:
    """0 for the same value, 1 for another one."""
    return float(one != other)


def ordinal(units: Units[T], order: Sequence[T]) -> Distance[T]:
    """The distance of ranks: how many values of these units lie between two, squared; ``order`` has all."""
    held = Counter(value for values in units if len(values) > 1 for value in values)
    rank = {value: number for number, value in enumerate(order)}
    below = _running(held, order)

    def distance(one: T, other: T) -> float:
        low, high = sorted((one, other), key=rank.__getitem__)
        between = below[high] + held[high] - below[low] - (held[low] + held[high]) / 2
        return between**2 if one != other else 0.0

    return distance


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets of codes lie apart, from 0 for the same to 1 for nothing in common."""
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    weight = SUBSET if one < other or other < one else OVERLAP
    return 1 - weight * shared / len(one | other)


def _apart(counts: Mapping[T, int], distance: Distance[T]) -> float:
    """The sum of the distances of all ordered pairs of values."""
    return 2 * sum(
        counts[one] * counts[other] * distance(one, other) for one, other in combinations(counts, 2)
    )


def _running(held: Mapping[T, int], order: Iterable[T]) -> dict[T, int]:
    """Value → how many values lie below it."""
    below, found = 0, {}
    for value in order:
        found[value] = below
        below += held.get(value, 0)
    return found
