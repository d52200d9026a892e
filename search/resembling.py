"""Records that tell of what somebody is just writing about: found by the rare words of title and text.

The writer's account is not in the index and often unfinished, so nothing but words may be known of it.
Of its telling words the ``MOST_TERMS`` rarest are looked up, in every language that the index holds. A
record must share ``LEAST_WORDS`` of them and ``LEAST_SCORE`` of their weight: a list that shows
something whatever one writes is a list that nobody reads. What else is known (country, failure,
system, sector) puts records into order and is given as a reason, and finds none by itself.

Nothing of the words is kept: no cache of queries, no log. Time and terms are bounded whatever is written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from registry.account import Account
from search.analysis import is_stop_word, language_of, query_terms
from search.folding import find_words, fold
from search.results import Resembling
from search.similar import REASONS
from search.snapshot import Snapshot
from search.stopwords import SPEECH, stop_words

MOST_TERMS = 12
"""Words that are looked up in full."""
LEAST_WORDS = 3
"""Words that a record must share; fewer where the account has fewer (but two)."""
LEAST_SCORE = 0.22
"""Share of the weight of the words looked up; chosen between accounts of one event and chance."""
TIME_LIMIT = 0.25
"""Seconds after which no further word is looked up."""
_READ = 8_000
"""Characters of the text that are read: what comes later hardly names the event."""
_CONSIDERED = 120
_TITLE = 2.0
_SHORTEST = 2
_SHOWN_WORDS = 4
_SATURATION = 1.2
_CODE, _COUNTRY = 0.03, 0.06
"""What a shared code and a shared country add to the score."""
_PLACE_UNSAID = frozenset({"unknown", "withheld"})


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as typed, the index terms that it stands for, and its weight: here times rarity."""

    typed: str
    terms: tuple[str, ...]
    weight: float


def resembling(
    snapshot: Snapshot, account: Account, limit: int, clock: Callable[[], float] = monotonic
) -> list[Resembling]:
    """At most ``limit`` records, the likeliest first; none for an account that says too little."""
    end = clock() + TIME_LIMIT
    words = _rarest(snapshot, account, lambda: clock() < end)
    if len(words) < _SHORTEST:
        return []
    scores, shared = np.zeros(snapshot.size, dtype=np.float32), np.zeros(snapshot.size, dtype=np.int16)
    holders: list[NDArray[np.int32]] = []
    for word in words:
        docs, strengths = _found(snapshot, word.terms) if clock() < end else _NOTHING
        scores[docs] += np.float32(word.weight) * strengths
        shared[docs] += 1
        holders.append(docs)
    scores /= np.float32(sum(word.weight for word in words))
    good = snapshot.live & (scores >= LEAST_SCORE) & (shared >= min(LEAST_WORDS, len(words)))
    ranked = scores + _known(snapshot, account)
    best = sorted(np.flatnonzero(good), key=lambda doc: (-ranked[doc], snapshot.keys[doc]))[:limit]
    return [_hit(snapshot, int(doc), float(ranked[doc]), account, words, holders) for doc in best]


def telling_words(account: Account) -> dict[str, tuple[str, float]]:
    """Plain form → (as typed, how often, a title's word counting double) of words that tell something."""
    read = ((account.title, _TITLE), (account.text[:_READ], 1.0))
    said = [fold(word) for text, _ in read for *_, word in find_words(text)]
    spoken = {language_of(account.language), _spoken(said)}
    found: dict[str, tuple[str, float]] = {}
    for text, each in read:
        for _, _, word in find_words(text):
            plain = fold(word)
            if len(plain) < _SHORTEST or plain.isdecimal():
                continue
            if not any(is_stop_word(word, language) for language in spoken):
                typed, weight = found.get(plain, (word, 0.0))
                found[plain] = typed, weight + each
    return found


def _spoken(words: list[str]) -> str:
    """The language whose common words stand here most: what is said of a text's language is often wrong."""
    return max(SPEECH, key=lambda language: sum(word in stop_words(language) for word in words))


def _rarest(snapshot: Snapshot, account: Account, in_time: Callable[[], bool]) -> list[_Word]:
    counted = sorted(telling_words(account).values(), key=lambda pair: -pair[1])[:_CONSIDERED]
    known = sorted(_weighed(snapshot, counted, in_time), key=lambda word: -word.weight)
    return known[:MOST_TERMS]


def _weighed(
    snapshot: Snapshot, counted: list[tuple[str, float]], in_time: Callable[[], bool]
) -> Iterator[_Word]:
    """The words that some record holds; two forms of one word are one."""
    seen: set[tuple[str, ...]] = set()
    for typed, often in counted:
        terms = query_terms(typed, snapshot.languages)
        if not terms or terms in seen or not in_time():
            continue
        seen.add(terms)
        count = max(snapshot.frequency(term) for term in terms)
        if count:
            rarity = math.log(1 + (max(snapshot.count - count, 0) + 0.5) / (count + 0.5))
            yield _Word(typed, terms, (1 + math.log(often)) * rarity)


_NOTHING = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


def _found(snapshot: Snapshot, terms: tuple[str, ...]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The records that hold one of the terms, and how strongly: 0 … 1."""
    most = np.zeros(snapshot.size, dtype=np.float32)
    for term in terms:
        docs, weights = snapshot.scored(term)
        most[docs] = np.maximum(most[docs], weights)
    docs = np.flatnonzero(most).astype(np.int32)
    return docs, most[docs] / (most[docs] + np.float32(_SATURATION))


def _known(snapshot: Snapshot, account: Account) -> NDArray[np.float32]:
    """A little for each shared code, and for a shared country."""
    more = np.zeros(snapshot.size, dtype=np.float32)
    for facet in REASONS:
        for code in account.classification.get(facet, ()):
            more[snapshot.facets.docs(facet, code)] += np.float32(_CODE)
    for code in set(account.countries) - _PLACE_UNSAID:
        more[snapshot.facets.docs("country", code)] += np.float32(_COUNTRY)
    return more


def _hit(
    snapshot: Snapshot,
    doc: int,
    score: float,
    account: Account,
    words: list[_Word],
    holders: list[NDArray[np.int32]],
) -> Resembling:
    card = snapshot.card(doc).data
    wanted = [code for facet in REASONS for code in account.classification.get(facet, ())]
    places = set(account.countries) - _PLACE_UNSAID
    held = [word.typed for word, docs in zip(words, holders, strict=True) if doc in docs]
    return Resembling(
        id=card["id"],
        title=card["title"],
        language=card["language"],
        type=card["type"],
        state=card["state"],
        date=card["date"],
        date_end=card["date_end"],
        countries=tuple(card["countries"]),
        source=card["source"],
        demo=card["demo"],
        reasons=tuple(code for code in wanted if code in card["codes"].get(code.partition("/")[0], ())),
        same_country=bool(places & set(card["countries"])),
        words=tuple(held[:_SHOWN_WORDS]),
        score=round(min(score, 1.0), 4),
    )
