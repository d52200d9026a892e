"""Nobody judges a report that names an organization they have ties with; inside the caller's unit.

Of a statement the names count that stand in the report of its record. A record that came from elsewhere
has none here.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import folded, is_about, is_about_any
from registry.errors import N_, Conflict
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.similar.rules import Kind


def refuse(session: Session, actor: Actor, row: Submission) -> None:
    """Raises ``Conflict`` where the newest version names the reviewer's organization, or one close to it."""
    accounts = _accounts(session, row)
    if any(is_about(account, actor.organization) for account in accounts):
        raise Conflict(N_("This report names your own organization. Somebody else has to review it."))
    names = ties_of(session, actor).names
    if any(is_about_any(account, names) for account in accounts):
        message = N_(
            "This report names an organization that you have ties with. Somebody else has to review it."
        )
        raise Conflict(message)


def concerns(session: Session, actor: Actor, row: Submission) -> bool:
    """Whether the newest version names an organization that the reviewer has ties with, or their own."""
    names = ties_of(session, actor).names | {folded(actor.organization)}
    return any(is_about_any(account, names) for account in _accounts(session, row))


def _accounts(session: Session, row: Submission) -> list[Account]:
    """What it says itself; of a statement also what the report said that its record was made of."""
    rows = [row]
    if Kind(row.kind).is_statement:
        told = select(Submission).where(Submission.record_id == row.about_record)
        rows += [one for one in session.scalars(told) if one.erased_at is None]
    return [Account.from_json(steps.newest(session, one).account) for one in rows]
