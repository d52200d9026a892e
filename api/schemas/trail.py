"""What a check of the audit trail finds."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, short

_HASH = "^[0-9a-f]{64}$"


class HeadQuery(Strict):
    """A hash that was kept earlier."""

    head = fields.String(validate=[validate.Length(max=64), validate.Regexp(_HASH)])


class TrailFault(Strict):
    """The first thing that is wrong, and at which row."""

    number = fields.Integer(required=True)
    says = short(300)


class TrailVerdict(Strict):
    """How many rows there are up to the first fault, and the hash of the last of them."""

    whole = fields.Boolean(required=True)
    rows = fields.Integer(required=True, validate=validate.Range(min=0))
    newest = fields.String(required=True, metadata={"pattern": _HASH})
    wrong = fields.Nested(TrailFault, required=True, allow_none=True)
