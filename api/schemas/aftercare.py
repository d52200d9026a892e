"""Flags and changes of public records."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, short, text
from registry.review.aftercare.flagging import CONCERNS, TEXT_MAX


class NewFlag(Strict):
    """What is wrong with a record."""

    reason = fields.String(required=True, validate=validate.OneOf(list(CONCERNS)))
    text = text(TEXT_MAX)


class Flagged(Strict):
    """That it was received. It has no id: nobody can ask what became of it."""

    record = short(120)
    state = fields.String(required=True, validate=validate.OneOf(["received"]))
    read_within_hours = fields.Integer(required=True, validate=validate.Range(min=1))
