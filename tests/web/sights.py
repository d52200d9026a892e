"""Reports in every state that private pages show, for tests that look at all of them."""

from __future__ import annotations

from typing import Any

from registry.intake.identities.rules import Identity, Wish
from registry.intake.rules import State
from tests.factories import account
from tests.web.town import Town

PERSONAL = (
    "The clerk Wanjiru Kamau, born 3 March 1984, wrote from clerk@clinic.example. Call +254 712 345 678."
)
"""A story with details that detectors are sure of, and some that they doubt."""


def classified(**codes: list[str]) -> dict[str, Any]:
    raw = account()
    return raw | {"classification": raw["classification"] | codes}


def keys(town: Town) -> dict[str, str]:
    states = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.PUBLISHED)
    made = {str(state): town.report(state) for state in states}
    personal = account(text=PERSONAL)
    made["examined"] = town.report(State.IN_REVIEW, personal)
    made["personal"] = town.draft(personal)
    made["attacked"] = town.draft(classified(failure=["failure/jailbreak"]))
    made["left"] = town.draft(classified(**{"cause-intent": ["cause-intent/unclear"]}))
    made["erased"] = town.report(State.PUBLISHED)
    town.side.custody.originals.erase(town.people.member, made["erased"])
    made |= {"bare": town.draft({"title": "Only a title", "language": "en"})}
    return made | asked(town)


def asked(town: Town) -> dict[str, str]:
    """A report whose publisher refused, and one that somebody asks the member's organization to publish."""
    side, people, raw = town.side, town.people, account(text=PERSONAL)
    refused = side.intake.create(
        people.member, raw, channel="form", submit=True, wish=Wish(Identity.DELEGATED, "River Schools")
    )
    (line,) = side.identities.others.page(people.other_member).items
    side.identities.others.refuse(people.other_member, line.id, "It is not our field.")
    wish = Wish(Identity.DELEGATED, "Lake Health", message="We cannot say so ourselves.")
    side.intake.create(people.other_member, raw, channel="form", submit=True, wish=wish)
    (offer,) = side.identities.others.page(people.member).items
    return {"refused": refused.view.summary.id, "offer": offer.id}
