"""Which reports do not exist for a reviewer, inside the unit of work of whoever asks."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from registry.account.about import folded
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.intake.identities.naming import hidden_from
from registry.intake.models import Submission
from registry.intake.similar.rules import Kind
from registry.intake.waiting.parties import naming
from registry.review.independence.models import Recusal

_TOLD = aliased(Submission)
"""The report that a record was made of."""
_STATEMENTS = tuple(kind.value for kind in Kind if kind.is_statement)
_JUDGING = (Kind.FIX.value, Kind.DISPUTE.value, Kind.REPLY.value)


def hidden(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The condition that is true of reports that the reviewer must not see.

    Those that are their own as far as judgement goes, and those that speak of them: a report is not
    judged before the eyes of whom it names.
    """
    return or_(of_own(session, actor), names_own(session, actor))


def names_own(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The condition that is true of reports that name an organization which the actor has ties with.

    Of a statement the names count that stand in the report of its record, too: the rule of
    ``interest.py``, asked of marks.
    """
    names = ties_of(session, actor).names | {folded(actor.organization)}
    of_record = select(_TOLD.id).where(
        _TOLD.record_id == Submission.about_record, naming(session, names, _TOLD.marked_parties)
    )
    return or_(
        naming(session, names, Submission.marked_parties),
        and_(Submission.kind.in_(_STATEMENTS), exists(of_record.correlate(Submission))),
    )


def of_own(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The condition that is true of reports that the actor could not judge freely, whomever they name.

    Told or published by an organization that they have ties with (``kin/reading.py``), not yet taken
    over by a publisher, or one from which they stepped aside. And what was fixed, disputed or replied
    of a record that such an organization told: to judge that is to judge the record.
    """
    aside = select(Recusal.reviewer_id).where(
        Recusal.submission_id == Submission.id, Recusal.reviewer_id == actor.id
    )
    organizations = ties_of(session, actor).organizations
    on_own = select(_TOLD.id).where(
        _TOLD.record_id == Submission.about_record, _TOLD.organization_id.in_(organizations)
    )
    return or_(
        hidden_from(organizations),
        exists(aside.correlate(Submission)),
        and_(Submission.kind.in_(_JUDGING), exists(on_own.correlate(Submission))),
    )


def is_hidden(session: Session, actor: Actor, submission_id: str) -> bool:
    """The same for one report."""
    query = select(Submission.id).where(Submission.id == submission_id, hidden(session, actor))
    return session.scalar(query) is not None
