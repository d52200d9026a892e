"""Search over public records: index, query language, facets, highlights, similar records.

``SearchEngine`` answers, ``Indexer`` writes, ``parse_request`` reads query parameters. The index is a
disposable copy of the public database: rebuilt with one command, never a source of truth.
"""

from search.alike import alike
from search.engine import SearchEngine
from search.errors import IndexBusy, IndexDamaged
from search.facets import COMPUTED, COMPUTED_LABELS, facet_ids
from search.indexer import Indexer
from search.request import MOST_HITS, SORTS, SearchRequest, parse_request
from search.results import FacetCount, Fragment, Hit, Resembling, Responses, SearchResult, SimilarHit

__all__ = [
    "COMPUTED",
    "COMPUTED_LABELS",
    "MOST_HITS",
    "SORTS",
    "FacetCount",
    "Fragment",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "Indexer",
    "Resembling",
    "Responses",
    "SearchEngine",
    "SearchRequest",
    "SearchResult",
    "SimilarHit",
    "alike",
    "facet_ids",
    "parse_request",
]
