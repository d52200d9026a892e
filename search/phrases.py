"""Where words stand one after the other. A stop word in a phrase matches any word: texts hold none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis import query_terms
from search.folding import fold
from search.snapshot import Snapshot
from search.stopwords import stop_words

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Record number * 65536 + position."""
_SPEECH = ("en", "fr", "es", "ar")


def phrase_mask(snapshot: Snapshot, row: Sequence[str]) -> Mask:
    """A mask of the live records in which the words follow one another; one word is a phrase too."""
    telling = [(offset, word) for offset, word in enumerate(row) if not _common(word)] or list(enumerate(row))
    places: Places | None = None
    first = telling[0][0]
    for offset, word in telling:
        here = _places(snapshot, word) - (offset - first)
        places = here if places is None else _both(places, here)
        if not len(places):
            break
    mask = np.zeros(snapshot.size, dtype=np.bool_)
    if places is not None:
        mask[places >> 16] = True
    return mask & snapshot.live


def _places(snapshot: Snapshot, word: str) -> Places:
    found = [snapshot.placed(term) for term in query_terms(word, snapshot.languages)]
    found = [places for places in found if len(places)]
    if len(found) == 1:
        return found[0]
    return np.sort(np.concatenate([*found, np.empty(0, dtype=np.int64)]))


def _both(places: Places, others: Places) -> Places:
    """The places that are among the others too; both ascending."""
    if not len(others):
        return others
    nearest = np.minimum(np.searchsorted(others, places), len(others) - 1)
    kept: Places = places[others[nearest] == places]
    return kept


def _common(word: str) -> bool:
    return any(fold(word) in stop_words(language) for language in _SPEECH)
