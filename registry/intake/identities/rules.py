"""Which identity a report goes under, and the life of a request to publish it for another. Pure.

A request is *offered*; the organization that was asked *takes* the report over or *refuses* it, also
later, as long as it is not on its way into the public; the one that asks may *recall* it. A report
that another organization is to publish goes nowhere without a taker: what was refused never falls
back to its own organization's name by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.errors import N_, Conflict, Problem
from registry.intake.rules import State

MESSAGE_MAX: Final = 1_000
"""Characters of the message to the organization that is asked."""
REASON_MAX: Final = 1_000
"""Characters of the reason for a refusal."""
TERMS_MAX: Final = 300
"""Characters of what an organization says it publishes for others."""
OFFERS_MAX: Final = 20
"""Requests to publish that one report may lead to."""
NAME_MAX: Final = 200
"""Characters of an organization's name."""


class Identity(StrEnum):
    """What the public reads of the organization that reported."""

    NAMED = "named"  # its name
    DESCRIPTOR = "descriptor"  # the description that it chose
    HIDDEN = "hidden"  # nothing
    DELEGATED = "delegated"  # another organization publishes, and only that one is shown


OWN: Final = (Identity.NAMED, Identity.DESCRIPTOR, Identity.HIDDEN)
"""Identities that an organization has by itself, and may make its usual one."""
LENT: Final = (Identity.NAMED, Identity.DESCRIPTOR)
"""What whoever publishes for another may lend."""
USUAL: Final = Identity.DESCRIPTOR
"""The identity of reports for which nothing was chosen."""


class OfferState(StrEnum):
    """Where a request to publish stands."""

    OFFERED = "offered"
    TAKEN = "taken"
    REFUSED = "refused"
    RECALLED = "recalled"


class Deed(StrEnum):
    """What can be done to a request."""

    TAKE = "take"  # also again, once the report has changed
    REFUSE = "refuse"  # also after taking it
    RECALL = "recall"  # by the organization that asked


TRANSITIONS: Final[dict[Deed, dict[OfferState, OfferState]]] = {
    Deed.TAKE: {OfferState.OFFERED: OfferState.TAKEN, OfferState.TAKEN: OfferState.TAKEN},
    Deed.REFUSE: {OfferState.OFFERED: OfferState.REFUSED, OfferState.TAKEN: OfferState.REFUSED},
    Deed.RECALL: {OfferState.OFFERED: OfferState.RECALLED, OfferState.TAKEN: OfferState.RECALLED},
}
OPEN: Final = (OfferState.OFFERED, OfferState.TAKEN)
"""States in which there may be one request for a report at a time."""
CHOOSABLE: Final = (
    State.DRAFT,
    State.REVISING,
    State.SUBMITTED,
    State.IN_REVIEW,
    State.CHANGES_REQUESTED,
    State.ACCEPTED,
)
"""States of a report in which its organization may still choose, and recall."""
DECIDABLE: Final = CHOOSABLE[2:]
"""States of a report in which the organization that was asked may take it over or refuse."""
SHOWN: Final = (*DECIDABLE, State.SCHEDULED, State.PUBLISHED)
"""States of a report in which the organization that was asked knows of it."""

OFFER_LABELS: Final[dict[OfferState, str]] = {
    OfferState.OFFERED: N_("Waiting for an answer"),
    OfferState.TAKEN: N_("Taken over"),
    OfferState.REFUSED: N_("Refused"),
    OfferState.RECALLED: N_("Taken back"),
}
"""State of a request → words for people."""


class WaitsFor(StrEnum):
    """Who has to act next on a report."""

    ORGANIZATION = "organization"  # the one that reported
    PUBLISHER = "publisher"  # the organization that was asked to publish it
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a report is to name its organization.

    ``publisher`` is the name of the organization that is asked to publish; ``tell`` lets it know who
    asks; ``message`` is for its people. All three count with ``DELEGATED`` only.
    """

    identity: Identity
    publisher: str = ""
    tell: bool = False
    message: str = ""


_NOT_NOW: Final[dict[OfferState, str]] = {
    OfferState.OFFERED: N_("This cannot be done now: the request waits for an answer."),
    OfferState.TAKEN: N_("This cannot be done now: the request was taken on."),
    OfferState.REFUSED: N_("This cannot be done now: the request was refused."),
    OfferState.RECALLED: N_("This cannot be done now: the request was taken back."),
}


def after(deed: Deed, state: OfferState) -> OfferState:
    """The state that a deed leads to; raises ``Conflict`` where it is not possible."""
    try:
        return TRANSITIONS[deed][state]
    except KeyError as error:
        raise Conflict(_NOT_NOW[state], state=state.value, action=deed.value) from error


def shown_name(identity: Identity, name: str, descriptor: str) -> str:
    """What the public reads of an organization with this name and description; ``DELEGATED`` has none."""
    return {Identity.NAMED: name, Identity.DESCRIPTOR: descriptor}.get(identity, "")


def may_go_on(identity: Identity, state: OfferState | None, taken_version: int | None, version: int) -> bool:
    """Whether a report may be reviewed and published as far as its identity goes.

    Whoever publishes for another answers for the very words that they read: a later version has to be
    taken over again.
    """
    if identity is not Identity.DELEGATED:
        return True
    return state is OfferState.TAKEN and taken_version == version


def waits_for(state: State, *, held_up: bool, asked: bool) -> WaitsFor | None:
    """For whom a report waits; None where nobody has to act.

    ``held_up`` says that it may not go on without a publisher, ``asked`` that one is still asked. Whether the
    organization that was asked exists makes no difference.
    """
    if state in (State.DRAFT, State.REVISING, State.CHANGES_REQUESTED):
        return WaitsFor.ORGANIZATION
    if held_up and state in (State.SUBMITTED, State.ACCEPTED):
        return WaitsFor.PUBLISHER if asked else WaitsFor.ORGANIZATION
    return WaitsFor.REVIEWER if state in (State.SUBMITTED, State.IN_REVIEW, State.APPEALED) else None


def wish_problems(wish: Wish, own_name: str) -> Iterable[Problem]:
    """What is wrong with a wish, before anybody is looked up."""
    if wish.identity is not Identity.DELEGATED:
        return
    if not 0 < len(wish.publisher) <= NAME_MAX:
        yield Problem("/publisher", N_("Say which organization should publish it."))
    elif wish.publisher.casefold() == own_name.casefold():
        yield Problem("/publisher", N_("This is your own organization. Name another one."))
    if len(wish.message) > MESSAGE_MAX:
        facts = {"length": len(wish.message), "limit": MESSAGE_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        yield Problem("/message", message, facts)
