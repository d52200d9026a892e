"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Fragment = tuple[tuple[str, bool], ...]
"""Pieces of text in order, each with whether it is marked: nobody has to build or trust markup."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A code and how many of the found records carry it."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found.

    ``date`` and ``date_end`` are as precise as they are known, ``published`` is a day. ``codes``:
    facet → the record's own codes, main one first. ``title_parts`` is the title with the query's
    words marked; ``highlights`` are one or two excerpts, the beginning of the text when nothing in
    it matches. ``severity`` is its code or None. ``contributor`` is a descriptor chosen for the public.
    ``read_here`` are the facets whose codes are this node's and not the owner's, where that was asked.
    """

    id: str
    title: str
    title_parts: Fragment
    language: str
    type: str
    state: str
    date: str | None
    date_end: str | None
    published: str
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    source: str
    url: str
    contributor: str
    severity: str | None
    codes: Mapping[str, tuple[str, ...]]
    demo: bool
    score: float
    highlights: tuple[Fragment, ...]
    read_here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits of one page, and what is known of all that was found.

    ``total`` counts all pages. ``facets``: facet → counts, highest first, without zeros (but a
    chosen code stays). The counts of a facet that is filtered by leave its own filter out, so its
    other codes show what choosing them as well would add. ``next`` is the cursor of the next page.
    ``suggestion`` is the query with misspelt words put right, or None. ``relaxed`` says that not all
    words were demanded; ``unknown`` words occur nowhere, ``ignored`` ones were too many.
    ``reading`` is whose codes were filtered by and counted: empty for the owners', ``here`` for this node's
    in the ``read_otherwise`` records among those found that it reads in its own way.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    next: str | None
    suggestion: str | None
    relaxed: bool
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    reading: str = ""
    read_otherwise: int = 0


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A record like another one, and why: the ``reasons`` are codes that both carry. ``score`` is 0 … 1."""

    id: str
    title: str
    language: str
    date: str | None
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Resembling:
    """A record that may tell of what somebody is writing about, and why.

    ``reasons`` are codes that both carry, ``words`` those of the writer that the record holds too, the
    rarest first. ``score`` is 0 … 1.
    """

    id: str
    title: str
    language: str
    type: str
    state: str
    date: str | None
    date_end: str | None
    countries: tuple[str, ...]
    source: str
    demo: bool
    reasons: tuple[str, ...]
    same_country: bool
    words: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Responses:
    """What was done in ``n`` records that share ``kind`` (facet → code): facet → counts, highest first."""

    kind: Mapping[str, str]
    n: int
    counts: Mapping[str, tuple[FacetCount, ...]]
