"""Votes on the newest version of a report, inside the unit of work of whoever asks."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.personal.deciding import for_public
from registry.intake.risk.deciding import published_levels
from registry.intake.vault.keys import keys_of
from registry.review.appealing.rows import begins_anew
from registry.review.coding.keeping import as_coded
from registry.review.quorum.models import VoteRow
from registry.review.quorum.rules import Vote, counting
from registry.review.rules import Decision

_PURPOSE = "vote"


def cast(session: Session, row: Submission) -> list[VoteRow]:
    """Every vote on the newest version since an appeal, if there was one; oldest first."""
    query = select(VoteRow).where(VoteRow.submission_id == row.id, VoteRow.version == row.version)
    anew = begins_anew(session, row.id)
    if anew is not None:
        query = query.where(VoteRow.at > anew)
    return list(session.scalars(query.order_by(VoteRow.at, VoteRow.id)))


def told(row: VoteRow) -> Vote:
    """A vote as the rules know it."""
    return Vote(row.reviewer_id, row.organization_id, Decision(row.decision), row.mark)


def standing(session: Session, row: Submission) -> list[VoteRow]:
    """The votes that count for what would be published now, oldest first."""
    found = cast(session, row)
    if not found:
        return []
    kept = counting([told(vote) for vote in found], mark(session, row))
    return [vote for vote in found if told(vote) in kept]


def mark(session: Session, row: Submission) -> str:
    """Recognises what would be published of the newest version; tells nothing without the report's key."""
    told = steps.newest(session, row).account
    document = {
        "account": as_coded(session, row.id, row.version, for_public(session, row.id, told)),
        "levels": published_levels(session, row.id, row.version).to_json(),
        "about": row.about_held,
    }
    raw = json.dumps(document, sort_keys=True, ensure_ascii=True).encode("ascii")
    return keys_of(session).mark(session, row.id, raw, _PURPOSE)


def severity(session: Session, row: Submission) -> list[str]:
    """The codes by which the quorum of the newest version is measured: as submitted, and as coded.

    So nobody spares themselves a second reviewer by coding a report as less severe than it was told.
    """
    told = steps.newest(session, row).account
    coded = as_coded(session, row.id, row.version, told)
    both = (account.get("classification") or {} for account in (told, coded))
    return [code for classification in both for code in classification.get("severity", ())]


def waits_for_another(actor: Actor) -> ColumnElement[bool]:
    """The condition that is true of reports on whose newest version the actor's organization has voted."""
    voted = select(VoteRow.id).where(
        VoteRow.submission_id == Submission.id,
        VoteRow.version == Submission.version,
        VoteRow.organization_id == actor.organization_id,
    )
    return exists(voted.correlate(Submission))
