"""Records like a given one, and what others did in such a case: counts with the search that finds them."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.labels import labels
from api.node import the_node
from api.reply import reply
from api.schemas.searching import Similar, SimilarQuery
from api.searching import Labels, counted
from api.section import Section, Speaks
from search import Responses, SimilarHit

section = Section("similar", "What a record has in common with others.")


@section.get(
    "/records/<record:record_id>/similar",
    Speaks(
        "Find similar records and what others did",
        answer=Similar,
        query=SimilarQuery,
        problems=(410,),
        kind="search",
    ),
)
def similar(query: dict[str, Any], record_id: str) -> Response:
    """What others did is counted over the same failure and sector, or one of the two if those are few."""
    node = the_node()
    record = node.records.read(record_id)
    words = labels(node.taxonomy, query["lang"])
    alike = node.search.similar(record, query["limit"])
    others = _others(node.search.what_others_did(record), words)
    data = {"items": [_alike(hit) for hit in alike], "others": others, "next": None}
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


def _others(found: Responses, words: Labels) -> dict[str, Any]:
    filters = {facet: [code] for facet, code in found.kind.items()}
    return {"n": found.n, "filters": filters, "counts": counted(found.counts, words)}
