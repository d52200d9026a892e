"""The common taxonomy for other software: JSON by facet, SKOS as Turtle and JSON-LD, CSV."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Response

from api.node import the_node
from api.reply import STEADY, document, dumps
from api.schemas.vocabulary import FacetShape, LanguageQuery, TaxonomyShape
from api.section import Section, Speaks
from registry.errors import NotFound
from taxonomy import Facet, Taxonomy, Value
from taxonomy.skos import to_jsonld, to_turtle
from taxonomy.table import to_csv

section = Section("taxonomy", "The common taxonomy: facets, codes, labels, and the same as SKOS and CSV.")


@section.get("/taxonomy", Speaks("Read the taxonomy", answer=TaxonomyShape, query=LanguageQuery))
def whole(query: dict[str, Any]) -> Response:
    """Every facet with every code, deprecated ones too."""
    return document(_whole(the_node().taxonomy, query["lang"]), "application/json", STEADY)


@section.get(
    "/taxonomy/<string(maxlength=60):facet>", Speaks("Read a facet", answer=FacetShape, query=LanguageQuery)
)
def one(query: dict[str, Any], facet: str) -> Response:
    """A question and its answers."""
    taxonomy = the_node().taxonomy
    if facet not in taxonomy.facets:
        raise NotFound
    return document(
        dumps(_facet(taxonomy, taxonomy.facets[facet], query["lang"])), "application/json", STEADY
    )


@section.get("/taxonomy.ttl", Speaks("Read the taxonomy as SKOS in Turtle", media="text/turtle"))
def turtle() -> Response:
    """Labels and definitions in every language."""
    return document(_turtle(the_node().taxonomy), "text/turtle", STEADY)


@section.get("/taxonomy.jsonld", Speaks("Read the taxonomy as SKOS in JSON-LD", media="application/ld+json"))
def jsonld() -> Response:
    """The same graph as the Turtle."""
    return document(_jsonld(the_node().taxonomy), "application/ld+json", STEADY)


@section.get("/taxonomy.csv", Speaks("Read the taxonomy as a table", media="text/csv"))
def table() -> Response:
    """One line per code (RFC 4180)."""
    return document(_csv(the_node().taxonomy), "text/csv", STEADY)


@cache
def _whole(taxonomy: Taxonomy, lang: str) -> bytes:
    return dumps(
        {
            "version": taxonomy.version,
            "title": taxonomy.name,
            "status": taxonomy.status,
            "languages": list(taxonomy.languages),
            "facets": [_facet(taxonomy, facet, lang) for facet in taxonomy.facets.values()],
        }
    )


@cache
def _turtle(taxonomy: Taxonomy) -> bytes:
    return to_turtle(taxonomy).encode("utf-8")


@cache
def _jsonld(taxonomy: Taxonomy) -> bytes:
    return dumps(to_jsonld(taxonomy))


@cache
def _csv(taxonomy: Taxonomy) -> bytes:
    return to_csv(taxonomy).encode("utf-8")


def _facet(taxonomy: Taxonomy, facet: Facet, lang: str) -> dict[str, Any]:
    return {
        "id": facet.id,
        "title": taxonomy.title(facet.id, lang),
        "ask": taxonomy.ask(facet.id, lang),
        "cardinality": facet.cardinality,
        "primary": facet.primary,
        "required": facet.required,
        "values": [_value(taxonomy, value, lang) for value in facet.values.values()],
    }


def _value(taxonomy: Taxonomy, value: Value, lang: str) -> dict[str, Any]:
    return {
        "code": value.code,
        "label": taxonomy.label(value.code, lang),
        "definition": taxonomy.definition(value.code, lang),
        "broader": value.broader,
        "exclusive": value.exclusive,
        "level": value.level,
        "deprecated": value.deprecated,
        "replaced_by": list(value.replaced_by),
    }
