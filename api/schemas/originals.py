"""Receipts of originals that were destroyed."""

from __future__ import annotations

from marshmallow import fields, validate

from api.paths import KEY_PATTERN
from api.schemas.base import Strict, moment, short
from api.schemas.submissions import STATES
from registry.custody.receipts import DESTROYED
from registry.intake.vault.rules import Why


class ErasureReceipt(Strict):
    """That the original of a report was destroyed; to be kept. The public record, if any, stays."""

    reference = fields.String(required=True, metadata={"pattern": f"^{KEY_PATTERN}$"})
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    record = short(120, nullable=True)
    why = fields.String(required=True, validate=validate.OneOf([why.value for why in Why]))
    destroyed = fields.Dict(
        required=True,
        keys=fields.String(validate=validate.OneOf(list(DESTROYED))),
        values=fields.Integer(validate=validate.Range(min=1)),
    )
    at = moment()
    check = fields.String(required=True, metadata={"pattern": "^[0-9a-f]{4}( [0-9a-f]{4}){7}$"})
