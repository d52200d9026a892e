"""The parameters of search as OpenAPI objects, made from the same tables that check them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.schemas.vocabulary import LANGUAGES
from search.facets import COMPUTED, COMPUTED_LABELS, facet_ids
from search.query import LONGEST_QUERY
from search.request import HERE, MOST_CODES, MOST_HITS, SORTS
from taxonomy import Taxonomy

DATE_PATTERN = r"^([1-9][0-9]{3}(-(Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?)?$"
"""A year, a quarter, a month or a day, or empty."""
EMPTY = ""
"""Any parameter may be empty, which is the same as left out: a form sends it so."""


def parameters(taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Words, order, paging, dates, and one parameter for each facet."""
    return [*_plain(), *_facets(taxonomy)]


def _plain() -> Iterator[dict[str, Any]]:
    yield _parameter(
        "q", "Words, “phrases” in quotes, -exclusion.", {"type": "string", "maxLength": LONGEST_QUERY}
    )
    yield _parameter(
        "sort", "Order; with a hyphen newest first.", {"type": "string", "enum": [*SORTS, EMPTY]}
    )
    number = {"type": "integer", "minimum": 1, "maximum": MOST_HITS}
    yield _parameter("limit", "Records in a page.", {"anyOf": [number, {"type": "string", "const": EMPTY}]})
    yield _parameter("cursor", "“next” of the page before.", {"type": "string", "maxLength": 1000})
    yield _parameter("lang", "Language of labels.", {"type": "string", "enum": LANGUAGES})
    for name, says in (
        ("since", "Happened on or after."),
        ("until", "Happened on or before."),
        ("published_since", "Published on or after."),
        ("published_until", "Published on or before."),
    ):
        yield _parameter(name, says, {"type": "string", "pattern": DATE_PATTERN})
    yield _parameter(
        "reading",
        "Filter and count by this node's own reading where it differs from the owner's.",
        {"type": "string", "enum": [HERE, EMPTY]},
    )
    for name, says in (("facets", "Count facets."), ("highlight", "Mark the words found.")):
        yield _parameter(name, says, {"type": "string", "enum": ["true", "false", EMPTY]})


def _facets(taxonomy: Taxonomy) -> Iterator[dict[str, Any]]:
    for name in facet_ids(taxonomy):
        title = COMPUTED.get(name) or taxonomy.title(name)
        yield _parameter(
            name,
            f"{title}: any of the codes given.",
            {
                "type": "array",
                "items": _code(name, taxonomy),
                "minItems": 1,
                "maxItems": MOST_CODES,
            },
        ) | {"style": "form", "explode": True}


def _code(name: str, taxonomy: Taxonomy) -> dict[str, Any]:
    if name in taxonomy.facets:
        return {"type": "string", "enum": [*taxonomy.facets[name].values, EMPTY]}
    if name in COMPUTED_LABELS:
        return {"type": "string", "enum": [*COMPUTED_LABELS[name], EMPTY]}
    return {"type": "string", "maxLength": 100}


def _parameter(name: str, says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": says, "schema": schema}
