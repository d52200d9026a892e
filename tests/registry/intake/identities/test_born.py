"""What the answer to a new report says of its organization's name is what reading it says; both engines."""

from __future__ import annotations

import pytest

from registry.intake.identities.rules import OWN, Identity, Wish
from tests.factories import account
from tests.registry.house import House


@pytest.mark.parametrize("submit", [False, True])
@pytest.mark.parametrize("identity", [None, *OWN])
def test_what_is_told_without_reading_is_what_reading_tells(
    house: House, identity: Identity | None, submit: bool
) -> None:
    me = house.people.member
    wish = None if identity is None else Wish(identity)
    made = house.side.intake.create(me, account(), channel="api", submit=submit, wish=wish)
    assert made.naming is not None
    assert made.naming == house.side.identities.naming.of(me, made.view.summary.id)


def test_what_has_to_be_looked_at_closer_is_not_told(house: House) -> None:
    me = house.people.member
    spoken = account(text=f"A bot of {me.organization} doubled a dose.")
    assert house.side.intake.create(me, spoken, channel="api").naming is None
    lent = Wish(Identity.DELEGATED, "Somebody Else", tell=False)
    assert house.side.intake.create(me, account(), channel="api", wish=lent).naming is None
