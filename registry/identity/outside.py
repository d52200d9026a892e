"""People who belong to no organization that may act: why, and what they are told.

They sign in to what is theirs, the account and its data, and to nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from registry.errors import N_, NotAllowed
from registry.identity.roles import OrganizationState


class Outside(StrEnum):
    """Why somebody acts for no organization."""

    LEFT = "left"
    SUSPENDED = "suspended"
    WAITING = "waiting"
    DECLINED = "declined"


SAYS: Final[dict[Outside, str]] = {
    Outside.LEFT: N_(
        "You belong to no organization here. Your account and your data stay open to you; for more, an "
        "organization has to invite you."
    ),
    Outside.SUSPENDED: N_(
        "Your organization is suspended. Your account and your data stay open to you; the rest opens when "
        "the suspension ends."
    ),
    Outside.WAITING: N_(
        "Your organization’s application is not decided yet. Your account and your data are open to you; "
        "the rest opens when it is approved."
    ),
    Outside.DECLINED: N_(
        "Your organization’s application was not approved. Your account and your data stay open to you."
    ),
}
UNCONFIRMED: Final = N_("First confirm your address: open the link in the mail that we sent to it.")
"""Said to somebody who applied, and has not shown that the address is theirs."""
_ORDER: Final = (
    (OrganizationState.SUSPENDED, Outside.SUSPENDED),
    (OrganizationState.APPLIED, Outside.WAITING),
    (OrganizationState.DECLINED, Outside.DECLINED),
)


class BelongsNowhere(NotAllowed):
    """What was asked for needs an organization that may act; the sentence says why there is none."""

    def __init__(self, why: Outside) -> None:
        super().__init__(SAYS[why])


def why_outside(states: Collection[str]) -> Outside:
    """Why, from the states of the organizations that somebody belongs to, none of them active."""
    return next((why for state, why in _ORDER if state.value in states), Outside.LEFT)


def may_enter(why: Outside, *, address_shown: bool) -> bool:
    """Whether somebody outside may sign in at all.

    Who only applied, and never showed that the address is theirs, may have typed somebody else's: they
    must not furnish an account that its owner would find later.
    """
    return address_shown or why in (Outside.LEFT, Outside.SUSPENDED)
