"""Long-lived bearer tokens: only for programs that act by themselves and ask for one, and always ended."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from registry.errors import Invalid
from registry.identity.oauth.registering import NewClient
from registry.identity.oauth.rules import Way
from registry.identity.tenants.rules import OPERATOR
from tests.api.oauth.conftest import CALLBACK, Town, error

REASON = "They sold what they read."
WITH_PEOPLE = ("authorization_code", "refresh_token")


def monitor(town: Town, *scopes: str) -> NewClient:
    """A program of Lake Health that was given a bearer token."""
    directory = town.node.private.directory
    return directory.add_client("Lake Health", "Monitor", scopes or ("submissions:read",), Way(bearer=True))


def ask(town: Town, where: str, made: NewClient, **fields: str) -> TestResponse:
    return town.http.post(f"/oauth/{where}", data=fields, auth=(made.id, made.secret or ""))


def test_nobody_has_one_who_did_not_ask(town: Town) -> None:
    directory = town.node.private.directory
    made = directory.add_client("Lake Health", "Plain", ["submissions:read"])
    assert made.token == ""
    assert ask(town, "token", made, grant_type="client_credentials").status_code == 200
    for token in ("", "None", made.secret or ""):
        assert town.mine(token) == 401


@pytest.mark.parametrize(
    "way",
    [
        Way(grant_types=WITH_PEOPLE, redirect_uris=(CALLBACK,), bearer=True),
        Way(grant_types=(*WITH_PEOPLE, "client_credentials"), redirect_uris=(CALLBACK,), bearer=True),
        Way("none", WITH_PEOPLE, (CALLBACK,), bearer=True),
    ],
)
def test_programs_that_act_for_people_get_none(town: Town, way: Way) -> None:
    with pytest.raises(Invalid) as caught:
        town.node.private.directory.add_client("Lake Health", "Web", ["submissions:read"], way)
    assert [problem.pointer for problem in caught.value.problems] == ["/bearer"]


def test_its_program_can_look_at_it_and_end_it(town: Town) -> None:
    made, other = monitor(town), monitor(town)
    assert town.mine(made.token) == 200
    said = ask(town, "introspect", made, token=made.token).json or {}
    assert (said["active"], said["client_id"], said["scope"]) == (True, made.id, "submissions:read")
    assert "exp" not in said
    assert ask(town, "introspect", other, token=made.token).json == {"active": False}
    assert ask(town, "revoke", other, token=made.token).status_code == 200
    assert town.mine(made.token) == 200, "another program ends nothing"
    assert ask(town, "revoke", made, token=made.token).status_code == 200
    assert ask(town, "revoke", made, token=made.token).status_code == 200
    assert town.mine(made.token) == 401
    assert ask(town, "introspect", made, token=made.token).json == {"active": False}
    assert ask(town, "token", made, grant_type="client_credentials").status_code == 200


def test_suspension_ends_it_for_good(town: Town) -> None:
    made, home = monitor(town), town.people.member.organization_id
    custody = town.node.private.custody.suspension
    custody.suspend(OPERATOR, home, REASON)
    assert town.mine(made.token) == 401
    custody.resume(OPERATOR, home, "They do not any more.")
    assert town.mine(made.token) == 401
    assert ask(town, "token", made, grant_type="client_credentials").status_code == 200


def test_by_itself_a_program_reviews_while_its_organization_may(town: Town) -> None:
    """Whoever registered it, and by whichever kind of token."""
    side, home = town.node.private, town.people.member.organization_id
    made = monitor(town, "reviews:read", "submissions:read")

    def reads(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return town.http.get("/api/v1/reviews", headers=headers).status_code

    asked = {"grant_type": "client_credentials", "scope": "reviews:read"}
    assert error(ask(town, "token", made, **asked)) == (400, "invalid_scope")
    assert reads(made.token) == 403
    side.tenants.standing.allow_review(OPERATOR, home, "They know the field.")
    signed = (ask(town, "token", made, **asked).json or {})["access_token"]
    assert (reads(made.token), reads(signed)) == (200, 200)
    side.custody.suspension.stop_review(OPERATOR, home, REASON)
    assert (reads(made.token), reads(signed)) == (403, 401), "a token that could review stays dead"
    assert town.mine(made.token) == 200
