"""What people let programs do in a session that a provider vouched for ends with the provider."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from registry.errors import NotSignedIn
from registry.identity.oauth.models import Grant
from registry.identity.oauth.rules import Way
from registry.identity.rules import Actor
from tests.factories import PASSWORD
from tests.web.browsing import Visitor
from tests.web.pages.providers.conftest import Street, come_back, leave
from tests.web.town import sign_in

CALLBACK = "https://tool.example/done"
SCOPES = ("submissions:read",)


def switch_off(street: Street) -> None:
    street.town.side.providers.admin.switch(street.admin, street.key, active=False)


def remove(street: Street) -> None:
    street.town.side.providers.admin.remove(street.admin, street.key)


def disconnect(street: Street) -> None:
    visitor = signed_in(street)
    page = visitor.open("/account/identities")
    visitor.send(page, f"/account/identities/{street.key}/disconnect", password=PASSWORD)


def signed_in(street: Street) -> Visitor:
    visitor = street.visitor()
    sign_in(visitor, "member")
    return visitor


def through(street: Street) -> Visitor:
    visitor = street.visitor()
    come_back(visitor, street.provider.authorize(leave(visitor, street.key), "a-1"))
    return visitor


def acting(street: Street, visitor: Visitor) -> Actor:
    with visitor.client.session_transaction() as kept:
        actor = street.town.side.sessions.person(str(kept["sid"]))
    assert actor is not None
    return actor


def lend(street: Street, actor: Actor, name: str) -> str:
    """Let a program act; the id of the grant."""
    side, way = street.town.side, Way("none", ("authorization_code",), (CALLBACK,))
    program = side.directory.add_client("River Schools", name, SCOPES, way).id
    code = side.oauth.credentials.give_code(actor, program, SCOPES, CALLBACK, "c" * 43)
    view = side.oauth.credentials.code(code, program)
    assert view is not None
    return view.grant_id


def living(street: Street) -> set[str]:
    with street.town.side.database.read() as session:
        return set(session.scalars(select(Grant.id).where(Grant.revoked_at.is_(None))))


@pytest.mark.parametrize("act", [switch_off, remove, disconnect])
def test_it_ends_with_the_provider_and_nothing_else_does(
    linked: Street, act: Callable[[Street], None]
) -> None:
    side, member = linked.town.side, acting(linked, signed_in(linked))
    vouched = lend(linked, acting(linked, through(linked)), "through the provider")
    own = lend(linked, member, "with a password")
    assert living(linked) == {vouched, own}
    act(linked)
    assert living(linked) == {own}
    assert [one.name for one in side.oauth.grants.applications(member)] == ["with a password"]


def test_nothing_is_lent_once_the_provider_is_off(linked: Street) -> None:
    """By somebody whose request was on its way when it was switched off."""
    actor = acting(linked, through(linked))
    switch_off(linked)
    with pytest.raises(NotSignedIn):
        lend(linked, actor, "too late")
    assert living(linked) == set()
