"""Did you mean: for a word that occurs nowhere, the nearest word that does.

Nearest by edit distance with transpositions (optimal string alignment), one for short words and two
for long ones, the commoner word first. All words of one length are compared at once in numpy; a
comparison of the letters used leaves only few of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.folding import find_words, fold
from search.snapshot import Snapshot
from search.vocabulary import SHORTEST

_MOST_WORDS = 3
"""Misspelt words that are put right in one query."""
_LONG = 8
"""From this length on two errors are allowed."""
_MOST_CANDIDATES = 300
_TRIES = 3
"""Near words that are looked up: words of deleted records stay in the vocabulary for a while."""

_Near = tuple[int, int, str]
"""Distance, negative number of records, and a word: the smallest is the best."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one folded length: as written, letters as a matrix, letters used as bits, record counts."""

    written: list[str]
    letters: NDArray[np.uint32]
    bits: NDArray[np.uint64]
    counts: NDArray[np.int32]


class Speller:
    """Suggestions from the words of one snapshot. ``occurs`` says whether a word finds anything."""

    def __init__(self, snapshot: Snapshot, occurs: Callable[[str], bool]) -> None:
        self._snapshot = snapshot
        self._occurs = occurs

    def suggest(self, query: str, unknown: Iterable[str]) -> str | None:
        """The query with unknown words replaced, or None when there is nothing near any of them."""
        better = {word: near for word in list(unknown)[:_MOST_WORDS] if (near := self.nearest(word))}
        pieces, at = [], 0
        for start, end, word in find_words(query):
            if word in better:
                pieces += [query[at:start], better[word]]
                at = end
        return "".join([*pieces, query[at:]]) if pieces else None

    def nearest(self, word: str) -> str | None:
        """The nearest word that occurs, in lower case; None when none is near enough."""
        plain = fold(word)
        if len(plain) < SHORTEST or not plain.isalpha():
            return None
        allowed = 2 if len(plain) >= _LONG else 1
        near: list[_Near] = []
        for length in range(len(plain) - allowed, len(plain) + allowed + 1):
            if length in self._by_length:
                near += _near(plain, self._by_length[length], allowed)
        return next((written for _, _, written in sorted(near)[:_TRIES] if self._occurs(written)), None)

    @cached_property
    def _by_length(self) -> dict[int, _Words]:
        counts: Counter[str] = Counter()
        for vocabulary in self._snapshot.vocabularies():
            counts.update(vocabulary)
        found: dict[int, list[tuple[str, str]]] = {}
        for written in counts:
            plain = fold(written)
            if plain:
                found.setdefault(len(plain), []).append((plain, written))
        return {length: _words(pairs, length, counts) for length, pairs in found.items()}


def _words(pairs: list[tuple[str, str]], length: int, counts: Mapping[str, int]) -> _Words:
    joined = "".join(plain for plain, _ in pairs)
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).reshape(-1, length)
    bits = np.bitwise_or.reduce(np.uint64(1) << (letters & 63).astype(np.uint64), axis=1)
    written = [name for _, name in pairs]
    return _Words(written, letters, bits, np.array([counts[name] for name in written], dtype=np.int32))


def _near(plain: str, words: _Words, allowed: int) -> list[_Near]:
    """The words of one length that are near enough."""
    differing = np.bitwise_count(words.bits ^ _bits(plain))
    rows = np.flatnonzero(differing <= 2 * allowed)
    rows = rows[np.argsort(-words.counts[rows], kind="stable")[:_MOST_CANDIDATES]]
    distances = _distances(plain, words.letters[rows])
    return [
        (int(distance), -int(words.counts[row]), words.written[row])
        for row, distance in zip(rows, distances, strict=True)
        if distance <= allowed
    ]


def _bits(plain: str) -> np.uint64:
    """The letters used, as a set of 64 bits."""
    bits = 0
    for letter in plain:
        bits |= 1 << (ord(letter) & 63)
    return np.uint64(bits)


def _distances(word: str, letters: NDArray[np.uint32]) -> NDArray[np.int8]:
    """Optimal string alignment distance of a word to each row of letters."""
    width = letters.shape[1]
    before = np.zeros((width + 1, len(letters)), dtype=np.int8)
    last = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], len(letters), axis=1)
    for i, letter in enumerate(map(ord, word), start=1):
        row = np.empty_like(last)
        row[0] = i
        for j in range(1, width + 1):
            here = letters[:, j - 1]
            row[j] = np.minimum(np.minimum(last[j], row[j - 1]) + 1, last[j - 1] + (here != letter))
            if i > 1 and j > 1:
                swapped = (here == ord(word[i - 2])) & (letters[:, j - 2] == letter)
                row[j] = np.where(swapped, np.minimum(row[j], before[j - 2] + 1), row[j])
        before, last = last, row
    return last[width]
