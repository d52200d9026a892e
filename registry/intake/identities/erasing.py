"""What becomes of identities when an organization is erased, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict
from registry.intake.identities.models import NamingPreference, ReportIdentity, ReportOffer
from registry.intake.identities.rules import OPEN, OfferState
from registry.intake.models import Submission
from registry.intake.rules import State

_FINAL = (State.PUBLISHED.value, State.DECLINED.value, State.WITHDRAWN.value)


def forget(session: Session, organization_id: str, now: datetime) -> None:
    """Remove how the organization and its reports are named; what others asked of it counts as refused.

    Nothing is left that tells for whom it published. Raises ``Conflict`` while a report that it took over
    is just being published under its name.
    """
    own = select(Submission.id).where(Submission.organization_id == organization_id)
    asked = ReportOffer.publisher_id == organization_id
    moving = select(Submission.id).where(Submission.state == State.SCHEDULED.value)
    if session.scalar(select(ReportOffer.id).where(asked, ReportOffer.submission_id.in_(moving)).limit(1)):
        raise Conflict(N_("Reports are just being published. Try again in a few minutes."))
    session.execute(delete(ReportOffer).where(ReportOffer.submission_id.in_(own)))
    session.execute(delete(ReportIdentity).where(ReportIdentity.submission_id.in_(own)))
    ended = select(Submission.id).where(Submission.state.in_(_FINAL))
    session.execute(delete(ReportOffer).where(asked, ReportOffer.submission_id.in_(ended)))
    session.execute(
        update(ReportOffer)
        .where(asked, ReportOffer.state.in_([state.value for state in OPEN]))
        .values(state=OfferState.REFUSED.value, decided_at=now, version=None, lends=None)
    )
    session.execute(update(ReportOffer).where(asked).values(asked="", sealed_reason=None))
    session.execute(delete(NamingPreference).where(NamingPreference.organization_id == organization_id))
