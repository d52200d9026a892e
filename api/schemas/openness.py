"""Figures about review."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict
from registry.review.figures.rules import ROWS, TIMED

_ROW, _STATE = fields.String(validate=validate.OneOf(ROWS)), fields.String(validate=validate.OneOf(TIMED))
_NATURAL = validate.Range(min=0)
_QUARTER = {"pattern": "^[0-9]{4}-Q[1-4]$"}
_BAND = {"pattern": r"^[0-9]{1,4}(-[0-9]{1,4}|\+)$"}


class Spans(Strict):
    """Time in a state in whole days: half of the reports, and 95 of 100; null where there are too few."""

    median = fields.Integer(required=True, allow_none=True, validate=_NATURAL)
    p95 = fields.Integer(required=True, allow_none=True, validate=_NATURAL)


class Total(Strict):
    """A sum over all quarters that are over: itself, or the least that it can be."""

    value = fields.Integer(required=True, validate=_NATURAL)
    exact = fields.Boolean(required=True)


class Quarter(Strict):
    """A quarter that is over. A count that is null is from 1 to 4, or has such a part."""

    quarter = fields.String(required=True, metadata=_QUARTER)
    counts = fields.Dict(required=True, keys=_ROW, values=fields.Integer(allow_none=True, validate=_NATURAL))
    declined_at_least = fields.Integer(required=True, validate=_NATURAL)
    times = fields.Dict(required=True, keys=_STATE, values=fields.Nested(Spans))


class Running(Strict):
    """The quarter that still runs, in ranges."""

    quarter = fields.String(required=True, metadata=_QUARTER)
    counts = fields.Dict(required=True, keys=_ROW, values=fields.String(metadata=_BAND))


class Transparency(Strict):
    """How review went at this node, as it was when a day (UTC) began."""

    day = fields.Date(required=True)
    quarters = fields.List(fields.Nested(Quarter), required=True, validate=validate.Length(max=400))
    total = fields.Dict(required=True, keys=_ROW, values=fields.Nested(Total))
    total_times = fields.Dict(required=True, keys=_STATE, values=fields.Nested(Spans))
    running = fields.Nested(Running, required=True)
    waiting = fields.String(required=True, metadata=_BAND)
    appealed = fields.String(metadata=_BAND)
    trail_head = fields.String(required=True, metadata={"pattern": "^[0-9a-f]{64}$"})
