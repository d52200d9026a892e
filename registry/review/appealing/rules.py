"""Appeals as rules: by when, how often, with what reason, and what may come of them. Pure.

A report has one appeal in its life, against its own decline or that of a revision. Whoever decides on it
belongs to none of the organizations that judged the report before. Where the appeal is right, they go on to
review the report themselves: they have read it, another wait would punish whoever was right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from registry.account.blank import is_blank
from registry.errors import N_, Conflict, Invalid, Problem
from registry.intake.rules import State
from registry.review.rules import DECLINE_REASONS, Decision

REASON_MAX: Final = 5_000
"""Characters of the reason for an appeal."""
REJECT_REASONS: Final[dict[str, str]] = {
    "reason-holds": N_("The reason for declining it holds"),
    "nothing-new": N_("The appeal says nothing that speaks against the reason"),
    "still-unsafe": N_("It still cannot be published without putting someone at risk"),
    "other": DECLINE_REASONS["other"],
}
"""Reason code → words; a code is never reused for another meaning."""
REASONS: Final = DECLINE_REASONS | REJECT_REASONS
"""Every reason code that a decision may carry."""
TOO_LATE: Final[dict[State, str]] = {
    State.DECLINED: N_("The time for an appeal is over. You can send a new report."),
    State.PUBLISHED: N_("The time for an appeal is over. You can begin another revision."),
}
"""What is said after the last day, by the state from which an appeal is possible."""
APPEALABLE: Final = frozenset(TOO_LATE)
"""A declined report, and a public one of which a revision was declined."""


def refuse(
    state: State, latest: Decision | None, until: datetime | None, now: datetime, *, before: bool
) -> None:
    """Raises ``Conflict`` unless an appeal may be made now.

    ``latest`` is what reviewers decided last, ``until`` the moment from which on it is too late, and
    ``before`` says that there was an appeal already.
    """
    if state is State.APPEALED:
        raise Conflict(N_("The appeal is with reviewers already. You can add to the report meanwhile."))
    if before:
        raise Conflict(N_("There was an appeal already, and its outcome is final."))
    is_declined = latest is Decision.DECLINE and until is not None
    if state not in APPEALABLE or (state is State.PUBLISHED and not is_declined):
        raise Conflict(N_("Only a report or a revision that was declined can be appealed for."))
    if not is_declined:
        raise Conflict(N_("No reviewer declined this report: what it is about was removed meanwhile."))
    if until is not None and now >= until:
        raise Conflict(TOO_LATE[state])


def checked_reason(text: str) -> str:
    """The reason for an appeal without blanks around it; raises ``Invalid``."""
    text = text.strip()
    if is_blank(text):
        raise Invalid([Problem("/text", N_("Say why the decision is wrong."))])
    if len(text) > REASON_MAX:
        facts = {"length": len(text), "limit": REASON_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/text", message, facts)])
    return text


def can_anybody(circles: Iterable[Collection[str]], closed: Collection[str]) -> bool:
    """Whether one of these reviewers has no tie with a ``closed`` organization; a circle is all of one's."""
    return any(not set(circle) & set(closed) for circle in circles)
