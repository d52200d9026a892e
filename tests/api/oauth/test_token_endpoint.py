"""Every grant at the token endpoint: what is given, and what is refused."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from api.oauth.server import BODY_MAX
from registry.identity.models import Organization
from registry.identity.oauth.rules import DEVICE_GRANT
from tests.api.oauth.conftest import CALLBACK, KINDS, SECRET, VERIFIER, Town, error


def test_a_service_gets_a_token_and_acts_for_its_organization(town: Town) -> None:
    answer = town.token(grant_type="client_credentials", scope="submissions:write")
    assert answer.status_code == 200
    given = answer.json or {}
    assert given["token_type"] == "Bearer"
    assert given["expires_in"] == 600
    assert given["scope"] == "submissions:write"
    assert "refresh_token" not in given
    assert town.submit(given["access_token"]) == 201
    assert town.mine(given["access_token"]) == 403


def test_without_a_scope_it_gets_all_of_its_own(town: Town) -> None:
    """Those of reviewers rest until the steward lets its organization review."""
    for may_review, more in ((False, set()), (True, {"reviews:read"})):
        with town.node.private.database.work() as session:
            session.execute(update(Organization).values(may_review=may_review))
        given = town.token(grant_type="client_credentials").json or {}
        assert set(given["scope"].split()) == {"submissions:read", "submissions:write", *more}


@pytest.mark.parametrize("scope", ["node:admin", "submissions:write node:admin", "made:up", "org:admin"])
def test_a_scope_beyond_its_own_is_refused_and_not_dropped(town: Town, scope: str) -> None:
    assert error(town.token(grant_type="client_credentials", scope=scope)) == (400, "invalid_scope")


def test_a_code_is_exchanged_for_tokens_of_its_person(town: Town) -> None:
    for kind in ("web", "native"):
        answer = town.redeem(town.code(kind), kind)
        assert answer.status_code == 200, answer.text
        given = answer.json or {}
        assert set(given) == {"access_token", "refresh_token", "token_type", "expires_in", "scope"}
        assert town.submit(given["access_token"]) == 201
        assert town.mine(given["access_token"]) == 403


def test_a_person_lends_a_program_no_more_than_their_own_roles(town: Town) -> None:
    """The program may read reviews, its person may not."""
    given = town.redeem(town.code(scope="reviews:read submissions:read")).json or {}
    token = {"Authorization": f"Bearer {given['access_token']}"}
    assert town.http.get("/api/v1/reviews", headers=token).status_code == 403
    assert town.mine(given["access_token"]) == 200


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"code_verifier": "short"}, "invalid_request"),
        ({"redirect_uri": CALLBACK + "/more"}, "invalid_grant"),
        ({"redirect_uri": ""}, "invalid_grant"),
        ({"code": "made-up"}, "invalid_grant"),
    ],
)
def test_a_code_with_anything_wrong_is_refused_and_stays_good(
    town: Town, changes: dict[str, str], expected: str
) -> None:
    code = town.code()
    fields = {"code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER} | changes
    assert error(town.token("web", grant_type="authorization_code", **fields)) == (400, expected)
    assert town.redeem(code).status_code == 200


def test_a_code_of_another_program_is_refused(town: Town) -> None:
    code = town.code("web")
    assert error(town.redeem(code, "foreign")) == (400, "invalid_grant")
    assert error(town.redeem(code, "native")) == (400, "invalid_grant")
    assert town.redeem(code).status_code == 200


def test_a_code_lives_one_minute(town: Town) -> None:
    code = town.code()
    town.clock.forward(seconds=60)
    assert error(town.redeem(code)) == (400, "invalid_grant")


def test_a_code_used_twice_ends_everything_that_came_from_it(town: Town) -> None:
    code = town.code()
    given = town.redeem(code).json or {}
    assert town.submit(given["access_token"]) == 201
    assert error(town.redeem(code)) == (400, "invalid_grant")
    assert town.submit(given["access_token"]) == 401
    assert error(town.refresh(given["refresh_token"])) == (400, "invalid_grant")


def test_refreshing_gives_the_next_token_and_using_the_old_one_ends_all(town: Town) -> None:
    first = town.redeem(town.code()).json or {}
    second = town.refresh(first["refresh_token"]).json or {}
    assert second["refresh_token"] != first["refresh_token"]
    assert town.submit(second["access_token"]) == 201
    assert error(town.refresh(first["refresh_token"])) == (400, "invalid_grant")
    assert error(town.refresh(second["refresh_token"])) == (400, "invalid_grant")
    assert town.submit(second["access_token"]) == 401


def test_a_refresh_may_ask_for_less_and_not_for_more(town: Town) -> None:
    given = town.redeem(town.code(scope="submissions:read submissions:write")).json or {}
    assert error(town.refresh(given["refresh_token"], scope="reviews:read")) == (400, "invalid_scope")
    less = town.refresh(given["refresh_token"], scope="submissions:read").json or {}
    assert less["scope"] == "submissions:read"
    assert town.submit(less["access_token"]) == 403
    whole = town.refresh(less["refresh_token"]).json or {}
    assert town.submit(whole["access_token"]) == 201


def test_a_grant_ends_for_good_after_its_days(town: Town) -> None:
    given = town.redeem(town.code()).json or {}
    for _ in range(9):
        town.clock.forward(days=10)
        answer = town.refresh(given["refresh_token"])
        if answer.status_code != 200:
            break
        given = answer.json or {}
    assert error(answer) == (400, "invalid_grant")


def test_an_access_token_ends_after_its_minutes(town: Town) -> None:
    given = town.token(grant_type="client_credentials").json or {}
    town.clock.forward(seconds=599)
    assert town.mine(given["access_token"]) == 200
    town.clock.forward(seconds=1)
    assert town.mine(given["access_token"]) == 401


@pytest.mark.parametrize("fields", [{}, {"grant_type": ""}])
def test_who_does_not_say_which_grant_is_told_so(town: Town, fields: dict[str, str]) -> None:
    assert error(town.token(**fields)) == (400, "invalid_request")


@pytest.mark.parametrize("grant", ["password", "implicit", "client_credential", DEVICE_GRANT])
def test_other_grants_do_not_exist_for_a_service(town: Town, grant: str) -> None:
    answer = town.token(grant_type=grant, username="member@example.org", password="x", device_code="y")
    assert error(answer)[1] in ("unsupported_grant_type", "unauthorized_client")


@pytest.mark.parametrize("kind", ["web", "native"])
def test_a_program_uses_only_the_grants_it_registered(town: Town, kind: str) -> None:
    answer = town.token(kind, grant_type="client_credentials")
    assert error(answer)[1] in ("unauthorized_client", "invalid_client")


def test_credentials_in_the_address_or_said_twice_are_refused(town: Town) -> None:
    there = town.http.post("/oauth/token?grant_type=client_credentials", auth=(KINDS["service"], SECRET))
    assert error(there) == (400, "invalid_request")
    twice = town.http.post(
        "/oauth/token",
        data={"grant_type": ["client_credentials", "client_credentials"]},
        auth=(KINDS["service"], SECRET),
    )
    assert error(twice) == (400, "invalid_request")


@pytest.mark.parametrize("odd", ['"', "\\", "é", "\n", "\x00", "\u2028", "a\tb"])
@pytest.mark.parametrize("name", ["grant_type", "scope", "client_id", "redirect_uri", "token_type_hint", "x"])
def test_odd_characters_are_a_bad_request_and_nothing_worse(town: Town, name: str, odd: str) -> None:
    fields = {"grant_type": "client_credentials", "token": "x"} | {name: odd}
    encoded = urlencode(fields)
    for path in ("/oauth/token", "/oauth/revoke", "/oauth/introspect", "/oauth/device"):
        answer = town.http.post(
            path,
            data=encoded,
            content_type="application/x-www-form-urlencoded",
            auth=(KINDS["service"], SECRET),
        )
        assert error(answer) == (400, "invalid_request")


@pytest.mark.parametrize("path", ["token", "revoke", "introspect", "device"])
def test_what_is_too_large_is_refused_as_oauth_refuses(town: Town, path: str) -> None:
    answer = town.post(f"/oauth/{path}", "service", token="x" * BODY_MAX)
    assert error(answer) == (413, "invalid_request")
    assert str(BODY_MAX) in (answer.json or {})["error_description"]


@pytest.mark.parametrize("path", ["token", "revoke", "introspect", "device"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"grant_type": "client_credentials"}'),
        ("text/plain", b"grant_type=client_credentials"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
        ),
        ("", b"grant_type=client_credentials"),
        ("application/x-www-form-urlencoded", b"grant_type=client_credentials&token=%ff"),
        ("application/x-www-form-urlencoded", b"grant_type=client_credentials&token=\xff"),
    ],
)
def test_what_is_no_form_in_utf8_is_refused_and_told_so(
    town: Town, path: str, kind: str, body: bytes
) -> None:
    auth = (KINDS["service"], SECRET)
    answer = town.http.post(f"/oauth/{path}", data=body, content_type=kind, auth=auth)
    assert error(answer) == (400, "invalid_request")
    assert "application/x-www-form-urlencoded in UTF-8" in (answer.json or {})["error_description"]


def test_a_form_may_say_its_charset(town: Town) -> None:
    kind = "application/x-www-form-urlencoded; charset=UTF-8"
    body, auth = b"grant_type=client_credentials", (KINDS["service"], SECRET)
    assert town.http.post("/oauth/token", data=body, content_type=kind, auth=auth).status_code == 200


def test_a_program_may_ask_about_its_own_refresh_token(town: Town) -> None:
    first = (town.redeem(town.code()).json or {})["refresh_token"]
    told = town.post("/oauth/introspect", "web", token=first).json or {}
    assert told == {
        "active": True,
        "client_id": KINDS["web"],
        "scope": "submissions:write",
        "sub": town.people.member.id,
        "iss": town.issuer,
        "exp": int(town.clock().timestamp()) + 90 * 86_400,
    }
    assert town.post("/oauth/introspect", "foreign", token=first).json == {"active": False}
    second = (town.refresh(first).json or {})["refresh_token"]  # asking did not use the first one up
    assert town.post("/oauth/introspect", "web", token=first).json == {"active": False}
    town.post("/oauth/revoke", "web", token=second)
    assert town.post("/oauth/introspect", "web", token=second).json == {"active": False}


def test_huge_requests_are_refused_before_they_are_read(town: Town) -> None:
    answer = town.http.post("/oauth/token", data={"grant_type": "x" * 100_000})
    assert answer.status_code == 413


def test_no_answer_repeats_what_was_sent_as_a_page(town: Town) -> None:
    answer = town.token(grant_type="<script>alert(1)</script>")
    assert answer.mimetype == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_suspending_stops_every_token_at_once(town: Town) -> None:
    service = (town.token(grant_type="client_credentials").json or {})["access_token"]
    person = town.redeem(town.code()).json or {}
    assert (town.mine(service), town.submit(person["access_token"])) == (200, 201)
    with town.node.private.database.work() as session:
        session.connection().exec_driver_sql("UPDATE organization SET state = 'suspended'")
    assert (town.mine(service), town.submit(person["access_token"])) == (401, 401)
    assert error(town.refresh(person["refresh_token"]))[1] == "invalid_client"
