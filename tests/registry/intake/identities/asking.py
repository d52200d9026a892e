"""Short ways to ask for a publisher, shared by these tests."""

from __future__ import annotations

from typing import Any

from registry.identity.rules import Actor, Role
from registry.intake.identities.rules import Identity, Wish
from registry.intake.rules import State
from registry.review.queue.rules import QueueRequest
from tests.factories import account, keep_details
from tests.registry.house import House
from tests.registry.neighbours import join

RIVER = "River Schools"
"""The organization of ``other_member``; the one that reports is Lake Health."""


def wish(publisher: str = RIVER, **more: Any) -> Wish:
    return Wish(Identity.DELEGATED, publisher, **more)


def asked(house: House, wished: Wish | None = None, *, submit: bool = True, **changes: Any) -> str:
    """Id of a report that River Schools is asked to publish."""
    made = house.side.intake.create(
        house.people.member, account(**changes), channel="form", submit=submit, wish=wished or wish()
    )
    return made.view.summary.id


def offer_of(house: House, key: str) -> str:
    """Id of the newest request for a report, asked of the database itself."""
    rows = house.ask(
        "SELECT id FROM report_offer WHERE submission_id = :key"
        " ORDER BY CASE state WHEN 'offered' THEN 0 WHEN 'taken' THEN 0 ELSE 1 END, offered_at DESC",
        key=key,
    )
    return str(rows[0][0])


def take(house: House, key: str, lends: str = "descriptor", by: Actor | None = None) -> None:
    house.side.identities.others.take(
        by or house.people.other_member, offer_of(house, key), lends, version=None
    )


def refuse(house: House, key: str, reason: str = "It is not our field.") -> None:
    house.side.identities.others.refuse(house.people.other_member, offer_of(house, key), reason)


def choose(house: House, key: str, wished: Wish | Identity) -> None:
    naming = house.side.identities.naming
    chosen = wished if isinstance(wished, Wish) else Wish(wished)
    naming.choose(house.people.member, key, chosen, expected=None)


def accept(house: House, key: str) -> None:
    side, reviewer = house.side, house.people.reviewer
    side.reviews.claim(reviewer, key)
    keep_details(side, reviewer, key)
    side.reviews.accept(reviewer, key)


def contributor(house: House, key: str) -> str:
    """What the public record of a report says of whoever tells it."""
    record_id = house.side.intake.read(house.people.member, key).summary.record_id
    assert record_id is not None
    return house.records.read(record_id).provenance.contributor


def in_queue(house: House, key: str, reviewer: Actor | None = None) -> bool:
    """Whether a reviewer finds the report in the tab of its state."""
    asked_for = QueueRequest(State(house.state(key)), limit=50)
    found = house.side.queue.page(reviewer or house.people.reviewer, asked_for).items
    return key in {one.submission.id for one in found}


def member_of_review(house: House) -> Actor:
    """A member of the organization whose reviewer examines reports in these tests."""
    return join(house, "open-member", house.people.reviewer, Role.MEMBER)
