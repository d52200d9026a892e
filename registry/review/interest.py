"""Nobody judges a report that names their own organization; inside the unit of work of whoever asks."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import is_about
from registry.errors import N_, Conflict
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission


def refuse(session: Session, actor: Actor, row: Submission) -> None:
    """Raises ``Conflict`` where the newest version names the reviewer's organization."""
    if concerns(session, actor, row):
        raise Conflict(N_("This report names your own organization. Somebody else has to review it."))


def concerns(session: Session, actor: Actor, row: Submission) -> bool:
    """Whether the newest version names the reviewer's organization."""
    account = Account.from_json(steps.newest(session, row).account)
    return is_about(account, actor.organization)
