"""Whoever takes an account back takes it back from programs too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from registry.identity.factors.models import TotpFactor
from registry.identity.oauth.office import Terms, open_office
from registry.identity.oauth.rules import Way
from registry.identity.rules import Actor, Permission
from registry.identity.selfcare import letters
from registry.identity.tenants.letters import Letter
from registry.sealing import Sealer
from tests.factories import PASSWORD
from tests.registry.house import SECRET, SITE, House
from tests.registry.neighbours import session_of

CALLBACK = "https://tool.example/done"
NEW = "cobalt otter hums twice"
CONSENTS = "SELECT count(*) FROM oauth_consent WHERE person_id = :key"


def lent(house: House, actor: Actor, scope: str = "submissions:read") -> tuple[str, str, str]:
    """A program that a person lets act: its id, an access token, and a refresh token."""
    way = Way("none", ("authorization_code", "refresh_token"), (CALLBACK,))
    name = f"tool of {actor.id}"
    program, oauth = house.side.directory.add_client("River Schools", name, [scope], way), house.side.oauth
    code = oauth.credentials.give_code(actor, program.id, (scope,), CALLBACK, "c" * 43)
    view = oauth.credentials.code(code, program.id)
    assert view is not None
    got = oauth.credentials.redeem_code(view, refresh=True)
    assert got is not None
    token = oauth.tokens.make_for_person(
        client_id=program.id, subject=actor.id, scopes=(scope,), grant_id=got.grant_id
    )
    return program.id, token, got.refresh or ""


def is_alive(house: House, tool: tuple[str, str, str]) -> bool:
    program, token, refresh = tool
    acts = house.side.oauth.tokens.actor(token) is not None
    assert acts == (house.side.oauth.credentials.refresh(refresh, program) is not None)
    return acts


def by_reset_factors(house: House) -> None:
    house.side.factors.resetting.reset(house.people.member.id)


def by_mailed_link(house: House) -> None:
    member = house.people.member
    with house.private.work() as session:
        session.execute(text("UPDATE person SET email_verified_at = created_at"))
    letter = house.side.selfcare.letters.write(letters.RESET, {"person_id": member.id})
    assert isinstance(letter, Letter)
    house.side.selfcare.passwords.reset(letter.secret, NEW)


def by_new_password(house: House) -> None:
    member = house.people.member
    house.side.selfcare.passwords.change(member, session_of(house, member), PASSWORD, NEW)


@pytest.mark.parametrize("act", [by_reset_factors, by_mailed_link, by_new_password])
def test_taking_an_account_back_ends_what_programs_may_do(house: House, act: Callable[[House], None]) -> None:
    mine, others = lent(house, house.people.member), lent(house, house.people.other_member)
    assert is_alive(house, mine)
    act(house)
    assert not is_alive(house, mine)
    assert is_alive(house, others)
    assert house.ask(CONSENTS, key=house.people.member.id)[0][0] == 0, "the next request is asked about"
    assert house.ask(CONSENTS, key=house.people.other_member.id)[0][0] == 1


def test_a_new_password_leaves_programs_alone_where_that_is_wished(house: House) -> None:
    member, tool = house.people.member, lent(house, house.people.member)
    change = house.side.selfcare.passwords.change
    change(member, session_of(house, member), PASSWORD, NEW, keep_programs=True)
    assert is_alive(house, tool)
    queued = {row[0] for row in house.ask("SELECT kind FROM outbox_job")}
    assert letters.PASSWORD_CHANGED_ALONE in queued
    assert letters.PASSWORD_CHANGED not in queued


@pytest.mark.parametrize(
    ("who", "scope", "permission"),
    [
        ("reviewer", "reviews:write", Permission.REVIEW),
        ("steward", "node:admin", Permission.RELEASE_BATCH),
    ],
)
def test_trusted_roles_rest_for_programs_too_while_there_is_no_second_factor(
    house: House, who: str, scope: str, permission: Permission
) -> None:
    actor: Actor = getattr(house.people, who)
    _, token, _ = lent(house, actor, scope)
    strict = open_office(house.private, Sealer(SECRET), house.clock, Terms(SITE, 10, 90))
    resting = strict.tokens.actor(token)
    assert resting is not None
    assert (resting.lacks_factor, resting.holds(permission)) == (True, False)
    factor = TotpFactor(person_id=actor.id, sealed_secret="-")
    with house.private.work() as session:
        session.add(factor)
    assert not holds(strict.tokens.actor(token), permission), "begun, and not confirmed"
    with house.private.work() as session:
        session.get_one(TotpFactor, actor.id).confirmed_at = house.clock()
    assert holds(strict.tokens.actor(token), permission)
    assert holds(house.side.oauth.tokens.actor(token), permission), "as before where no factor is asked for"


def holds(actor: Actor | None, permission: Permission) -> bool:
    return actor is not None and actor.holds(permission)
