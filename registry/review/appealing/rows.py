"""Appeals inside the unit of work of whoever makes, reads or decides one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit import By
from registry.errors import N_, Conflict
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.following.adding import HOLDER, Writer, marked
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.rules import Action, State
from registry.intake.vault.originals import sealed_text, text
from registry.privacy import Hidden
from registry.review.appealing.models import REASON, Appeal
from registry.review.appealing.rules import checked_reason, refuse
from registry.review.models import DecisionRow
from registry.review.quorum.models import VoteRow
from registry.review.rules import Decision


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal: when and from whose side, and its reason as this reader may know it."""

    at: datetime
    writer: Writer
    text: str


@dataclass(frozen=True, slots=True)
class Times:
    """For how long one may appeal, and in which time that should be decided."""

    allowed: timedelta
    target: timedelta


def appeal(session: Session, row: Submission, words: str, who: By, times: Times, now: datetime) -> None:
    """Keep the appeal and put the report before other reviewers; raises ``Conflict`` or ``Invalid``.

    A declined revision is the newest version again.
    """
    decided = latest(session, row.id)
    before = session.get(Appeal, row.id) is not None
    decision = None if decided is None else Decision(decided.decision)
    until = None if decided is None else decided.at + times.allowed
    refuse(State(row.state), decision, until, now, before=before)
    if decided is None or not is_there(session, row, decided):
        raise Conflict(N_("The original was deleted, so nobody can look at it again."))
    session.add(
        Appeal(
            submission_id=row.id,
            writer=(Writer.HOLDER if who == HOLDER else Writer.ORGANIZATION).value,
            sealed_reason=sealed_text(session, row.id, checked_reason(words), REASON),
            at=now,
        )
    )
    if row.record_id is not None:
        steps.stand_at(session, row, decided.version)
    steps.move(session, row, Action.APPEAL, who, now)
    row.due_at, row.missed_at = now + times.target, None


def latest(session: Session, submission_id: str) -> DecisionRow | None:
    """The last decision on a report, if there is any."""
    query = select(DecisionRow).where(DecisionRow.submission_id == submission_id)
    return session.scalar(query.order_by(DecisionRow.at.desc(), DecisionRow.version.desc()).limit(1))


def is_there(session: Session, row: Submission, decided: DecisionRow) -> bool:
    """Whether what was decided on can still be read."""
    version = session.get(SubmissionVersion, (row.id, decided.version))
    return row.erased_at is None and version is not None and not version.gone


def of(session: Session, row: Submission) -> AppealView | None:
    """The appeal of a report as it was written; without words once the original was deleted."""
    found = session.get(Appeal, row.id)
    if found is None:
        return None
    gone = row.erased_at is not None or found.sealed_reason is None
    words = "" if gone else text(found, row.id, found.sealed_reason, REASON)
    return AppealView(found.at, Writer(found.writer), words)


def for_reviewers(session: Session, row: Submission, language: str) -> AppealView | None:
    """The same as reviewers read it: what gives people away for certain is a mark."""
    found = of(session, row)
    return None if found is None else replace(found, text=marked(found.text, language, Hidden()))


def begins_anew(session: Session, submission_id: str) -> datetime | None:
    """The moment from which on votes count: that of the appeal, if there was one."""
    found = session.get(Appeal, submission_id)
    return None if found is None else found.at


def judges(session: Session, submission_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the people, and of their organizations, that judged a report before its appeal, if any.

    Who accepted what is public had no part in the decline of a revision that came after.
    """
    appealed = begins_anew(session, submission_id)
    if appealed is None:
        return frozenset(), frozenset()
    public = _accepted(session, submission_id, appealed)
    found = [
        (who, organization)
        for table in (DecisionRow, VoteRow)
        for who, organization in session.execute(
            select(table.reviewer_id, table.organization_id).where(
                table.submission_id == submission_id, table.at <= appealed, table.version > public
            )
        )
    ]
    return frozenset(who for who, _ in found), frozenset(organization for _, organization in found)


def has_judged(session: Session, actor: Actor, submission_id: str) -> bool:
    """Whether the reviewer, or an organization that they have ties with, judged it before its appeal."""
    people, organizations = judges(session, submission_id)
    if not organizations:
        return False
    return actor.id in people or bool(organizations & ties_of(session, actor).organizations)


def refuse_judges(session: Session, actor: Actor, submission_id: str) -> None:
    """Raises ``Conflict`` for whoever ``has_judged`` it."""
    if has_judged(session, actor, submission_id):
        message = N_(
            "Your organization judged this report before the appeal. A reviewer of another one is needed."
        )
        raise Conflict(message)


def _accepted(session: Session, submission_id: str, before: datetime) -> int:
    """The number of the newest version that was accepted by then, and so is public; 0 where none was."""
    found = select(func.max(DecisionRow.version)).where(
        DecisionRow.submission_id == submission_id,
        DecisionRow.decision == Decision.ACCEPT.value,
        DecisionRow.at <= before,
    )
    return session.scalar(found) or 0
