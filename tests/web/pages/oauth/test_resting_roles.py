"""Whose roles rest for want of a second factor is told so where a program or a device asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry.identity.rules import Role
from tests.web.pages.account_town import set_up_app, strict
from tests.web.pages.oauth.conftest import TOOL, decide, question
from tests.web.town import Town
from web.wiring import close


@pytest.fixture
def strict_town(town: Town) -> Iterator[Town]:
    """The same town where reviewers show a second factor."""
    asked = strict(town)
    yield asked
    close(asked.node)


def test_a_reviewer_is_told_why_nothing_can_be_lent_before_a_second_factor_is_shown(
    strict_town: Town,
) -> None:
    visitor, address = strict_town.signed_in("reviewer"), question(scope="reviews:read")
    page = visitor.open(address)
    assert page.status == 403
    assert "opens once you have shown a second factor" in page.text
    assert page.link("Go on to second factors") == "/account/factors"
    assert page.form("").buttons == [("decision", "deny")]
    assert decide(visitor, "deny", address)["error"] == "access_denied"
    set_up_app(strict_town, visitor)
    assert set(decide(visitor, "allow", address)) == {"code", "state", "iss"}


def test_a_device_of_a_reviewer_without_a_second_factor_says_why(strict_town: Town) -> None:
    new = strict_town.side.oauth.devices.start(TOOL, ("reviews:read",))
    visitor = strict_town.signed_in("reviewer")
    asked = visitor.send(visitor.open("/device"), code=new.user_code)
    assert "Nothing that your roles allow now." in asked.text
    assert asked.link("Go on to second factors") == "/account/factors"
    assert asked.form("/device").buttons == [("decision", "deny")]


def test_whoever_has_no_such_role_is_told_of_no_factor(strict_town: Town) -> None:
    visitor = strict_town.signed_in("member")
    answer = visitor.client.get(question(scope="reviews:read"))
    assert "error=access_denied" in answer.headers["Location"]
    assert "second factor" not in visitor.open(question(scope="submissions:read reviews:read")).text


def test_what_else_opens_with_a_factor_is_said_beside_what_can_be_lent(strict_town: Town) -> None:
    reviewer = strict_town.people.reviewer
    strict_town.side.directory.grant(reviewer.id, reviewer.organization_id, [Role.MEMBER])
    page = strict_town.signed_in("reviewer").open(question(scope="submissions:read reviews:read"))
    assert page.status == 200
    assert "Read your organization’s reports" in page.text
    assert page.link("Go on to second factors") == "/account/factors"
