"""What a reviewer's conclusion leads to: a decision, or one vote of several that are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.db.columns import random_key
from registry.errors import N_, Conflict
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import Action
from registry.intake.vault.originals import sealed_text
from registry.review.appealing import rows as appeals
from registry.review.asking import rows as asking
from registry.review.models import DecisionRow, note_of
from registry.review.quorum import votes
from registry.review.quorum.models import VoteRow
from registry.review.quorum.rules import is_split, needed, outcome
from registry.review.rules import Decision
from registry.review.views import DecisionView, QuorumView


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a reviewer says of the newest version."""

    decision: Decision
    note: str
    reason_code: str | None = None
    other_node: str | None = None


def ask_for_changes(session: Session, actor: Actor, row: Submission, note: str, now: datetime) -> None:
    """Send the report back to its organization; any one reviewer may."""
    said = Conclusion(Decision.REQUEST_CHANGES, note)
    steps.move(session, row, Action.REQUEST_CHANGES, by(actor), now)
    asking.mark_read(session, row.id)
    keep_decision(session, actor, row, said, now)


def conclude(
    session: Session, actor: Actor, row: Submission, said: Conclusion, severe_from: str, now: datetime
) -> Decision | None:
    """Accept or decline, or leave a vote until enough agree; gives what was decided, if anything was.

    A vote puts the report back into the queue, for reviewers of other organizations. Raises ``Conflict``
    where one of the reviewer's own counts already.
    """
    together = needed(votes.severity(session, row), severe_from)
    if together > 1:  # a yes of the own organization may count again since somebody claimed it
        refuse_second_vote(session, actor, row)
    vote = _vote(session, actor, row, said, votes.mark(session, row) if together > 1 else "", now)
    if together == 1:
        counted = [vote]
    else:
        session.add(vote)
        session.flush()
        counted = votes.standing(session, row)
    decided = outcome([votes.told(one) for one in counted], together)
    told = [votes.told(one) for one in counted]
    if together > 1 and is_split(told) and not is_split([one for one in told if one != votes.told(vote)]):
        audit.append(session, Step(steps.SUBJECT, row.id, "split", row.state, row.state), by(actor), now)
    if decided is None:
        steps.move(session, row, Action.VOTE, by(actor), now)
        return None
    agreed = [one for one in counted if one.decision == decided.value]
    steps.move(session, row, Action(decided.value), by(actor), now, agreed[-1].reason_code)
    asking.mark_read(session, row.id)
    session.add_all(_decision(one) for one in agreed)
    return decided


def keep_decision(session: Session, actor: Actor, row: Submission, said: Conclusion, now: datetime) -> None:
    """Keep what one reviewer decides alone, as it is; the caller moves the report."""
    session.add(_decision(_vote(session, actor, row, said, "", now)))


def refuse_second_vote(session: Session, actor: Actor, row: Submission) -> None:
    """Raises ``Conflict`` where the reviewer's organization has voted on this version, and it counts."""
    if _own(session, actor, votes.standing(session, row)):
        message = N_("Your organization has decided on this version. A reviewer of another one is needed.")
        raise Conflict(message)


def quorum_of(session: Session, actor: Actor, row: Submission, severe_from: str) -> QuorumView:
    """How far a report is from being decided; never how anybody voted."""
    if row.erased_at is not None:
        return QuorumView(1, 0, own=False)
    standing = votes.standing(session, row)
    own = _own(session, actor, standing) or appeals.has_judged(session, actor, row.id)
    return QuorumView(needed(votes.severity(session, row), severe_from), len(standing), own)


def decisions_on(session: Session, submission_id: str) -> list[DecisionView]:
    """Every decision on a submission, oldest first; votes that have not led to one are not told."""
    rows = session.scalars(
        select(DecisionRow)
        .where(DecisionRow.submission_id == submission_id)
        .order_by(DecisionRow.at, DecisionRow.version)
    )
    return [DecisionView(r.version, r.decision, r.reason_code, r.note, r.at, r.other_node) for r in rows]


def _own(session: Session, actor: Actor, cast: Sequence[VoteRow]) -> bool:
    """Whether one of these votes is of the reviewer's organization, or of one that is close to it."""
    return any(vote.organization_id in ties_of(session, actor).organizations for vote in cast)


def _vote(
    session: Session, actor: Actor, row: Submission, said: Conclusion, mark: str, now: datetime
) -> VoteRow:
    key = random_key()
    return VoteRow(
        id=key,
        submission_id=row.id,
        version=row.version,
        reviewer_id=actor.id,
        organization_id=actor.organization_id,
        decision=said.decision.value,
        reason_code=said.reason_code,
        other_node=said.other_node,
        mark=mark,
        sealed_note=sealed_text(session, row.id, said.note, note_of(key)) if said.note else None,
        at=now,
    )


def _decision(vote: VoteRow) -> DecisionRow:
    """A vote on whose side it was decided, as a decision: both have the same id, and so the same seal."""
    return DecisionRow(
        id=vote.id,
        submission_id=vote.submission_id,
        version=vote.version,
        reviewer_id=vote.reviewer_id,
        organization_id=vote.organization_id,
        decision=vote.decision,
        reason_code=vote.reason_code,
        other_node=vote.other_node,
        sealed_note=vote.sealed_note,
        at=vote.at,
    )
