"""Every grant at the token endpoint: what is given, and what is refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter

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
    given = town.token(grant_type="client_credentials").json or {}
    assert set(given["scope"].split()) == {"submissions:read", "submissions:write", "reviews:read"}


@pytest.mark.parametrize("scope", ["node:admin", "submissions:write node:admin", "made:up", "org:admin"])
def test_a_scope_beyond_its_own_is_refused_and_not_dropped(town: Town, scope: str) -> None:
    assert error(town.token(grant_type="client_credentials", scope=scope)) == (400, "invalid_scope")


def test_a_signed_assertion_is_as_good_as_a_secret_and_good_once(town: Town) -> None:
    first = town.token("signer", grant_type="client_credentials")
    assert first.status_code == 200, first.text
    assert error(town.token("signer", grant_type="client_credentials"))[1] == "invalid_client"
    again = town.token("signer", grant_type="client_credentials", client_assertion=town.assertion(jti="j2"))
    assert again.status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example"},
        {"aud": []},
        {"iss": "9" * 32},
        {"sub": "9" * 32, "iss": "9" * 32},
        {"sub": KINDS["service"], "iss": KINDS["service"]},
        {"exp": 1},
        {"exp": "soon"},
        {"exp": 4_000_000_000},
        {"jti": ""},
        {"jti": None},
        {"jti": "j" * 300},
        {"sub": 7},
        {"sub": None},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
        {"iat": "now"},
    ],
)
def test_a_wrong_assertion_is_refused(town: Town, changes: dict[str, object]) -> None:
    answer = town.token("signer", grant_type="client_credentials", client_assertion=town.assertion(**changes))
    assert error(answer)[1] == "invalid_client"


FORGED: dict[str, Callable[[Town], str]] = {
    "another key": lambda town: forged(town, ECKey.generate_key("P-256")),
    "another key under its name": lambda town: forged(town, ECKey.generate_key("P-256"), kid=town.key.kid),
    "an embedded key": lambda town: forged(town, STRANGER, jwk=STRANGER.as_dict(private=False)),
    "HMAC with the public key": lambda town: hashed(town, town.key.as_pem(private=False)),
    "HMAC with an empty key": lambda town: hashed(town, b""),
    "none": lambda town: "e30." + town.assertion().split(".")[1] + ".",
    "alg none": lambda town: encoded({"alg": "none"}) + "." + town.assertion().split(".")[1] + ".",
    "no algorithm": lambda town: encoded({"typ": "JWT"}) + "." + town.assertion().partition(".")[2],
    "changed claims": lambda town: changed(town.assertion(), town.assertion(jti="other")),
    "claims a list": lambda town: changed(town.assertion(), f".{encoded([])}."),
    "unknown crit": lambda town: forged(town, town.key, crit=["bork"], bork=1),
    "deep": lambda town: changed(town.assertion(), f".{encoded_text('[' * 1400)}."),
}
"""How an assertion was forged → the assertion."""
STRANGER = ECKey.generate_key("P-256", auto_kid=True)


def hashed(town: Town, secret: bytes) -> str:
    """An assertion "signed" with what everybody knows."""
    raw = f"{encoded({'alg': 'HS256'})}.{town.assertion().split('.')[1]}"
    digest = hmac.new(secret, raw.encode(), hashlib.sha256).digest()
    return f"{raw}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def forged(town: Town, key: ECKey, **header: Any) -> str:
    """An assertion with right claims and another header or key."""
    claims = json.loads(base64.urlsafe_b64decode(town.assertion().split(".")[1] + "=="))
    head = {"alg": "ES256"} | header
    if "crit" not in header:
        return jwt.encode(head, claims, key)
    rules = JWSRegistry({"bork": HeaderParameter("a test", "int")}, algorithms=["ES256"])
    return jwt.encode(head, claims, key, registry=rules)


def encoded(part: Any) -> str:
    return encoded_text(json.dumps(part))


def encoded_text(part: str) -> str:
    return base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode()


def changed(assertion: str, other: str) -> str:
    """Header and signature of one with the claims of the other."""
    head, _, signature = assertion.split(".")
    return f"{head}.{other.split('.')[1]}.{signature}"


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_assertion_is_refused(town: Town, how: str) -> None:
    answer = town.token("signer", grant_type="client_credentials", client_assertion=FORGED[how](town))
    assert error(answer)[1] == "invalid_client"


@pytest.mark.parametrize(
    "given",
    [
        "Basic",
        "Basic !!!",
        "Basic eA==",
        "Basic w6k=",
        "Basic " + "A" * 5000,
        "Basic Og==",
        "Bearer x",
        "Digest x",
    ],
)
def test_credentials_that_are_none_are_refused(town: Town, given: str) -> None:
    fields, headers = {"grant_type": "client_credentials"}, {"Authorization": given}
    assert error(town.http.post("/oauth/token", data=fields, headers=headers))[1] == "invalid_client"


def test_a_blank_in_a_secret_may_be_sent_as_a_plus(town: Town) -> None:
    """RFC 6749 section 2.3.1; our test secret has both."""
    pair = base64.b64encode(f"{KINDS['service']}:{quote_plus(SECRET)}".encode()).decode()
    fields, headers = {"grant_type": "client_credentials"}, {"Authorization": f"Basic {pair}"}
    assert town.http.post("/oauth/token", data=fields, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "rubbish", ["x", "a.b.c", "e30.e30.", "." * 5, "e" * 5000, "ééé", "bnVsbA.bnVsbA.AA"]
)
def test_an_assertion_that_is_none_is_refused(town: Town, rubbish: str) -> None:
    answer = town.token("signer", grant_type="client_credentials", client_assertion=rubbish)
    assert error(answer)[1] == "invalid_client"


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


@pytest.mark.parametrize("grant", ["password", "implicit", "", "client_credential", DEVICE_GRANT])
def test_other_grants_do_not_exist_for_a_service(town: Town, grant: str) -> None:
    answer = town.token(grant_type=grant, username="member@example.org", password="x", device_code="y")
    assert error(answer)[1] in ("unsupported_grant_type", "unauthorized_client")


@pytest.mark.parametrize("kind", ["web", "native"])
def test_a_program_uses_only_the_grants_it_registered(town: Town, kind: str) -> None:
    answer = town.token(kind, grant_type="client_credentials")
    assert error(answer)[1] in ("unauthorized_client", "invalid_client")


def test_programs_must_show_who_they_are_in_their_own_way(town: Town) -> None:
    code = town.code()
    nobody = town.http.post(
        "/oauth/token", data={"grant_type": "authorization_code", "code": code, "client_id": KINDS["web"]}
    )
    assert error(nobody)[1] == "invalid_client"
    in_body = {"grant_type": "client_credentials", "client_id": KINDS["service"], "client_secret": SECRET}
    assert error(town.http.post("/oauth/token", data=in_body))[1] == "invalid_client"


@pytest.mark.parametrize("second", [{"client_secret": SECRET}, {"client_assertion": "x"}])
def test_programs_show_who_they_are_in_one_way_only(town: Town, second: dict[str, str]) -> None:
    answer = town.token(grant_type="client_credentials", **second)
    assert error(answer) == (400, "invalid_request")


def test_a_wrong_secret_is_a_401_with_a_challenge(town: Town) -> None:
    answer = town.http.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=(KINDS["service"], "wrong")
    )
    assert error(answer) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


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
