"""Whether a report may be accepted, and what accepting settles, in the unit of work of whoever accepts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry.errors import NotReady
from registry.identity.rules import Actor
from registry.intake.models import Submission
from registry.intake.personal.deciding import for_reviewers
from registry.intake.risk.deciding import RiskCheck
from registry.intake.risk.views import Assessment
from registry.intake.similar import relating
from registry.review.coding import keeping
from registry.review.missing import Open, missing


def refuse_open(session: Session, row: Submission, actor: Actor, risk: RiskCheck) -> Assessment:
    """Raises ``NotReady`` that lists what is open; gives how many look like the report."""
    seen = risk.for_review(session, row, actor)
    problems = missing(_open(session, row, seen))
    if problems:
        raise NotReady(problems)
    return seen


def settle(
    session: Session, row: Submission, actor: Actor, risk: RiskCheck, seen: Assessment, now: datetime
) -> None:
    """Keep as decided what needed no decision of its own, once the report is accepted.

    Not before: where several have to agree, such a line would tell the next one how the first concluded.
    """
    risk.settle(session, row, actor, seen, now)
    keeping.confirm(session, row, actor, now)


def _open(session: Session, row: Submission, seen: Assessment) -> Open:
    return Open(
        details=len(for_reviewers(session, row).open),
        risk=seen.open,
        threshold=seen.threshold,
        relation=relating.is_undecided(row),
        facets=keeping.lacking(session, row),
    )
