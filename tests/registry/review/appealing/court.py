"""A report that was declined, and somebody who may decide on its appeal."""

from __future__ import annotations

from tests.registry.house import House

WHY = "Two nurses saw it. Call +254 712 345 678."


def declined(house: House, *, reviewer: str = "reviewer") -> str:
    """Id of a report that a reviewer declined a minute ago."""
    key, who = house.submitted(), getattr(house.people, reviewer)
    house.side.reviews.claim(who, key)
    house.side.reviews.decline(who, key, "no-incident", "Nothing went wrong.")
    house.clock.forward(seconds=60)
    return key


def appealed(house: House, key: str | None = None) -> str:
    """Id of this declined one, or another, for which its organization appealed a minute ago."""
    key = key or declined(house)
    house.side.reviewing.appeals.make(house.people.member, key, WHY)
    house.clock.forward(seconds=60)
    return key


def taken(house: House, key: str | None = None) -> str:
    """Id of this declined one, or another, whose appeal ``people.other_reviewer`` is deciding on."""
    key = appealed(house, key)
    house.side.reviews.claim(house.people.other_reviewer, key)
    return key
