"""Did you mean: for a word that occurs nowhere, the nearest word that does.

Nearest by edit distance with transpositions (optimal string alignment), one for short words and two
for long ones, the commoner word first. All words of one length are compared at once in numpy;
a comparison of the letters used leaves only few of them. The index holds stems, so the word shown is
taken from a record that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.analysis import query_terms
from search.folding import fold
from search.snapshot import Snapshot

_MOST_WORDS = 3
"""Misspelt words that are put right in one query."""
_SHORTEST = 4
"""Shorter words have too many neighbours to guess."""
_LONG = 8
"""From this length on two errors are allowed."""
_MOST_CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class _Stems:
    """Index terms of one stem length: terms, letters as a matrix, letters used as bits, record counts."""

    terms: list[str]
    letters: NDArray[np.uint32]
    bits: NDArray[np.uint64]
    counts: NDArray[np.int32]


class Speller:
    """Suggestions from the words of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def suggest(self, query: str, unknown: Iterable[str]) -> str | None:
        """The query with unknown words replaced, or None when there is nothing near any of them."""
        better = query
        for word in list(unknown)[:_MOST_WORDS]:
            near = self.nearest(word)
            if near is not None:
                better = better.replace(word, near)
        return better if better != query else None

    def nearest(self, word: str) -> str | None:
        """The nearest word that occurs, as some record writes it; None when none is near enough."""
        plain = fold(word)
        if len(plain) < _SHORTEST or any(letter.isdigit() for letter in plain):
            return None
        best: tuple[int, int, str] | None = None
        for form in query_terms(word, self._snapshot.languages):
            language, _, stem = form.partition(":")
            allowed = 2 if len(plain) >= _LONG else 1
            for length in range(max(2, len(stem) - allowed), len(stem) + allowed + 1):
                found = self._near(language, stem, length, allowed)
                best = min(filter(None, (best, found)), default=None)
        return self._as_written(best[2], plain) if best else None

    def _near(self, language: str, stem: str, length: int, allowed: int) -> tuple[int, int, str] | None:
        """Distance, negative record count and term of the best stem of a length, if near enough."""
        group = self._groups.get((language, length))
        if group is None:
            return None
        differing = np.bitwise_count(group.bits ^ np.uint64(_bits(stem)))
        rows = np.flatnonzero(differing <= 2 * allowed)
        rows = rows[np.argsort(-group.counts[rows], kind="stable")[:_MOST_CANDIDATES]]
        if not len(rows):
            return None
        distances = _distances(stem, group.letters[rows])
        best = int(np.argmin(distances))
        if distances[best] > allowed:
            return None
        row = int(rows[best])
        return int(distances[best]), -int(group.counts[row]), group.terms[row]

    def _as_written(self, term: str, typed: str) -> str | None:
        """The word behind a stem, from a record that holds it: of its forms the nearest to what was typed."""
        docs, _ = self._snapshot.scored(term)
        if not len(docs):
            return None
        forms = {fold(word) for word in self._snapshot.card(int(docs[0])).written.get(term, ())}
        return min(forms, key=lambda form: (_distance(typed, form), form), default=None)

    @cached_property
    def _groups(self) -> dict[tuple[str, int], _Stems]:
        counts: dict[str, int] = {}
        for vocabulary in self._snapshot.vocabularies():
            for term, count in vocabulary.items():
                counts[term] = counts.get(term, 0) + count
        return _grouped(counts)


def _grouped(counts: Mapping[str, int]) -> dict[tuple[str, int], _Stems]:
    found: dict[tuple[str, int], list[str]] = {}
    for term in counts:
        language, _, stem = term.partition(":")
        found.setdefault((language, len(stem)), []).append(term)
    return {key: _stems(names, key[1], counts) for key, names in found.items()}


def _stems(names: list[str], length: int, counts: Mapping[str, int]) -> _Stems:
    joined = "".join(name.partition(":")[2] for name in names)
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).reshape(-1, length)
    bits = np.bitwise_or.reduce(np.uint64(1) << (letters & 63).astype(np.uint64), axis=1)
    return _Stems(names, letters, bits, np.array([counts[name] for name in names], dtype=np.int32))


def _letters(stem: str) -> list[int]:
    return [ord(letter) for letter in stem]


def _bits(stem: str) -> int:
    """The letters used, as a set of 64 bits."""
    bits = 0
    for letter in stem:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _distance(one: str, other: str) -> int:
    return int(_distances(one, np.array([_letters(other)], dtype=np.uint32))[0])


def _distances(word: str, letters: NDArray[np.uint32]) -> NDArray[np.int8]:
    """Optimal string alignment distance of a word to each row of letters."""
    width = letters.shape[1]
    before = np.zeros((width + 1, len(letters)), dtype=np.int8)
    last = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], len(letters), axis=1)
    for i, letter in enumerate(_letters(word), start=1):
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
