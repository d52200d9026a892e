"""Nobody judges a report that names an organization they have ties with; inside the caller's unit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import is_about, is_about_any
from registry.errors import N_, Conflict
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission


def refuse(session: Session, actor: Actor, row: Submission) -> None:
    """Raises ``Conflict`` where the newest version names the reviewer's organization, or one close to it."""
    account = _account(session, row)
    if is_about(account, actor.organization):
        raise Conflict(N_("This report names your own organization. Somebody else has to review it."))
    if is_about_any(account, ties_of(session, actor).names):
        message = N_(
            "This report names an organization that you have ties with. Somebody else has to review it."
        )
        raise Conflict(message)


def concerns(session: Session, actor: Actor, row: Submission) -> bool:
    """Whether the newest version names an organization that the reviewer has ties with, or their own."""
    account = _account(session, row)
    return is_about(account, actor.organization) or is_about_any(account, ties_of(session, actor).names)


def _account(session: Session, row: Submission) -> Account:
    return Account.from_json(steps.newest(session, row).account)
