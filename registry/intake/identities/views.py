"""What services of identities give back: plain, frozen, detached from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.account import Account
from registry.intake.identities.models import ReportOffer
from registry.intake.identities.rules import Identity, OfferState, WaitsFor
from registry.intake.rules import State


@dataclass(frozen=True, slots=True)
class OfferView:
    """A request to publish, as the organization that asks sees it.

    ``publisher`` is the name as it was typed. ``again`` says that the report has changed since it was
    taken over, and that the publisher has to look once more.
    """

    publisher: str
    state: OfferState
    told: bool
    message: str
    lends: Identity | None
    reason: str
    offered_at: datetime
    decided_at: datetime | None
    again: bool


@dataclass(frozen=True, slots=True)
class NamingView:
    """How a report names its organization.

    ``shown`` is what the public would read now, empty for nothing; ``offer`` the newest request to
    publish; ``mentioned`` the names of the organization that stand in the report's own words although
    the choice keeps them out; ``choosable`` whether anything can still be chosen; ``waits_for`` who has
    to act next.
    """

    identity: Identity
    shown: str
    name: str
    descriptor: str
    offer: OfferView | None
    mentioned: tuple[str, ...]
    state: State
    lock: int
    choosable: bool
    waiting: bool
    waits_for: WaitsFor | None


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organization that says it publishes for others, and what."""

    name: str
    descriptor: str
    terms: str


@dataclass(frozen=True, slots=True)
class Preference:
    """How an organization is usually named, and whether it publishes for others."""

    name: str
    descriptor: str
    identity: Identity
    publishes: bool
    terms: str


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A report that another organization asks this one to publish, as a line of a list."""

    id: str
    title: str
    language: str
    state: OfferState
    again: bool
    asker: str
    offered_at: datetime
    record_id: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    """The same with the account as the public would read it, and what can still be done.

    ``asker`` is empty unless the organization that asks wished to be known. ``version`` has to be given
    back with an answer: it is what was read.
    """

    line: OfferedLine
    account: Account
    message: str
    lends: Identity | None
    version: int
    name: str
    descriptor: str
    decidable: bool
    about_oneself: bool


def offer_view(row: ReportOffer, version: int) -> OfferView:
    """A row as the organization that asks sees it, beside its report's present version."""
    state = OfferState(row.state)
    return OfferView(
        publisher=row.asked,
        state=state,
        told=row.told,
        message=row.message,
        lends=Identity(row.lends) if row.lends else None,
        reason=row.reason,
        offered_at=row.offered_at,
        decided_at=row.decided_at,
        again=state is OfferState.TAKEN and row.version != version,
    )
