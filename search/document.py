"""From a public record to what the index keeps of it.

Scoring follows BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted
fields", CIKM 2004): occurrences in the parts of a record are weighted and normalised by the length
of the part, added up to one pseudo frequency per term, and saturated at query time. Lengths are
compared with fixed typical lengths instead of the average of the collection, so a record's weights
depend on the record alone: they can be worked out when it is indexed, and a page of results stays
where it was while other records come and go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from registry.account import Account
from registry.record.types import PublicRecord
from search import days
from search.analysis import is_stop_word, language_of, public_terms
from search.codec import Posting
from search.facets import all_codes, own_codes
from search.folding import find_words
from search.vocabulary import spelling
from taxonomy import Taxonomy

SHOWN = 20_000
"""Characters of the text that are kept for excerpts."""
_GAP = 16
"""Positions between two parts, so that no phrase reaches across."""


@dataclass(frozen=True, slots=True)
class _Part:
    """How a part counts: weight of an occurrence, typical length in words, strength of normalisation."""

    weight: float
    typical: float
    strength: float
    keeps_stop_words: bool = False


TITLE = _Part(3.0, 9, 0.4, keeps_stop_words=True)
ENTITIES = _Part(1.5, 6, 0.3, keeps_stop_words=True)
TEXT = _Part(1.0, 60, 0.6)
RESPONSE = _Part(0.8, 40, 0.6)


@dataclass(frozen=True, slots=True)
class Document:
    """What is written to the index for one record. ``codes`` are ``facet=code``, ``card`` is JSON.

    ``spelling`` are words that may put a misspelt query right.
    """

    id: str
    words: Mapping[str, Posting]
    codes: tuple[str, ...]
    start: int
    end: int
    published: int
    card: str
    spelling: AbstractSet[str]


def build(record: PublicRecord, taxonomy: Taxonomy) -> Document:
    """The document of a record."""
    start, end = days.span(record.account.happened)
    codes = all_codes(record, taxonomy)
    return Document(
        id=record.id,
        words=weigh(record.account),
        codes=tuple(f"{facet}={code}" for facet, values in codes.items() for code in values),
        start=start,
        end=end,
        published=days.number(record.published),
        card=json.dumps(_card(record), ensure_ascii=False, separators=(",", ":")),
        spelling=spelling("\n".join(text for _, text in _parts(record.account))),
    )


def weigh(account: Account) -> dict[str, Posting]:
    """Score weight and positions of every index term of an account."""
    language = language_of(account.language)
    found: dict[str, tuple[list[float], list[int]]] = {}
    place = 0
    for part, text in _parts(account):
        words = [word for _, _, word in find_words(text)]
        kept = [
            (place + offset, public_terms(word, language))
            for offset, word in enumerate(words)
            if part.keeps_stop_words or not is_stop_word(word, language)
        ]
        each = part.weight / (1 - part.strength + part.strength * len(kept) / part.typical) if kept else 0.0
        for position, forms in kept:
            for term in forms:
                weight, positions = found.setdefault(term, ([0.0], []))
                weight[0] += each
                positions.append(position)
        place += len(words) + _GAP
    return {term: (weight[0], positions) for term, (weight, positions) in found.items()}


def _parts(account: Account) -> Iterable[tuple[_Part, str]]:
    names = account.entities
    yield TITLE, account.title
    for group in (names.systems, names.deployers, names.developers, names.harmed):
        yield ENTITIES, " · ".join(group)
    yield TEXT, account.text
    answers = account.response
    for text in (answers.done, answers.remedied, answers.cause, answers.lessons, answers.since):
        yield RESPONSE, text


def _card(record: PublicRecord) -> dict[str, Any]:
    account, happened = record.account, record.account.happened
    answers = account.response
    texts = (account.text, answers.done, answers.remedied, answers.cause, answers.lessons, answers.since)
    return {
        "id": record.id,
        "type": record.type.value,
        "state": record.state.value,
        "title": account.title,
        "language": account.language,
        "date": happened.start if happened and isinstance(happened.start, str) else None,
        "date_end": happened.end if happened else None,
        "published": record.published.isoformat(),
        "countries": list(account.countries),
        "regions": list(account.regions),
        "source": record.provenance.source,
        "url": record.provenance.url,
        "contributor": record.provenance.contributor,
        "demo": record.demo,
        "codes": {facet: list(codes) for facet, codes in own_codes(record).items()},
        "text": "\n".join(text for text in texts if text)[:SHOWN],
    }
