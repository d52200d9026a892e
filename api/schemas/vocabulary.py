"""The taxonomy as JSON."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, listed, short
from taxonomy import load

LANGUAGES = list(load().languages)
LISTED_MAX = 2_000


class LanguageQuery(Strict):
    """The language of titles, labels and definitions; English stands in where a translation is missing."""

    lang = fields.String(load_default="en", validate=validate.OneOf(LANGUAGES))


class ValueShape(Strict):
    """One answer of a facet. ``broader`` is the code above it; ``level`` exists for severity only."""

    code = short(120)
    label = short(200)
    definition = short(2_000)
    broader = short(120, nullable=True)
    exclusive = fields.Boolean(required=True)
    level = fields.Integer(required=True, allow_none=True, validate=validate.Range(0, 5))
    deprecated = fields.Boolean(required=True)
    replaced_by = listed(short(120), 20)


class FacetShape(Strict):
    """One question put to a record, and its answers in display order."""

    id = short(80)
    title = short(200)
    ask = short(500)
    cardinality = fields.String(required=True, validate=validate.OneOf(["one", "many"]))
    primary = fields.Boolean(required=True)
    required = fields.Boolean(required=True)
    values = listed(fields.Nested(ValueShape), LISTED_MAX)


class TaxonomyShape(Strict):
    """The whole common taxonomy."""

    version = short(40)
    title = short(200)
    status = short(40)
    languages = listed(short(12), 200)
    facets = listed(fields.Nested(FacetShape), 200)
