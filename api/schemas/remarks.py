"""Notes of reviewers to one another."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, following, listed, moment, text
from registry.review.noting.rules import REMARK_MAX, REMARKS_MAX


class NewRemark(Strict):
    """What other reviewers should know."""

    text = text(REMARK_MAX, filled=True)


class Remark(Strict):
    """A note on one version; ``mine`` where the caller wrote it. Others are not named."""

    number = fields.Integer(required=True, validate=validate.Range(1, REMARKS_MAX))
    version = fields.Integer(required=True)
    mine = fields.Boolean(required=True)
    text = text(REMARK_MAX, filled=True)
    at = moment()


class Remarks(Strict):
    """All notes on a report, oldest first."""

    items = listed(fields.Nested(Remark), REMARKS_MAX)
    next = following()
