"""Devices that wait, revocation, introspection, and what the server says of itself."""

from __future__ import annotations

import base64
import json

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from registry.errors import NotFound
from registry.identity.oauth.rules import DEVICE_GRANT
from registry.identity.oauth.tokens import TYPE
from tests.api.oauth.conftest import KINDS, Town, error


def poll(town: Town, device_code: str) -> tuple[int, str]:
    answer = town.token("native", grant_type=DEVICE_GRANT, device_code=device_code)
    return (200, "") if answer.status_code == 200 else error(answer)


def begin(town: Town, **fields: str) -> dict[str, str]:
    answer = town.post("/oauth/device", "native", **fields)
    assert answer.status_code == 200, answer.text
    given: dict[str, str] = answer.json or {}
    return given


def test_a_device_waits_until_its_person_lets_it_in(town: Town) -> None:
    given = begin(town, scope="submissions:read")
    assert given["verification_uri"] == f"{town.issuer}/device"
    assert poll(town, given["device_code"]) == (400, "authorization_pending")
    town.clock.forward(seconds=5)
    devices = town.node.private.oauth.devices
    typed = given["user_code"].lower().replace("-", " ")
    assert devices.waiting(typed).scopes == ("submissions:read",)
    devices.decide(town.people.member, typed, allow=True, scopes=("submissions:read",))
    answer = town.token("native", grant_type=DEVICE_GRANT, device_code=given["device_code"])
    assert town.mine((answer.json or {})["access_token"]) == 200
    assert poll(town, given["device_code"]) == (400, "invalid_grant")


def test_a_hasty_device_is_told_to_slow_down(town: Town) -> None:
    given = begin(town)
    assert poll(town, given["device_code"]) == (400, "authorization_pending")
    assert poll(town, given["device_code"]) == (400, "slow_down")
    town.clock.forward(seconds=9)
    assert poll(town, given["device_code"]) == (400, "slow_down")
    town.clock.forward(seconds=60)
    assert poll(town, given["device_code"]) == (400, "authorization_pending")


def test_a_device_that_was_turned_away_or_waited_too_long_gets_nothing(town: Town) -> None:
    denied, late = begin(town), begin(town)
    town.node.private.oauth.devices.decide(town.people.member, denied["user_code"], allow=False)
    assert poll(town, denied["device_code"]) == (400, "access_denied")
    town.clock.forward(seconds=600)
    assert poll(town, late["device_code"]) == (400, "expired_token")
    with pytest.raises(NotFound):
        town.node.private.oauth.devices.waiting(late["user_code"])


@pytest.mark.parametrize("wrong", ["", "x", "é" * 100, "B" * 10_000])
def test_wrong_codes_of_either_kind_are_nothing(town: Town, wrong: str) -> None:
    begin(town)
    assert poll(town, wrong)[1] in ("invalid_grant", "invalid_request")
    with pytest.raises(NotFound):
        town.node.private.oauth.devices.waiting(wrong)


def test_only_programs_that_registered_for_it_may_wait(town: Town) -> None:
    assert error(town.post("/oauth/device", "web"))[1] == "unauthorized_client"
    assert error(town.post("/oauth/device", "native", scope="node:admin"))[1] == "invalid_scope"


def test_a_program_can_end_its_own_tokens_and_no_others(town: Town) -> None:
    given = town.redeem(town.code()).json or {}
    for token in (given["access_token"], given["refresh_token"], "nonsense"):
        assert town.post("/oauth/revoke", "foreign", token=token).status_code == 200
    assert town.submit(given["access_token"]) == 201
    assert town.post("/oauth/revoke", "web", token=given["access_token"]).status_code == 200
    assert town.post("/oauth/revoke", "web", token=given["access_token"]).status_code == 200
    assert town.submit(given["access_token"]) == 401
    fresh = town.refresh(given["refresh_token"]).json or {}
    assert town.submit(fresh["access_token"]) == 201
    assert town.post("/oauth/revoke", "web", token=fresh["refresh_token"]).status_code == 200
    assert town.submit(fresh["access_token"]) == 401
    assert error(town.post("/oauth/revoke", None, token="x"))[1] == "invalid_client"


