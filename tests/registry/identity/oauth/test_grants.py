"""Consents: one for each program and organization, whatever is pressed twice, and ended for good."""

from __future__ import annotations

import pytest

from registry.errors import CommonsError, NotFound
from registry.identity.oauth.registering import NewClient
from registry.identity.oauth.rules import Way
from registry.identity.rules import Role
from tests.registry.house import House, at_once

CALLBACK = "https://tool.example/done"
SCOPES = ("submissions:read",)


def a_tool(house: House) -> NewClient:
    way = Way("none", ("authorization_code", "refresh_token"), (CALLBACK,))
    return house.side.directory.add_client("River Schools", "tool", ["submissions:read"], way)


def test_allowing_many_times_at_once_is_one_consent(house: House) -> None:
    tool, member = a_tool(house), house.people.member
    give = house.side.oauth.credentials.give_code
    codes = at_once(8, lambda _: give(member, tool.id, SCOPES, CALLBACK, "c" * 43))
    assert len({code for code in codes if isinstance(code, str)}) == 8
    assert house.ask("SELECT count(*) FROM oauth_consent")[0][0] == 1


def test_taking_back_many_times_at_once_happens_once(house: House) -> None:
    tool, member, oauth = a_tool(house), house.people.member, house.side.oauth
    oauth.credentials.give_code(member, tool.id, SCOPES, CALLBACK, "c" * 43)
    oauth.credentials.give_code(member, tool.id, SCOPES, CALLBACK, "c" * 43)
    found = at_once(8, lambda _: oauth.grants.withdraw(member, tool.id, member.organization_id))
    assert found.count(None) == 1
    assert sum(isinstance(one, NotFound) for one in found) == 7
    assert house.ask("SELECT count(*) FROM oauth_grant WHERE revoked_at IS NULL")[0][0] == 0
    ended = "SELECT count(*) FROM audit_event WHERE subject = 'grant' AND action = 'end'"
    assert house.ask(ended)[0][0] == 2


def test_a_code_of_a_grant_that_was_ended_is_worth_nothing(house: House) -> None:
    tool, member, oauth = a_tool(house), house.people.member, house.side.oauth
    code = oauth.credentials.give_code(member, tool.id, SCOPES, CALLBACK, "c" * 43)
    view = oauth.credentials.code(code, tool.id)
    assert view is not None
    oauth.grants.end(view.grant_id, "a test")
    oauth.grants.end(view.grant_id, "a test, again")
    assert oauth.credentials.redeem_code(view, refresh=True) is None
    assert house.ask("SELECT count(*) FROM refresh_token")[0][0] == 0


def test_an_approved_device_of_a_grant_that_was_ended_gets_nothing(house: House) -> None:
    tool, member, oauth = a_tool(house), house.people.member, house.side.oauth
    new = oauth.devices.start(tool.id, SCOPES)
    oauth.devices.decide(member, new.user_code, allow=True, scopes=SCOPES)
    with pytest.raises(NotFound):
        oauth.devices.decide(member, new.user_code, allow=True, scopes=SCOPES)
    oauth.grants.withdraw(member, tool.id, member.organization_id)
    assert oauth.devices.poll(new.device_code, tool.id, refresh=True) is None


def test_an_approved_device_gets_its_tokens_once_however_often_it_asks(house: House) -> None:
    tool, oauth = a_tool(house), house.side.oauth
    new = oauth.devices.start(tool.id, SCOPES)
    oauth.devices.decide(house.people.member, new.user_code, allow=True, scopes=SCOPES)
    found = at_once(8, lambda _: oauth.devices.poll(new.device_code, tool.id, refresh=True))
    assert not any(isinstance(one, CommonsError) for one in found)
    assert sum(one is not None for one in found) == 1
    assert house.ask("SELECT count(*) FROM refresh_token")[0][0] == 1


def test_who_belongs_to_several_organizations_lends_for_each_by_itself(house: House) -> None:
    tool, member, oauth = a_tool(house), house.people.member, house.side.oauth
    reviewing, schools = house.people.reviewer.organization_id, house.people.other_member.organization_id
    house.side.directory.grant(member.id, reviewing, [Role.REVIEWER])
    house.side.directory.grant(member.id, schools, [Role.MEMBER, Role.ORG_ADMIN])
    first, second, third = oauth.lenders.choices(member)
    assert first == member
    assert (second.organization, second.roles) == ("Open Review", {Role.REVIEWER})
    assert (third.organization, third.roles) == ("River Schools", {Role.MEMBER, Role.ORG_ADMIN})
    assert second.lacks_factor, "as a member nobody was asked for a second factor"
    oauth.credentials.give_code(third, tool.id, SCOPES, CALLBACK, "c" * 43)
    assert oauth.grants.agreed(third, tool.id) == SCOPES
    assert oauth.grants.agreed(member, tool.id) == ()
    [application] = oauth.grants.applications(member)
    assert (application.organization_id, application.organization) == (schools, "River Schools")
    with pytest.raises(NotFound):
        oauth.grants.withdraw(member, tool.id, member.organization_id)
    oauth.grants.withdraw(member, tool.id, schools)
    assert oauth.grants.applications(member) == []
