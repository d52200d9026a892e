"""Rules of OAuth, in full: redirect addresses, scopes, ways of getting in."""

from __future__ import annotations

from typing import Any

import pytest
from joserfc.jwk import ECKey

from registry.identity.oauth.rules import (
    DEVICE_GRANT,
    Way,
    awake,
    is_challenge,
    is_itself,
    lent,
    narrowed,
    redirect_problem,
    redirect_problems,
    scopes_for,
    scopes_of,
)
from registry.identity.rules import Actor, Role

PUBLIC = ECKey.generate_key("P-256").as_dict(private=False)
PRIVATE = ECKey.generate_key("P-256").as_dict(private=True)
GOOD = [
    "https://tool.example/callback",
    "https://tool.example",
    "https://tool.example:8443/a/b?c=d",
    "http://127.0.0.1:7000/callback",
    "http://[::1]/callback",
    "http://localhost/callback",
    "org.example.app:/done",
    "com.example-app.x:/cb?x=1",
]
BAD = [
    "",
    "tool.example/callback",
    "//tool.example/callback",
    "http://tool.example/callback",
    "http://127.0.0.1.attacker.example/",
    "http://localhost.attacker.example/",
    "http://localhost:80@attacker.example/cb",
    "https://user@tool.example/",
    "https://tool.example/#part",
    "https://tool.example/*",
    "https://*.tool.example/",
    "https://tool.example\\@attacker.example",
    "https:///callback",
    "https:callback",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "myapp:/done",
    "org.example.app://host/done",
    "https://tool.example/ blank",
    "https://tool.example/\n",
    "https://tool.example/é",
    "https://[::1",
    "https://tool.example:99999/",
    "https://tool.example/" + "x" * 500,
]


@pytest.mark.parametrize("uri", GOOD)
def test_good_redirect_addresses(uri: str) -> None:
    assert redirect_problem(uri) is None


@pytest.mark.parametrize("uri", BAD)
def test_bad_redirect_addresses(uri: str) -> None:
    assert redirect_problem(uri) is not None


def test_problems_say_which_address() -> None:
    found = redirect_problems([GOOD[0], "x"])
    assert [problem.pointer for problem in found] == ["/redirect_uris/1"]
    assert [problem.pointer for problem in redirect_problems(GOOD * 2)] == ["/redirect_uris"]


@pytest.mark.parametrize(
    ("asked", "allowed", "given"),
    [
        ("", "submissions:read", ("submissions:read",)),
        ("submissions:read", "submissions:read submissions:write", ("submissions:read",)),
        (
            "submissions:write submissions:read",
            "submissions:read submissions:write",
            ("submissions:read", "submissions:write"),
        ),
        ("node:admin", "submissions:read", None),
        ("submissions:read made:up", "submissions:read", None),
        ("submissions:read submissions:read", "submissions:read", ("submissions:read",)),
    ],
)
def test_scopes_are_given_whole_or_not_at_all(
    asked: str, allowed: str, given: tuple[str, ...] | None
) -> None:
    assert narrowed(asked.split(), allowed.split()) == given


def test_scopes_have_one_order() -> None:
    assert scopes_of("zzz node:admin records:read") == ("records:read", "node:admin", "zzz")
    assert scopes_of(None) == ()


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        (Role.MEMBER, {"submissions:read", "submissions:write"}),
        (Role.ORG_ADMIN, {"submissions:read", "submissions:write", "org:admin"}),
        (Role.REVIEWER, {"reviews:read", "reviews:write", "node:admin"}),
        (Role.STEWARD, {"node:admin", "reviews:read", "reviews:write"}),
    ],
)
def test_a_person_lends_what_their_roles_hold(role: Role, scopes: set[str]) -> None:
    """A reviewer may release a batch, which goes by ``node:admin``; both role and scope are asked then."""
    assert scopes_for([role]) == scopes | {"records:read"}
    assert scopes_for([]) == {"records:read"}


@pytest.mark.parametrize(
    ("challenge", "method", "good"),
    [
        ("c" * 43, "S256", True),
        ("c" * 43, "plain", False),
        ("c" * 43, None, False),
        ("c" * 42, "S256", False),
        ("c" * 44, "S256", False),
        ("c" * 42 + "=", "S256", False),
        ("é" * 43, "S256", False),
        (None, "S256", False),
    ],
)
def test_only_challenges_of_s256(challenge: str | None, method: str | None, good: bool) -> None:
    assert is_challenge(challenge, method) == good