@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "id_token", "x", "jwt"])
def test_a_hint_is_only_a_hint(town: Town, hint: str) -> None:
    """RFC 7009 section 2.1 and RFC 7662 section 2.1: a wrong one, or one we do not know, changes nothing."""
    for name in ("access_token", "refresh_token"):
        token = (town.redeem(town.code()).json or {})[name]
        asked = town.post("/oauth/introspect", "web", token=token, token_type_hint=hint)
        assert (asked.status_code, (asked.json or {})["active"]) == (200, True)
        assert town.post("/oauth/revoke", "web", token=token, token_type_hint=hint).status_code == 200
        asked = town.post("/oauth/introspect", "web", token=token, token_type_hint=hint)
        assert (asked.json or {})["active"] is False
    for path in ("revoke", "introspect"):
        assert error(town.post(f"/oauth/{path}", "web", token_type_hint=hint)) == (400, "invalid_request")


def test_a_program_may_ask_about_its_own_tokens(town: Town) -> None:
    given = town.redeem(town.code()).json or {}
    told = town.post("/oauth/introspect", "web", token=given["access_token"]).json or {}
    assert told["active"] is True
    assert told["sub"] == town.people.member.id
    assert told["client_id"] == KINDS["web"]
    assert told["scope"] == "submissions:write"
    for kind, token in (
        ("foreign", given["access_token"]),
        ("web", "nonsense"),
        ("foreign", given["refresh_token"]),
    ):
        assert town.post("/oauth/introspect", kind, token=token).json == {"active": False}
    own = town.post("/oauth/introspect", "web", token=given["refresh_token"]).json or {}
    assert own["active"] is True
    assert own["client_id"] == KINDS["web"]
    town.redeem(town.code())
    town.post("/oauth/revoke", "web", token=given["refresh_token"])
    assert town.post("/oauth/introspect", "web", token=given["access_token"]).json == {"active": False}


def test_others_can_check_a_token_with_the_published_keys(town: Town) -> None:
    given = town.redeem(town.code()).json or {}
    keys = KeySet.import_key_set(town.http.get("/oauth/jwks").json or {})
    read = jwt.decode(given["access_token"], keys, algorithms=["ES256"])
    assert read.header["typ"] == TYPE
    assert read.claims["aud"] == f"{town.issuer}/api/v1"
    assert read.claims["iss"] == town.issuer
    assert set(read.claims) == {"iss", "aud", "sub", "client_id", "scope", "iat", "nbf", "exp", "jti", "sid"}
    assert "d" not in str([list(key) for key in (town.http.get("/oauth/jwks").json or {})["keys"]]).split("'")


def test_keys_change_without_anybody_noticing(town: Town) -> None:
    keys = town.node.private.oauth.keys
    old = (town.token(grant_type="client_credentials").json or {})["access_token"]
    before = {key["kid"] for key in (town.http.get("/oauth/jwks").json or {})["keys"]}
    kid = keys.rotate()
    assert {key["kid"] for key in (town.http.get("/oauth/jwks").json or {})["keys"]} == {*before, kid}
    still = (town.token(grant_type="client_credentials").json or {})["access_token"]
    assert jwt_kid(still) in before
    town.clock.forward(hours=1)
    new = (town.token(grant_type="client_credentials").json or {})["access_token"]
    assert jwt_kid(new) == kid
    assert town.mine(new) == 200
    assert town.mine(old) == 401, "its minutes are over"
    town.clock.forward(hours=1)
    assert {key["kid"] for key in (town.http.get("/oauth/jwks").json or {})["keys"]} == {kid}


def jwt_kid(token: str) -> str:
    head = token.split(".", maxsplit=1)[0]
    return str(json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"])


def test_the_server_describes_itself(town: Town) -> None:
    told = town.http.get("/.well-known/oauth-authorization-server").json or {}
    page, _, section = told["service_documentation"].removeprefix(town.issuer).partition("#")
    explained = town.http.get(page).text
    assert f'id="{section}"' in explained
    for name in ("token", "authorization", "device_authorization", "revocation", "introspection"):
        assert f">{told[f'{name}_endpoint']}<" in explained
    assert told["issuer"] == town.issuer
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert "password" not in told["grant_types_supported"]
    assert told["authorization_response_iss_parameter_supported"] is True
    for name in ("token_endpoint", "revocation_endpoint", "introspection_endpoint"):
        path = told[name].removeprefix(town.issuer)
        assert error(town.http.post(path, data={"token": "x"}))[0] in (400, 401)
