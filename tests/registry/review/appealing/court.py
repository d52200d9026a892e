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


def appealed(house: House) -> str:
    """Id of one for which its organization appealed a minute ago."""
    key = declined(house)
    house.side.reviewing.appeals.make(house.people.member, key, WHY)
    house.clock.forward(seconds=60)
    return key


def taken(house: House) -> str:
    """Id of one whose appeal ``people.other_reviewer`` is deciding on."""
    key = appealed(house)
    house.side.reviews.claim(house.people.other_reviewer, key)
    return key
