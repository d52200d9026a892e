"""Appeals against declines."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, moment, short, text
from registry.review.appealing.rules import REASON_MAX, REJECT_REASONS
from registry.review.notes import NOTE_MAX


class AppealReason(Strict):
    """Why the decision is wrong. Reviewers read it; it is never published."""

    text = text(REASON_MAX, filled=True)


class Rejected(Strict):
    """Why a decline stands; the note is for whoever appealed."""

    reason = fields.String(required=True, validate=validate.OneOf(list(REJECT_REASONS)))
    note = text(NOTE_MAX, filled=True)


class Appealed(Strict):
    """An appeal as it was made."""

    at = moment()
    text = short(REASON_MAX)


class Recourse(Strict):
    """What can be done about a decline.

    ``until`` is when the time for an appeal ends; null where none is possible. ``due_at`` is by when the one
    under way should be decided; ``stuck`` when nobody at this node may decide on it.
    """

    until = moment(nullable=True)
    made = fields.Nested(Appealed, required=True, allow_none=True)
    due_at = moment(nullable=True)
    stuck = fields.Boolean(required=True)
