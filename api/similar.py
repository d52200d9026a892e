"""Records like a given one, and what others did in such a case: counts with the search that finds them."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.labels import labels
from api.node import Node, the_node
from api.reply import reply
from api.schemas.searching import Similar, SimilarQuery
from api.searching import Labels, counted
from api.section import Section, Speaks
from registry.record.types import PublicRecord
from search import Responses, SimilarHit

FEWEST = 3
"""Records below which counts say nothing about what is usual."""

section = Section("similar", "What a record has in common with others.")


@section.get(
    "/records/<record:record_id>/similar",
    Speaks("Find similar records and what others did", answer=Similar, query=SimilarQuery, problems=(410,)),
)
def similar(query: dict[str, Any], record_id: str) -> Response:
    """What others did is counted over the same failure and sector, or the failure alone if those are few."""
    node = the_node()
    record = node.records.read(record_id)
    words = labels(node.taxonomy, query["lang"])
    alike = node.search.similar(record, query["limit"])
    data = {"items": [_alike(hit) for hit in alike], "others": _others(node, record, words), "next": None}
    return reply(data)


def _alike(hit: SimilarHit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "title": hit.title,
        "language": hit.language,
        "date": hit.date,
        "reasons": hit.reasons,
        "score": round(hit.score, 4),
    }


def _others(node: Node, record: PublicRecord, words: Labels) -> dict[str, Any]:
    codes = record.codes()
    failure = next(iter(codes.get("failure", ())), None)
    sector = next(iter(codes.get("sector", ())), None)
    if failure is None:
        return _shown({}, Responses(0, {}), words)
    found = node.search.responses(failure, sector)
    if found.n < FEWEST and sector is not None:
        sector, found = None, node.search.responses(failure, None)
    filters = {"failure": [failure]} | ({"sector": [sector]} if sector else {})
    return _shown(filters, found, words)


def _shown(filters: dict[str, list[str]], found: Responses, words: Labels) -> dict[str, Any]:
    return {"n": found.n, "filters": filters, "counts": counted(found.counts, words)}
