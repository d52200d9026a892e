"""What an ID token and a description must say, as tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.providers.rules import (
    Description,
    Expected,
    Identity,
    ProviderTrouble,
    Trouble,
    check_answerer,
    check_claims,
    describe,
    document_url,
    issuer_problems,
)

ISSUER, CLIENT, NONCE, NOW = "https://login.example.org/realms/staff", "client", "n" * 43, 1_795_000_000.0
EXPECTED = Expected(ISSUER, CLIENT, NONCE, NOW - 100)
GOOD: dict[str, Any] = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "a-1",
    "nonce": NONCE,
    "iat": int(NOW),
    "exp": int(NOW) + 300,
}
DOCUMENT: dict[str, Any] = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth?tenant=1",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"aud": [CLIENT]},
        {"aud": [CLIENT], "azp": CLIENT},
        {"aud": [CLIENT, "other"], "azp": CLIENT},
        {"exp": NOW - 59.5},
        {"iat": NOW + 60},
        {"iat": NOW - 160},
        {"nbf": NOW + 60},
        {"sub": "x" * 255},
        {"email": 7, "name": ["x"]},
        {"extra": {"anything": None}},
    ],
)
def test_a_good_token(changes: dict[str, Any]) -> None:
    told = check_claims(GOOD | changes, EXPECTED, NOW)
    assert told == Identity((GOOD | changes)["sub"])


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"iss": ISSUER + "/"}, Trouble.TOKEN),
        ({"iss": ISSUER.upper()}, Trouble.TOKEN),
        ({"aud": [CLIENT, "other"]}, Trouble.TOKEN),
        ({"aud": [CLIENT, CLIENT]}, Trouble.TOKEN),
        ({"aud": []}, Trouble.TOKEN),
        ({"aud": {"client": 1}}, Trouble.TOKEN),
        ({"azp": ""}, Trouble.TOKEN),
        ({"nonce": NONCE + "x"}, Trouble.TOKEN),
        ({"nonce": "\ud800"}, Trouble.TOKEN),
        ({"sub": "é"}, Trouble.TOKEN),
        ({"sub": "a\nb"}, Trouble.TOKEN),
        ({"exp": float("nan")}, Trouble.TOKEN),
        ({"exp": float("inf")}, Trouble.TOKEN),
        ({"exp": -1}, Trouble.TOKEN),
        ({"nbf": None}, Trouble.TOKEN),
        ({"exp": NOW - 60}, Trouble.CLOCK),
        ({"iat": NOW + 61}, Trouble.CLOCK),
        ({"nbf": NOW + 61}, Trouble.CLOCK),
        ({"iat": NOW - 161}, Trouble.CLOCK),
    ],
)
def test_a_bad_token(changes: dict[str, Any], trouble: Trouble) -> None:
    with pytest.raises(ProviderTrouble) as refused:
        check_claims(GOOD | changes, EXPECTED, NOW)
    assert refused.value.trouble is trouble


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from([*GOOD, "azp", "nbf", "email", "name"]), VALUES))
def test_whatever_a_token_says_it_is_refused_or_right(changes: dict[str, Any]) -> None:
    """No surprise error, and nobody gets in whose token does not say what matters."""
    claims = GOOD | changes
    try:
        told = check_claims(claims, EXPECTED, NOW)
    except ProviderTrouble:
        return
    assert (claims["iss"], claims["nonce"], told.subject) == (ISSUER, NONCE, claims["sub"])
    assert claims["aud"] == CLIENT or CLIENT in claims["aud"]
    assert claims["exp"] > NOW - 60


def test_a_description_is_read() -> None:
    found = describe(DOCUMENT, ISSUER, loopback=False)
    assert found == Description(
        ISSUER,
        DOCUMENT["authorization_endpoint"],
        DOCUMENT["token_endpoint"],
        DOCUMENT["jwks_uri"],
        "client_secret_basic",
        names_itself=False,
    )
    post = DOCUMENT | {"token_endpoint_auth_methods_supported": ["x", "client_secret_post"]}
    assert describe(post, ISSUER, loopback=False).auth_method == "client_secret_post"


@given(st.dictionaries(st.sampled_from([*DOCUMENT, "response_types_supported"]), VALUES, min_size=1))
def test_whatever_a_description_says_it_is_refused_or_right(changes: dict[str, Any]) -> None:
    try:
        found = describe(DOCUMENT | changes, ISSUER, loopback=False)
    except ProviderTrouble:
        return
    assert found.issuer == ISSUER
    places = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
    assert all(place.startswith("https://") for place in places)


@pytest.mark.parametrize(
    ("named", "names_itself", "good"),
    [
        (ISSUER, True, True),
        (ISSUER, False, True),
        (None, False, True),
        (None, True, False),
        ("", False, False),
        (ISSUER + "/", False, False),
        ("https://evil.example", True, False),
    ],
)
def test_who_answers(named: str | None, *, names_itself: bool, good: bool) -> None:
    description = Description(ISSUER, "", "", "", "", names_itself=names_itself)
    if good:
        check_answerer(description, named)
        return
    with pytest.raises(ProviderTrouble) as refused:
        check_answerer(description, named)
    assert refused.value.trouble is Trouble.MIXED_UP


def test_where_a_provider_describes_itself() -> None:
    assert document_url("https://a.example") == "https://a.example/.well-known/openid-configuration"
    assert document_url("https://a.example/") == "https://a.example/.well-known/openid-configuration"
    assert document_url("https://a.example/x") == "https://a.example/x/.well-known/openid-configuration"


def test_the_address_of_an_issuer() -> None:
    assert issuer_problems(ISSUER, loopback=False) == []
    assert issuer_problems("http://localhost:8080", loopback=True) == []
    for bad in ("http://localhost:8080", ISSUER + "?a=b", ISSUER + "#a", "https://10.0.0.1", "x" * 401):
        assert [problem.pointer for problem in issuer_problems(bad, loopback=False)] == ["/issuer"]
