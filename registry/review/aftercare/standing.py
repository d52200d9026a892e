"""Who may judge a public record, inside the unit of work of whoever asks.

Records that came from elsewhere have no submission: there, only being named in it counts.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.account.about import is_about, is_about_any
from registry.errors import N_, Conflict, NotFound
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.intake.models import Submission
from registry.review.aftercare.looking import Looked
from registry.review.aftercare.rules import Kind
from registry.review.independence.standing import of_own

NAMED = N_("This record names an organization that you have ties with. Somebody else has to look at it.")


KEPT = N_("This node keeps the record for one that is gone. It can be retracted, reinstated or erased.")
KEEPING = frozenset({Kind.RETRACT, Kind.REINSTATE, Kind.ERASE})
ELSEWHERE = N_("Only the node that published this record can change it. Tell that node what is wrong.")


def refuse_elsewhere(record: Looked, kind: Kind) -> None:
    """Raises ``Conflict`` for a record of another node: its log alone says what becomes of it.

    It can be erased here, where a law or somebody's safety asks for it: from this node's pages and copies.
    Where that node is gone and this one keeps its records, it can be retracted and reinstated as well.
    """
    allowed = KEEPING if record.kept else frozenset({Kind.ERASE})
    if record.elsewhere and kind not in allowed:
        raise Conflict(KEPT if record.kept else ELSEWHERE)


def hidden_record(
    session: Session, actor: Actor, record_id: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """The condition that is true of records that an organization close to the actor told.

    One that only names it is public, and there for everybody (``is_named``).
    """
    found = select(Submission.id).where(Submission.record_id == record_id, of_own(session, actor))
    return exists(found)


def refuse_hidden(session: Session, actor: Actor, record_id: str) -> None:
    """Raises ``NotFound`` where an organization that the actor has ties with told the record."""
    query = select(Submission.id).where(Submission.record_id == record_id, of_own(session, actor))
    if session.scalar(query.limit(1)) is not None:
        raise NotFound


def is_named(session: Session, actor: Actor, record: Looked) -> bool:
    """Whether the record names the actor's organization, or one close to it."""
    if is_about(record.account, actor.organization):
        return True
    return is_about_any(record.account, ties_of(session, actor).names)


def refuse_named(session: Session, actor: Actor, record: Looked) -> None:
    """Raises ``Conflict`` where ``is_named``."""
    if is_named(session, actor, record):
        raise Conflict(NAMED)
