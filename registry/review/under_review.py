"""A report under review: there for reviewers of other organizations, unless they have to do with it.

What a report carries (files, what was added later) is there exactly where the report itself is.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry.errors import N_, Conflict, NotFound
from registry.identity.rules import Actor, Permission
from registry.intake import access, steps
from registry.intake.models import Submission
from registry.intake.rules import State, after
from registry.review import interest
from registry.review.appealing import rows as appeals
from registry.review.independence import standing
from registry.review.models import Claim
from registry.review.rules import has_lapsed
from registry.review.workflow import ACTS, Act, Rule


def shown(session: Session, actor: Actor, submission_id: str) -> Submission:
    """The row, to be read; raises ``NotAllowed``, or ``NotFound`` for what is not there for this reviewer."""
    return _unhidden(session, actor, access.shown(session, actor, submission_id, Permission.READ_REVIEWS))


def held(session: Session, actor: Actor, submission_id: str) -> Submission:
    """The row, kept from others until the unit ends, to be decided on; raises as ``shown``."""
    return _unhidden(session, actor, access.held(session, actor, submission_id, Permission.REVIEW))


def claimed(
    session: Session, actor: Actor, submission_id: str, expected: int | None, act: Act, now: datetime
) -> tuple[Submission, Claim]:
    """The row with the reviewer's own claim on it, for an act that needs one; raises ``Conflict`` as well."""
    row = held(session, actor, submission_id)
    guard(session, actor, row, expected, ACTS[act])
    claim = session.get(Claim, row.id)
    if claim is None or claim.reviewer_id != actor.id or has_lapsed(claim.until, now):
        raise Conflict(N_("Claim this report first: decisions are for its reviewer only."))
    return row, claim


def guard(session: Session, actor: Actor, row: Submission, expected: int | None, rule: Rule) -> None:
    """Freshness, state and independence, in this order; permission was asked when the row was read."""
    steps.fresh(row, expected)
    after(rule.step, State(row.state))
    if rule.independent:  # a version since the claim may name somebody new
        interest.refuse(session, actor, row)
        appeals.refuse_judges(session, actor, row.id)


def _unhidden(session: Session, actor: Actor, row: Submission) -> Submission:
    if standing.is_hidden(session, actor, row.id):
        raise NotFound
    return row
