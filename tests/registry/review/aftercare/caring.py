"""What tests of flags and changes begin with."""

from __future__ import annotations

from registry.identity.rules import Actor, Role
from registry.record import store
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.office import CareOffice
from registry.review.aftercare.views import ChangeView
from tests.factories import register
from tests.registry.house import House

RETRACT = ("retract", "wrong", "The dose was right after all.")
ERASE = ("erase", "someone-recognizable", "")
TEXT = "My neighbour is in it: the porpoise keeper."


def care(house: House) -> CareOffice:
    return house.side.reviewing.care


def published(house: House, **changes: object) -> tuple[str, str]:
    """Key and record id of a report of ``people.member`` that is public."""
    key = house.accepted(**changes)
    (record_id,) = house.side.publication.publish_batch()
    return key, record_id


def proposed(
    house: House, record_id: str, actor: Actor | None = None, wish: tuple[str, str, str] = RETRACT
) -> ChangeView:
    revision = house.records.read(record_id).revision
    return care(house).changes.propose(actor or house.people.reviewer, record_id, Proposal(*wish, revision))


def third(house: House) -> Actor:
    """A reviewer of a third organization."""
    return register(house.side.directory, house.side.sessions, "third", "Third Review", [Role.REVIEWER])


def approve_and_carry_out(house: House, change: ChangeView, decider: Actor | None = None) -> list[str]:
    care(house).changes.approve(decider or house.people.other_reviewer, change.id, expected=change.lock)
    return house.side.record_changes.carry_out(early=True)


def revise(house: House, record_id: str) -> None:
    with house.public.work() as session:
        store.revise(session, store.load(session, record_id))
