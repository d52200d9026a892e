"""Searching one snapshot: match, filter, order, count, show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

import numpy as np

from registry.account.fields import web_link
from search import cursor as cursors
from search.analysis import query_terms
from search.cards import Card
from search.counting import Filtered
from search.cursor import Cursor
from search.highlight import excerpts, mark, matching
from search.labels import LabelWords
from search.matching import Basis, Match, match
from search.ordering import Place, page, sort_keys
from search.query import Query, parse
from search.reading import Reader, ReadHere
from search.request import SearchRequest
from search.results import Hit, SearchResult
from search.snapshot import Snapshot
from search.suggest import Speller
from search.unnamed import unnamed
from search.words import WordFinder

_KEPT_MATCHES = 24
"""Text matches kept for the next page or the next filter of the same query; five bytes per record each.

They lie under keyed hashes of what was typed.
"""


class Searcher:
    """Searches one snapshot; shared by all threads."""

    def __init__(self, snapshot: Snapshot, labels: LabelWords, reader: Reader) -> None:
        self.snapshot = snapshot
        self._reader = reader
        self._finder = WordFinder(snapshot, labels)
        self._speller = Speller(snapshot, lambda word: len(self._finder.find(word).docs) > 0)
        self._matches: OrderedDict[tuple[bytes, Basis | None], Match] = OrderedDict()
        self._lock = Lock()

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of results. Raises ``Invalid`` for a foreign cursor."""
        cursor = cursors.decode(request)
        query, matched = self._match(request.q, cursor.basis if cursor else None)
        here = self._reader.read(request.reading)
        filtered = Filtered(self.snapshot, matched.mask, request, here.table)
        found = np.flatnonzero(filtered.mask)
        keys = sort_keys(self.snapshot, _order(request, query), matched.scores)
        docs = page(self.snapshot, found, keys, request.limit + 1, cursor.place if cursor else None)
        shown = docs[: request.limit]
        following = None
        if len(docs) > len(shown):
            place = Place(int(keys[shown[-1]]), self.snapshot.keys[shown[-1]])
            following = cursors.encode(request, Cursor(place, matched.basis))
        wanted = self._wanted(query) if request.highlight else {}
        suggestion = self._speller.suggest(request.q, matched.unknown) if matched.unknown else None
        return SearchResult(
            total=len(found),
            hits=tuple(
                _hit(self.snapshot.card(doc), float(matched.scores[doc]), wanted, here) for doc in shown
            ),
            facets=filtered.counts() if request.facets else {},
            next=following,
            suggestion=suggestion,
            relaxed=matched.relaxed,
            unknown=matched.unknown,
            ignored=matched.ignored,
            reading=request.reading,
            read_otherwise=int(np.count_nonzero(filtered.mask[list(here.docs)])),
        )

    def all_ids(self, request: SearchRequest) -> list[str]:
        """Every id that the request finds, in order."""
        query, matched = self._match(request.q, None)
        table = self._reader.read(request.reading).table
        found = np.flatnonzero(Filtered(self.snapshot, matched.mask, request, table).mask)
        keys = sort_keys(self.snapshot, _order(request, query), matched.scores)
        return [self.snapshot.keys[doc] for doc in page(self.snapshot, found, keys, len(found) or 1, None)]

    def _match(self, q: str, basis: Basis | None) -> tuple[Query, Match]:
        name, query = unnamed(q), parse(q)
        with self._lock:
            kept = self._matches.get((name, basis))
        if kept is not None:
            return query, kept
        matched = match(self.snapshot, self._finder, query, basis)
        if matched.unknown or matched.ignored:
            return query, matched  # it holds words as they were typed, and those are not kept
        with self._lock:
            self._matches[name, basis] = matched
            if len(self._matches) > _KEPT_MATCHES:
                self._matches.popitem(last=False)
        return query, matched

    def _wanted(self, query: Query) -> dict[str, int]:
        """Index term → number of the query word, for marking."""
        words = (*query.words, *(word for row in query.phrases for word in row))
        return {
            term: number
            for number, word in enumerate(words)
            for term in query_terms(word, self.snapshot.languages)
        }


def _order(request: SearchRequest, query: Query) -> str:
    """Without anything to be relevant to, the newest come first."""
    return "-date" if request.sort == "relevance" and not (query.words or query.phrases) else request.sort


def _hit(card: Card, score: float, wanted: Mapping[str, int], here: ReadHere) -> Hit:
    data, words = card.data, matching(card, wanted)
    otherwise = here.codes.get(data["id"], {})
    codes = {facet: tuple(values) for facet, values in data["codes"].items()} | dict(otherwise)
    return Hit(
        id=data["id"],
        title=data["title"],
        title_parts=mark(data["title"], words),
        language=data["language"],
        type=data["type"],
        state=data["state"],
        date=data["date"],
        date_end=data["date_end"],
        published=data["published"],
        countries=tuple(data["countries"]),
        regions=tuple(data["regions"]),
        source=data["source"],
        url=web_link(data["url"]),
        contributor=data["contributor"],
        severity=next(iter(codes.get("severity", ())), None),
        codes=codes,
        demo=data["demo"],
        score=round(score, 4),
        highlights=excerpts(data["text"], words),
        read_here=tuple(otherwise),
    )
