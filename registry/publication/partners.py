"""Statements that wait for others: "seen here too" is public only where several organizations say so.

Counted on the private side: a single statement on a record would tell who else had it, and the public side
must not learn whose statements they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.identity.models import Organization
from registry.identity.roles import OrganizationState
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.similar.rules import Kind

STAND = (State.ACCEPTED, State.SCHEDULED, State.PUBLISHED)
"""States of statements that reviewers agreed to."""


def too_few(session: Session, rows: Sequence[Submission], least: int) -> set[str]:
    """Ids of the statements among these on whose record fewer than ``least`` organizations have said so.

    Somebody without an account is no organization: their statement waits, and does not count.
    """
    statements = [row for row in rows if Kind(row.kind) is Kind.STATEMENT]
    if least <= 1 or not statements:
        return set()
    query = (
        select(Submission.about_record, func.count(Submission.organization_id.distinct()))
        .join(Organization, Organization.id == Submission.organization_id)
        .where(
            Submission.kind == Kind.STATEMENT.value,
            Submission.about_record.in_({row.about_record for row in statements}),
            Submission.state.in_([state.value for state in STAND]),
            Organization.state == OrganizationState.ACTIVE.value,
        )
        .group_by(Submission.about_record)
    )
    said: dict[str | None, int] = {row[0]: row[1] for row in session.execute(query)}
    return {row.id for row in statements if said.get(row.about_record, 0) < least}
