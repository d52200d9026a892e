"""Agreement facet by facet, as it may be published. Pure.

Kind and the other questions with one answer are *nominal*. Severity is *ordinal*: serious and critical lie
closer than serious and none; "not known yet" has no rank, so such pairs are left out of it. Questions with
several answers compare sets by *masi*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.review.agreement.alpha import alpha, masi, nominal, ordinal
from taxonomy import Facet, Taxonomy

FEWEST: Final = 5
"""Smaller counts are not published: neither of reports nor of confusions."""
MEASURED_FROM: Final = 10
"""Reports that two people classified, from which on alpha is published."""
NONE: Final = ""
"""Stands in a confusion for: the other chose nothing in its place."""

Pair = tuple[Sequence[str], Sequence[str]]
"""The codes that each of two people gave one report."""


class Measure(StrEnum):
    """How far apart two answers are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    MASI = "masi"


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one chose ``code`` where the other chose ``other``; the same code twice is agreement."""

    code: str
    other: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetAgreement:
    """Of one facet: how it was measured, of how many reports, alpha, and what was chosen for what.

    ``n`` is 0 where it is too small to tell, ``alpha`` None where it cannot be told.
    """

    facet: str
    measure: Measure
    n: int
    alpha: float | None
    confusions: tuple[Confusion, ...]


def tabulate(taxonomy: Taxonomy, pairs: Mapping[str, Sequence[Pair]]) -> tuple[FacetAgreement, ...]:
    """A line for each facet (facet → pairs of codes), in the order of the form; small counts are gone."""
    return tuple(_line(taxonomy.facets[facet], pairs[facet]) for facet in taxonomy.facets if facet in pairs)


def measure_of(facet: Facet) -> Measure:
    """How the answers of a facet are compared."""
    if facet.cardinality == "many":
        return Measure.MASI
    ranked = [value.level for value in facet.values.values() if value.level is not None]
    return Measure.ORDINAL if ranked else Measure.NOMINAL


def _line(facet: Facet, pairs: Sequence[Pair]) -> FacetAgreement:
    both = [(tuple(one), tuple(other)) for one, other in pairs if one and other]
    measure = measure_of(facet)
    value, n = _measured(facet, measure, both)
    counted = Counter(pair for one, other in both for pair in _confused(one, other))
    shown = (Confusion(*codes, count) for codes, count in counted.items() if count >= FEWEST)
    told = sorted(shown, key=lambda one: (-one.count, one.code, one.other))
    known = n if n >= FEWEST else 0
    return FacetAgreement(facet.id, measure, known, value if n >= MEASURED_FROM else None, tuple(told))


def _measured(
    facet: Facet, measure: Measure, both: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
) -> tuple[float | None, int]:
    if measure is Measure.MASI:
        sets = [[frozenset(one), frozenset(other)] for one, other in both]
        return alpha(sets, masi), len(sets)
    singles = [[one[0], other[0]] for one, other in both]
    if measure is Measure.NOMINAL:
        return alpha(singles, nominal), len(singles)
    levels = {code: value.level for code, value in facet.values.items() if value.level is not None}
    ranked = [unit for unit in singles if all(code in levels for code in unit)]
    return alpha(ranked, ordinal(ranked, sorted(levels, key=levels.__getitem__))), len(ranked)


def _confused(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Which codes met which; who said what does not matter, so a pair is in the order of the alphabet."""
    for code in set(one) & set(other):
        yield code, code
    left, right = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    for code in left or [NONE]:
        for met in right or [NONE]:
            if code or met:
                first, second = sorted((code, met), key=lambda text: (text == NONE, text))
                yield first, second
