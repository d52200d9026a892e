"""Reviews: other organizations' submissions as their reviewers see them."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.appeals import Appealed
from api.schemas.base import (
    PagedQuery,
    Strict,
    flag,
    following,
    listed,
    moment,
    short,
    text,
)
from api.schemas.base import (
    account as account_field,
)
from api.schemas.findings import FINDINGS_MAX, Finding
from api.schemas.submissions import HISTORY_MAX, Decision, HistoryStep, SubmissionLine
from registry.account.limits import CODES_MAX
from registry.intake.rules import State
from registry.review.coding.rules import NOTE_MAX as CODING_NOTE_MAX
from registry.review.coding.rules import Standing
from registry.review.independence.rules import RECUSAL_REASONS, UNMASK_REASONS
from registry.review.notes import NOTE_MAX
from registry.review.queue.rules import CODE, LANGUAGE, OPEN, PAGE_MAX, Queue, Sort
from registry.review.rules import DECLINE_REASONS

FACETS_MAX = 60
"""Facets that a report can be classified by; a bound, not a rule."""
SPOKEN_MAX = 10_000
"""Organizations of which a text can speak; a bound, not a rule."""


def _code() -> fields.String:
    return fields.String(validate=validate.Regexp(CODE, error="This is not a code of the taxonomy."))


class QueueQuery(PagedQuery):
    """Which part of the queue."""

    state = fields.String(
        load_default=State.SUBMITTED.value, validate=validate.OneOf([state.value for state in OPEN])
    )
    mine = flag()
    queue = fields.String(
        load_default=Queue.REPORTS.value, validate=validate.OneOf([each.value for each in Queue])
    )
    sort = fields.String(
        load_default=Sort.URGENT.value, validate=validate.OneOf([each.value for each in Sort])
    )
    severity = _code()
    sector = _code()
    event = _code()
    language = fields.String(
        validate=validate.Regexp(LANGUAGE, error="Name a language by two or three letters, as in en.")
    )
    overdue = flag()


class Note(Strict):
    """A note to the organization that must say something."""

    note = text(NOTE_MAX, filled=True)


class OptionalNote(Strict):
    """A note to the organization, or none."""

    note = text(NOTE_MAX)


class Classified(Strict):
    """What a reviewer says of one facet: its codes, the main one first; how sure; what it rests on."""

    facet = fields.String(required=True, validate=validate.Length(max=40))
    codes = listed(short(80), CODES_MAX)
    confidence = short(40, required=False)
    note = text(CODING_NOTE_MAX)


class FacetCoding(Strict):
    """A facet as it was submitted and as it counts now. The note is for reviewers and never published."""

    facet = short(40)
    submitted = listed(short(80), CODES_MAX)
    codes = listed(short(80), CODES_MAX)
    standing = fields.String(required=True, validate=validate.OneOf([one.value for one in Standing]))
    confidence = short(40, nullable=True)
    note = short(CODING_NOTE_MAX)


class Declined(Strict):
    """Why a report is declined; reason ``other`` needs a note, ``other-node`` a note or a ``node``.

    ``node`` is the id of a node that is followed here: the right place for the report.
    """

    reason = fields.String(required=True, validate=validate.OneOf(list(DECLINE_REASONS)))
    node = fields.String(validate=validate.Regexp(r"^[a-z2-7]{52}$"))
    note = text(NOTE_MAX)


class Aside(Strict):
    """Why a reviewer steps aside; nobody else is told."""

    reason = fields.String(required=True, validate=validate.OneOf(list(RECUSAL_REASONS)))


class Unmasked(Strict):
    """Why a reviewer wants to know who told a report; the organization reads that somebody asked."""

    reason = fields.String(required=True, validate=validate.OneOf(list(UNMASK_REASONS)))


class Recused(Strict):
    """The report from which the caller stepped aside; it is not there for them any more."""

    submission = short(32)


class ClaimState(Strict):
    """A claim that holds now; ``mine`` when the caller holds it."""

    until = moment()
    mine = fields.Boolean(required=True)


class Quorum(Strict):
    """How many reviewers of different organizations have to agree, and how many have concluded by now.

    Never how; ``own`` when one of them is of the caller's organization.
    """

    needed = fields.Integer(required=True)
    cast = fields.Integer(required=True)
    own = fields.Boolean(required=True)


class QueueLine(SubmissionLine):
    """A line of the queue; ``late`` when reviewers should have decided by now."""

    severity = short(80, nullable=True)
    sector = short(80, nullable=True)
    language = short(35)
    event = short(80, nullable=True)
    guest = fields.Boolean(required=True)
    since = moment(nullable=True)
    in_state_since = moment(nullable=True)
    due_at = moment(nullable=True)
    late = fields.Boolean(required=True)
    claim = fields.Nested(ClaimState, required=True, allow_none=True)


class QueuePage(Strict):
    """A part of the queue, and how many wait in each of its states and in each queue.

    ``late`` says how many in each queue have missed their target.
    """

    items = listed(fields.Nested(QueueLine), PAGE_MAX)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    queues = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    late = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    next = following()


class Review(SubmissionLine):
    """All that is needed to decide. The contributor is named by its public descriptor only, or not at all."""

    account = account_field("Account")
    contributor = short(200)
    masked = fields.Boolean(required=True)
    speaks_of = listed(short(200), SPOKEN_MAX)
    speaks_of_own = fields.Boolean(required=True)
    findings = listed(fields.Nested(Finding), FINDINGS_MAX)
    coding = listed(fields.Nested(FacetCoding), FACETS_MAX)
    claim = fields.Nested(ClaimState, required=True, allow_none=True)
    quorum = fields.Nested(Quorum, required=True)
    history = listed(fields.Nested(HistoryStep), HISTORY_MAX)
    decisions = listed(fields.Nested(Decision), HISTORY_MAX)
    appeal = fields.Nested(Appealed, required=True, allow_none=True)
