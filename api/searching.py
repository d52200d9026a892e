"""Search over public records. The answer is built from plain values: this path is hot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request

from api.labels import labels
from api.node import the_node
from api.reply import reply
from api.schemas.searching import Results
from api.schemas.vocabulary import LANGUAGES
from api.section import Section, Speaks
from registry.errors import N_, Invalid, Problem
from search import SearchResult, parse_request
from search.results import FacetCount, Fragment, Hit

Labels = Mapping[str, Mapping[str, str]]

section = Section("search", "Search public records by words and facets.")


@section.get(
    "/search", Speaks("Search", answer=Results, problems=(422,), kind="search", extra={"x-search": True})
)
def search() -> Response:
    """A facet may repeat (any of its codes); different facets narrow (all of them)."""
    node = the_node()
    given = request.args.to_dict(flat=False)
    lang = language(given.pop("lang", ["en"]))
    result = node.search.search(parse_request(given, node.taxonomy))
    return reply(results(result, labels(node.taxonomy, lang)))


def language(given: list[str]) -> str:
    """The language asked for; raises ``Invalid``."""
    if len(given) != 1 or given[0] not in LANGUAGES:
        message = N_("Choose one of: %(known)s.")
        raise Invalid([Problem("/lang", message, {"known": ", ".join(LANGUAGES)})])
    return given[0]


def results(result: SearchResult, words: Labels) -> dict[str, Any]:
    """A page of results as JSON values."""
    return {
        "total": result.total,
        "items": [found(hit) for hit in result.hits],
        "facets": counted(result.facets, words),
        "next": result.next,
        "suggestion": result.suggestion,
        "relaxed": result.relaxed,
        "unknown_words": result.unknown,
        "ignored_words": result.ignored,
        "reading": result.reading or "owner",
        "read_otherwise": result.read_otherwise,
    }


def found(hit: Hit) -> dict[str, Any]:
    """One hit as JSON values."""
    return {
        "id": hit.id,
        "title": hit.title,
        "title_parts": _parts(hit.title_parts),
        "highlights": [_parts(excerpt) for excerpt in hit.highlights],
        "type": hit.type,
        "state": hit.state,
        "language": hit.language,
        "date": hit.date,
        "date_end": hit.date_end,
        "published": hit.published,
        "countries": hit.countries,
        "regions": hit.regions,
        "source": hit.source,
        "url": hit.url,
        "contributor": hit.contributor,
        "severity": hit.severity,
        "codes": dict(hit.codes),
        "demo": hit.demo,
        "score": round(hit.score, 4),
        "read_here": hit.read_here,
    }


def counted(facets: Mapping[str, Iterable[FacetCount]], words: Labels) -> dict[str, list[dict[str, Any]]]:
    """Facet → codes with labels and counts."""
    return {
        facet: [
            {"code": item.code, "label": words[facet].get(item.code, item.code), "count": item.count}
            for item in counts
        ]
        for facet, counts in facets.items()
    }


def _parts(fragment: Fragment) -> list[dict[str, Any]]:
    return [{"text": text, "match": match} for text, match in fragment]
