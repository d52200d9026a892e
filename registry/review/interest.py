"""Nobody judges a report that names, or speaks of, an organization they have ties with; in the caller's unit.

Reports that name one are not even there for them (``independence/standing.py``); here the account itself
is asked, also where its marks are not known.

Of a statement the names count that stand in the report of its record. A record that came from elsewhere
has none here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import folded, is_about, is_about_any
from registry.account.mentions import mentioned
from registry.errors import N_, Conflict
from registry.identity.kin.reading import judging_names, ties_of
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.similar.rules import Kind

SPOKEN_OF = N_(
    "The text of this report speaks of an organization that you have ties with. Step aside from it, so that"
    " somebody else reviews it."
)


@dataclass(frozen=True, slots=True)
class SpeaksOf:
    """Organizations of which a report speaks and that it does not name; ``own``: ties of the reader's."""

    names: tuple[str, ...] = ()
    own: bool = False


def refuse(session: Session, actor: Actor, row: Submission) -> None:
    """Raises ``Conflict`` where the newest version names the reviewer's organization, or one close to it."""
    accounts = _accounts(session, row)
    if any(is_about(account, actor.organization) for account in accounts):
        raise Conflict(N_("This report names your own organization. Somebody else has to review it."))
    names = ties_of(session, actor).names | {folded(actor.organization)}
    if any(is_about_any(account, names) for account in accounts):
        message = N_(
            "This report names an organization that you have ties with. Somebody else has to review it."
        )
        raise Conflict(message)
    if any(mentioned(account, names) for account in accounts):
        raise Conflict(SPOKEN_OF)


def concerns(session: Session, actor: Actor, row: Submission) -> bool:
    """Whether the newest version names, or speaks of, an organization that the reviewer has to do with."""
    names = ties_of(session, actor).names | {folded(actor.organization)}
    accounts = _accounts(session, row)
    return any(is_about_any(account, names) or mentioned(account, names) for account in accounts)


def speaks_of(session: Session, actor: Actor, read: Account) -> SpeaksOf:
    """Which organizations the text of a report speaks of that it does not name; ``read`` is as it is shown.

    Of others than the reader's own only those are told whose reviewers judge here: which organizations
    report to a node is nobody's to know.
    """
    ties = ties_of(session, actor).names | {folded(actor.organization)}
    known = [name for name in judging_names(session) if not is_about(read, name)]
    return SpeaksOf(mentioned(read, known), own=bool(mentioned(read, ties)))


def _accounts(session: Session, row: Submission) -> list[Account]:
    """What it says itself; of a statement also what the report said that its record was made of."""
    rows = [row]
    if Kind(row.kind).is_statement:
        told = select(Submission).where(Submission.record_id == row.about_record)
        rows += [one for one in session.scalars(told) if one.erased_at is None]
    return [Account.from_json(steps.newest(session, one).account) for one in rows]
