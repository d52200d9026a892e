"""Figures about the registry as a whole."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, listed, short
from registry.review.agreement.tables import Measure

CONFUSIONS_MAX = 5_000
FACETS_MAX = 60


class Confusion(Strict):
    """How often one reviewer chose ``code`` where another chose ``other``, or nothing (null)."""

    code = short(80)
    other = short(80, nullable=True)
    count = fields.Integer(required=True)


class FacetAgreement(Strict):
    """Agreement on one facet."""

    facet = short(40)
    measure = fields.String(required=True, validate=validate.OneOf([one.value for one in Measure]))
    n = fields.Integer(required=True, allow_none=True)
    alpha = fields.Float(required=True, allow_none=True)
    counted = short(10)
    confusions = listed(fields.Nested(Confusion), CONFUSIONS_MAX)


class AgreementTable(Strict):
    """Agreement facet by facet; empty until it was counted."""

    items = listed(fields.Nested(FacetAgreement), FACETS_MAX)
