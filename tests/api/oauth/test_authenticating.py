"""How programs show who they are: a secret, a signed assertion, or an id alone; and what is refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter

from registry.identity.oauth.models import Client
from tests.api.oauth.conftest import KINDS, SECRET, Town, error
from tests.registry.identity.oauth.odd_keys import ODD_KEYS

CHALLENGE = 'Basic realm="Incident Commons", charset="UTF-8"'


def test_programs_must_show_who_they_are_in_their_own_way(town: Town) -> None:
    code = town.code()
    nobody = town.http.post(
        "/oauth/token", data={"grant_type": "authorization_code", "code": code, "client_id": KINDS["web"]}
    )
    assert error(nobody)[1] == "invalid_client"
    in_body = {"grant_type": "client_credentials", "client_id": KINDS["service"], "client_secret": SECRET}
    assert error(town.http.post("/oauth/token", data=in_body))[1] == "invalid_client"


@pytest.mark.parametrize("name", list(ODD_KEYS))
def test_keys_that_were_stored_once_and_cannot_be_used_are_no_fault_of_the_server(
    town: Town, name: str
) -> None:
    store(town, [ODD_KEYS[name]])
    answer = town.token("signer", grant_type="client_credentials")
    assert error(answer) == (400, "invalid_client")
    store(town, [ODD_KEYS[name], town.key.as_dict(private=False)])
    assert town.token("signer", grant_type="client_credentials").status_code == 200


def store(town: Town, keys: list[Any]) -> None:
    """Give the signing program keys as they could have been registered before they were looked at."""
    with town.node.private.database.work() as session:
        session.get_one(Client, KINDS["signer"]).jwks = {"keys": keys}


@pytest.mark.parametrize("second", [{"client_secret": SECRET}, {"client_assertion": "x"}])
def test_programs_show_who_they_are_in_one_way_only(town: Town, second: dict[str, str]) -> None:
    answer = town.token(grant_type="client_credentials", **second)
    assert error(answer) == (400, "invalid_request")


def test_a_program_that_names_another_one_is_refused(town: Town) -> None:
    for path, fields in (("token", {"grant_type": "client_credentials"}), ("introspect", {"token": "x"})):
        for other in (KINDS["web"], "x", ""):
            answer = town.post(f"/oauth/{path}", "service", client_id=other, **fields)
            assert error(answer) == (401, "invalid_client")
        answer = town.post(f"/oauth/{path}", "signer", client_id=KINDS["service"], **fields)
        assert error(answer) == (400, "invalid_client")
    same = town.token(grant_type="client_credentials", client_id=KINDS["service"])
    assert same.status_code == 200


def test_no_refusal_shows_how_the_server_is_written(town: Town) -> None:
    answers = [town.http.post("/oauth/token", data={"grant_type": "client_credentials"})]
    answers += [town.post(f"/oauth/{path}", None, token="x") for path in ("revoke", "introspect", "device")]
    for answer in answers:
        assert error(answer)[1] == "invalid_client"
        assert "[" not in (answer.json or {})["error_description"]
        assert answer.status_code != 401 or answer.headers.getlist("WWW-Authenticate") == [CHALLENGE]


def test_a_wrong_secret_is_a_401_with_a_challenge(town: Town) -> None:
    answer = town.http.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=(KINDS["service"], "wrong")
    )
    assert error(answer) == (401, "invalid_client")
    assert answer.headers.getlist("WWW-Authenticate") == [CHALLENGE]


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