CODE = ("authorization_code", "refresh_token")


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        (Way(), []),
        (Way("none", CODE, (GOOD[0],)), []),
        (Way("none", (DEVICE_GRANT,)), []),
        (Way("private_key_jwt", jwks={"keys": [PUBLIC]}), []),
        (Way("client_secret_post"), ["/auth_method"]),
        (Way("none"), ["/grant_types"]),
        (Way(grant_types=("password",)), ["/grant_types"]),
        (Way(grant_types=()), ["/grant_types"]),
        (Way(grant_types=CODE), ["/redirect_uris"]),
        (Way(redirect_uris=(GOOD[0],)), ["/redirect_uris"]),
        (Way(grant_types=CODE, redirect_uris=("x",)), ["/redirect_uris/0"]),
        (Way("private_key_jwt"), ["/jwks"]),
        (Way(jwks={"keys": [PUBLIC]}), ["/jwks"]),
        (Way("private_key_jwt", jwks={"keys": [PRIVATE]}), ["/jwks"]),
        (Way("private_key_jwt", jwks={"keys": []}), ["/jwks"]),
        (Way("private_key_jwt", jwks={"keys": [{"kty": "oct", "k": "AAAA"}]}), ["/jwks"]),
        (Way("private_key_jwt", jwks={}), ["/jwks"]),
        (Way(bearer=True), []),
        (Way("private_key_jwt", jwks={"keys": [PUBLIC]}, bearer=True), ["/bearer"]),
        (Way("none", ("refresh_token", DEVICE_GRANT), bearer=True), ["/bearer"]),
        (Way(grant_types=CODE, redirect_uris=(GOOD[0],), bearer=True), ["/bearer"]),
        (Way(grant_types=(*CODE, "client_credentials"), redirect_uris=(GOOD[0],), bearer=True), ["/bearer"]),
    ],
)
def test_a_way_in_is_whole_or_says_what_is_wrong(way: Way, wrong: list[str]) -> None:
    found: list[Any] = [problem.pointer for problem in way.problems()]
    assert found == wrong


@pytest.mark.parametrize(
    ("roles", "lacks_factor", "asked", "expected"),
    [
        ([Role.MEMBER], False, ["reviews:read", "submissions:read"], ("submissions:read",)),
        ([Role.REVIEWER], False, ["reviews:read", "submissions:read"], ("reviews:read",)),
        ([Role.REVIEWER], True, ["reviews:read", "submissions:read"], ()),
        ([Role.REVIEWER, Role.MEMBER], True, ["reviews:read", "submissions:read"], ("submissions:read",)),
        ([Role.STEWARD], True, ["node:admin", "records:read"], ("records:read",)),
        ([Role.STEWARD], False, ["node:admin", "made:up"], ("node:admin",)),
        ([], False, ["submissions:read"], ()),
        ([Role.MEMBER], False, [], ()),
    ],
)
def test_a_person_lends_what_their_roles_hold_now(
    roles: list[Role], lacks_factor: bool, asked: list[str], expected: tuple[str, ...]
) -> None:
    actor = Actor("p", "o", "An organization", "A", roles=frozenset(roles), lacks_factor=lacks_factor)
    assert lent(actor, asked) == expected


@pytest.mark.parametrize(
    ("auth_method", "uri", "certain"),
    [
        ("client_secret_basic", "http://127.0.0.1/cb", True),
        ("private_key_jwt", "org.example.app:/done", True),
        ("none", "https://tool.example/cb", True),
        ("none", "http://127.0.0.1/cb", False),
        ("none", "org.example.app:/done", False),
    ],
)
def test_where_anybody_could_wait_a_remembered_consent_is_asked_anew(
    auth_method: str, uri: str, certain: bool
) -> None:
    assert is_itself(auth_method, uri) is certain


@pytest.mark.parametrize(
    ("may_review", "expected"),
    [(True, {"reviews:read", "reviews:write", "submissions:read"}), (False, {"submissions:read"})],
)
def test_a_program_reviews_only_where_its_organization_may(may_review: bool, expected: set[str]) -> None:
    assert awake(["reviews:read", "reviews:write", "submissions:read"], may_review=may_review) == expected
