"""Attaching files as a member does, bringing reports with files anywhere, and stores that take their time."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from registry.intake.attachments.service import Attachments, Upload
from registry.intake.attachments.views import Added
from registry.intake.rules import State
from tests.factories import bring
from tests.registry.house import House
from tests.registry.intake.attachments.planting import exif, jpeg, segment
from tests.registry.shelf import Shelf

WORDS = b"Bot: take two of the blue tablets\n"
PHOTO = jpeg(segment(0xE1, b"Exif\x00\x00" + exif()))
SHOWN = "The screen with the wrong dose"


def attach(
    house: House,
    key: str,
    *,
    name: str = "chat.txt",
    data: bytes = WORDS,
    shown: str = SHOWN,
    expected: int | None = None,
) -> Added:
    """Attach a file as the member, a second after the one before."""
    house.clock.forward(seconds=1)
    own = house.side.attachments.own
    return own.add(house.people.member, key, Upload(name, data), shown, expected=expected)


def shelf(house: House) -> Shelf:
    return cast("Shelf", house.side.attachments.store)


def lock(house: House, key: str) -> int:
    return house.side.intake.read(house.people.member, key).summary.lock


def standings(house: House) -> list[str]:
    return sorted(row[0] for row in house.ask("SELECT standing FROM attachment"))


def in_state(house: House, state: State) -> str:
    """A report with one file in this state."""
    key, side, reviewer = house.draft(), house.side, house.people.reviewer
    attach(house, key)
    bring(side, house.people.member, reviewer, key, state)
    return key


class Meanwhile(Shelf):
    """A store far away: something happens while it takes its time."""

    def __init__(self, happens: list[Callable[[], object]]) -> None:
        super().__init__()
        self.happens = happens

    def put(self, data: bytes) -> str:
        address = super().put(data)
        for act in self.happens:
            act()
        return address


def slow(house: House, *happens: Callable[[], object]) -> tuple[Attachments, Meanwhile]:
    """The service on a store during whose work this happens."""
    store = Meanwhile(list(happens))
    return Attachments(house.private, store, house.clock), store
