"""Records like another one: the same kind of failure, system and sector, and the same rare words.

Both halves count alike, each against the most a record could reach. Codes are weighed by their
rarity, so a shared rare failure says more than a shared common sector.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from registry.record.types import PublicRecord
from search.document import weigh
from search.facets import own_codes
from search.results import SimilarHit
from search.snapshot import Snapshot

REASONS = ("failure", "system", "sector")
"""Facets whose shared codes make records similar, and are given as reasons."""
_MOST_TERMS = 12
_CONSIDERED = 60
_LEAST_SCORE = 0.12


def similar(snapshot: Snapshot, record: PublicRecord, limit: int) -> list[SimilarHit]:
    """At most ``limit`` records, the most similar first; the record itself is left out."""
    wanted = {facet: codes for facet, codes in own_codes(record).items() if facet in REASONS}
    scores = (_by_codes(snapshot, wanted) + _by_words(snapshot, record)) / 2
    scores[~snapshot.live] = 0
    own = snapshot.doc_of(record.id)
    if own is not None:
        scores[own] = 0
    best = np.argsort(-scores, kind="stable")[:limit]
    return [
        _hit(snapshot, int(doc), float(scores[doc]), wanted) for doc in best if scores[doc] >= _LEAST_SCORE
    ]


def _by_codes(snapshot: Snapshot, wanted: Mapping[str, tuple[str, ...]]) -> NDArray[np.float32]:
    scores, most = np.zeros(snapshot.size, dtype=np.float32), 0.0
    for facet, codes in wanted.items():
        for code in codes:
            docs = snapshot.facets.docs(facet, code)
            weight = _rarity(snapshot, len(docs))
            scores[docs] += np.float32(weight)
            most += weight
    scores /= np.float32(most or 1)
    return scores


def _by_words(snapshot: Snapshot, record: PublicRecord) -> NDArray[np.float32]:
    scores, most = np.zeros(snapshot.size, dtype=np.float32), 0.0
    weights = {term: weight for term, (weight, _) in weigh(record.account).items()}
    least = 2 if snapshot.doc_of(record.id) is not None else 1
    heaviest = sorted(weights, key=lambda term: -weights[term])[:_CONSIDERED]
    counts = {term: snapshot.frequency(term) for term in heaviest}
    telling = {
        term: weights[term] * _rarity(snapshot, count) for term, count in counts.items() if count >= least
    }
    for term in sorted(telling, key=lambda term: -telling[term])[:_MOST_TERMS]:
        docs, strengths = snapshot.scored(term)
        weight = _rarity(snapshot, counts[term])
        scores[docs] += np.float32(weight) * strengths / (strengths + np.float32(1.2))
        most += weight
    scores /= np.float32(most or 1)
    np.minimum(scores, 1, out=scores)
    return scores


def _rarity(snapshot: Snapshot, count: int) -> float:
    return math.log(1 + (snapshot.count + 1) / (count + 1))


def _hit(snapshot: Snapshot, doc: int, score: float, wanted: Mapping[str, tuple[str, ...]]) -> SimilarHit:
    card = snapshot.card(doc).data
    shared = [
        code for facet in REASONS for code in wanted.get(facet, ()) if code in card["codes"].get(facet, ())
    ]
    return SimilarHit(
        card["id"], card["title"], card["language"], card["date"], tuple(shared), round(score, 4)
    )
