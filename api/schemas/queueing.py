"""Work on the review queue as a whole."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, boolean, following, listed, moment, short, text
from registry.review.notes import NOTE_MAX
from registry.review.queue.batch import ACTS
from registry.review.queue.keeping import NAME_MAX, VIEWS_MAX
from registry.review.queue.missing import SHOWN_MAX
from registry.review.queue.rules import PAGE_MAX
from registry.review.rules import DECLINE_REASONS

ASKED_MAX = 10
"""Parameters of the queue."""
LOCK_MAX = 999_999_999


class PickedReport(Strict):
    """A report, and the lock that it was seen with; without one its freshness is not asked about."""

    id = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{32}$"))
    lock = fields.Integer(strict=True, validate=validate.Range(0, LOCK_MAX))


class BatchAsked(Strict):
    """One act on several reports; a decline needs a reason."""

    act = fields.String(required=True, validate=validate.OneOf([act.value for act in ACTS]))
    reports = fields.List(
        fields.Nested(PickedReport), required=True, validate=validate.Length(min=1, max=PAGE_MAX)
    )
    preview = boolean(default=False)
    reason = fields.String(validate=validate.OneOf(list(DECLINE_REASONS)))
    note = text(NOTE_MAX)


class OutcomeLine(Strict):
    """What happened to a report; ``refused`` says why nothing did. ``lock`` is that of before."""

    id = short(32)
    lock = fields.Integer(required=True, allow_none=True)
    refused = short(1000, nullable=True)


class Outcomes(Strict):
    """What happened to each, in the order asked for."""

    items = listed(fields.Nested(OutcomeLine), PAGE_MAX)
    next = following()


class ToKeep(Strict):
    """A view to keep: its name, and the parameters of the queue by name."""

    name = text(NAME_MAX, filled=True)
    asked = fields.Dict(
        keys=fields.String(validate=validate.Length(max=20)),
        values=fields.String(validate=validate.Length(max=80)),
        required=True,
        validate=validate.Length(max=ASKED_MAX),
    )


class Kept(Strict):
    """A view that somebody keeps."""

    id = short(32)
    name = short(NAME_MAX)
    asked = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class KeptList(Strict):
    """Every view of one's own."""

    items = listed(fields.Nested(Kept), VIEWS_MAX)
    next = following()


class LateLine(Strict):
    """A late report without its words."""

    id = short(32)
    state = short(20)
    severity = short(80, nullable=True)
    language = short(35, nullable=True)
    sent_at = moment(nullable=True)
    due_at = moment()
    held = fields.Boolean(required=True)


class LateReports(Strict):
    """What is late, the longest missed first, and how many there are in all."""

    items = listed(fields.Nested(LateLine), SHOWN_MAX)
    total = fields.Integer(required=True)
