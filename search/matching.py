"""Which records answer a query, and how well. Filters play no part here.

A question in plain words rarely has all its words in the record that answers it. So words are
weighed by their rarity (the BM25 inverse document frequency), and a record must hold words of at
least a certain share of the weight of the whole query. The share starts at all of it; while fewer
than ``ENOUGH`` records answer, it is lowered by the steps of ``SHARES``, at the end to any word at
all. Words that no record holds do not count. Phrases must stand as they are, excluded words must not
stand at all. The share is settled by the query alone, never by filters: that is why the count
beside a facet value is the total one gets by choosing it.

The score is the BM25F sum of the words, times a factor that rewards holding more of the query.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from search.phrases import phrase_mask
from search.query import MOST_TERMS, Query
from search.snapshot import Snapshot
from search.words import Found, WordFinder

SHARES = (1.0, 0.7, 0.5, 0.35, 0.0)
ENOUGH = 10
TIME_LIMIT = 0.25
"""Seconds after which further words are left out."""
_COVERAGE = 0.6
"""Part of the score that depends on how much of the query a record holds."""
_EPSILON = 1e-3

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Basis:
    """What scores were computed from; a later page passes it back so that nothing moves in between.

    ``count`` records in the index, ``frequencies`` of the words in their order (-1 for one that was
    ignored), and the ``share`` demanded (its place in ``SHARES``).
    """

    count: int
    frequencies: tuple[int, ...]
    share: int


@dataclass(frozen=True, slots=True)
class Match:
    """``mask`` of the records that answer; ``scores`` for every number (0 where there are no words to score).

    ``unknown`` words occur nowhere; ``ignored`` ones were too many.
    """

    mask: Mask
    scores: NDArray[np.float32]
    basis: Basis
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def relaxed(self) -> bool:
        """Whether records that lack some of the words are among them."""
        return self.basis.share > 0 or bool(self.unknown)


def match(snapshot: Snapshot, finder: WordFinder, query: Query, basis: Basis | None = None) -> Match:
    """Find and score. With a ``basis`` of an earlier page, by its frequencies and its share."""
    loose = len(query.words)
    found = _find(finder, (*query.words, *(word for row in query.phrases for word in row)))
    counts = [len(item.docs) if item else -1 for item in found]
    kept, ignored = _rarest(query.words, counts)
    share = None
    if basis is not None and len(basis.frequencies) == len(found):
        share = basis.share
    else:
        used = (count if place in kept or place >= loose else -1 for place, count in enumerate(counts))
        basis = Basis(snapshot.count, tuple(used), 0)
    weights = [_idf(basis.count, frequency) if frequency > 0 else 0.0 for frequency in basis.frequencies]
    scores = np.zeros(snapshot.size, dtype=np.float32)
    covered = _score(scores, found[:loose], weights[:loose])
    _score(scores, found[loose:], weights[loose:])
    total = sum(weights[:loose])
    if total:
        scores *= (1 - _COVERAGE) + _COVERAGE * covered / np.float32(total)
    allowed = _allowed(snapshot, query)
    if query.words and not total and not query.phrases:
        allowed[:] = False
    mask, share = _demand(allowed, covered, total, share)
    unknown = tuple(word for word, count in zip(query.words, counts, strict=False) if count == 0)
    return Match(mask, scores, Basis(basis.count, basis.frequencies, share), unknown, ignored)


def _allowed(snapshot: Snapshot, query: Query) -> Mask:
    mask = snapshot.live.copy()
    for row in query.phrases:
        mask &= phrase_mask(snapshot, row)
    for row in query.without:
        mask &= ~phrase_mask(snapshot, row)
    return mask


def _find(
    finder: WordFinder, words: Sequence[str], clock: Callable[[], float] = monotonic
) -> list[Found | None]:
    """What each word finds; None for those that time did not suffice for."""
    end = clock() + TIME_LIMIT
    return [finder.find(word) if clock() < end else None for word in words]


def _rarest(words: Sequence[str], counts: Sequence[int]) -> tuple[set[int], tuple[str, ...]]:
    """Places of the words that count, and the words that are ignored."""
    usable = sorted((count, place) for place, count in enumerate(counts) if count > 0)
    kept = {place for _, place in usable[:MOST_TERMS]}
    return kept, tuple(word for place, word in enumerate(words) if counts[place] and place not in kept)


def _idf(count: int, frequency: int) -> float:
    """Weight of a word that ``frequency`` of ``count`` records hold; always positive."""
    return math.log(1 + (max(count - frequency, 0) + 0.5) / (frequency + 0.5))


def _score(
    scores: NDArray[np.float32], found: Sequence[Found | None], weights: Sequence[float]
) -> NDArray[np.float32]:
    """Add the words' scores; returns the weight of the words that each record holds."""
    covered = np.zeros_like(scores)
    for item, weight in zip(found, weights, strict=True):
        if item is not None and weight and len(item.docs):
            scores[item.docs] += item.strength * np.float32(weight)
            covered[item.docs] += np.float32(weight)
    return covered


def _demand(allowed: Mask, covered: NDArray[np.float32], total: float, share: int | None) -> tuple[Mask, int]:
    """The records that hold enough, and which share was demanded."""
    if not total:
        return allowed, 0
    mask = allowed
    for place in range(len(SHARES)) if share is None else (share,):
        # At least one word, however common: the weight of one that all records hold is next to nothing.
        mask = allowed & (covered > 0) & (covered >= SHARES[place] * total * (1 - _EPSILON))
        if share is not None or np.count_nonzero(mask) >= ENOUGH:
            return mask, place
    return mask, len(SHARES) - 1
