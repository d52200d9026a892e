"""What became of a report since a reviewer saw it, in a sentence: the last step of its trail says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit import AuditRow
from registry.errors import N_, CommonsError, NotFound, Stale
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import Action, State
from registry.review.independence import standing

BACK = N_("It was taken back in the meantime.")
SENTENCES: Final[Mapping[str, str]] = {
    Action.SUBMIT: N_("It was sent again in the meantime."),
    Action.WITHDRAW: BACK,
    Action.KEEP: BACK,
    Action.CLAIM: N_("It was claimed in the meantime."),
    Action.RELEASE: N_("It was put back into the queue in the meantime."),
    Action.REQUEST_CHANGES: N_("Changes were asked for in the meantime."),
    Action.VOTE: N_("Somebody has concluded on it in the meantime, and another reviewer is needed."),
    Action.ACCEPT: N_("It was accepted in the meantime."),
    Action.DECLINE: N_("It was declined in the meantime."),
    Action.TURN_DOWN: N_("It was declined in the meantime."),
    Action.SCHEDULE: N_("It went to the public registry in the meantime."),
    Action.PUBLISH: N_("It was published in the meantime."),
    Action.APPEAL: N_("Somebody has appealed in the meantime."),
    Action.UPHOLD: N_("Its appeal was upheld in the meantime."),
    Action.REJECT_APPEAL: N_("Its appeal was rejected in the meantime."),
    Action.LEAVE_DECLINED: N_("Its appeal was rejected in the meantime."),
    "revise": N_("A new version was written in the meantime."),
    "erase": N_("Its original was erased in the meantime."),
}
"""Action of the trail → what a reviewer is told who saw the report before it."""


def told(session: Session, actor: Actor, key: str, refused: CommonsError) -> CommonsError:
    """The refusal of an act on a report that was seen before, in words that say what has changed.

    Of a report that is not there any more it is said that it was taken back, if that is why; never to
    whoever it would be hidden from anyway.
    """
    if isinstance(refused, Stale):
        return Stale(SENTENCES.get(_last(session, key)))
    if isinstance(refused, NotFound) and _taken_back(session, actor, key):
        return NotFound(BACK)
    return refused


def _last(session: Session, key: str) -> str:
    of_it = (AuditRow.subject == steps.SUBJECT) & (AuditRow.subject_id == key)
    newest = select(func.max(AuditRow.id)).where(of_it, AuditRow.action.in_(list(SENTENCES)))
    return session.scalar(select(AuditRow.action).where(AuditRow.id == newest.scalar_subquery())) or ""


def _taken_back(session: Session, actor: Actor, key: str) -> bool:
    row = session.get(Submission, key)
    gone = row is not None and row.state == State.WITHDRAWN.value
    return gone and not standing.is_hidden(session, actor, key)
