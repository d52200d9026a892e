"""Forged access tokens against every protected address: only what this server signed for itself passes.

Each forgery is one change to a good token, and is sent to every address that the document says is
protected.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws, jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app
from werkzeug.wrappers import Request

from tests.api.oauth.conftest import KINDS, Town

SLOWEST = 0.1
"""Seconds of work that the refusal of any token may take."""
ASKED = 3
"""How often a slow answer is asked for: what is slow by itself is slow each time, unlike a pause."""
Forge = Callable[["Mint"], str]


def b64(raw: bytes | str | dict[str, Any]) -> str:
    data = (
        json.dumps(raw).encode() if isinstance(raw, dict) else raw.encode() if isinstance(raw, str) else raw
    )
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Mint:
    """Makes tokens with the node's real key and whatever else is asked for."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.key: ECKey = town.node.private.oauth.keys.signing()
        self.header: dict[str, Any] = {"alg": "ES256", "typ": "at+jwt", "kid": str(self.key.kid)}
        now, me = int(town.clock().timestamp()), KINDS["service"]
        self.claims: dict[str, Any] = {
            "iss": town.issuer,
            "aud": f"{town.issuer}/api/v1",
            "sub": me,
            "client_id": me,
            "scope": "submissions:read",
            "iat": now,
            "nbf": now,
            "exp": now + 600,
            "jti": "a-jti-of-ours",
            "gen": 0,
        }

    def sign(self, header: dict[str, Any] | None = None, key: ECKey | None = None, **claims: Any) -> str:
        """A token whose header and claims are changed; None takes a claim away."""
        body = {name: value for name, value in (self.claims | claims).items() if value is not None}
        head = {name: value for name, value in (self.header | (header or {})).items() if value is not None}
        raw = f"{b64(head)}.{b64(body)}"
        signer = (key or self.key).get_op_key("sign")
        r, s = utils.decode_dss_signature(signer.sign(raw.encode(), ec.ECDSA(SHA256())))
        return f"{raw}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def hmac(self, secret: bytes, alg: str = "HS256") -> str:
        raw = f"{b64(self.header | {'alg': alg})}.{b64(self.claims)}"
        return f"{raw}.{b64(hmac.new(secret, raw.encode(), hashlib.sha256).digest())}"

    def unsigned(self, alg: str, signature: str = "") -> str:
        return f"{b64(self.header | {'alg': alg})}.{b64(self.claims)}.{signature}"

    def pem(self) -> bytes:
        return self.key.as_pem(private=False)


def changed_payload(mint: Mint) -> str:
    head, _, signature = mint.sign().split(".")
    return f"{head}.{b64(mint.claims | {'scope': 'node:admin'})}.{signature}"


def nested(mint: Mint) -> str:
    inner = mint.sign()
    return jws.serialize_compact(mint.header | {"cty": "JWT"}, inner, mint.key)


def deep(depth: int) -> str:
    return '{"a":' * depth + "1" + "}" * depth


OTHER = ECKey.generate_key("P-256", auto_kid=True)
RSA = RSAKey.generate_key(2048, auto_kid=True)
FORGERIES: dict[str, Forge] = {
    "alg none": lambda m: m.unsigned("none"),
    "alg None": lambda m: m.unsigned("None"),
    "alg NONE": lambda m: m.unsigned("NONE"),
    "alg none with a signature": lambda m: m.unsigned("none", m.sign().split(".")[2]),
    "no alg": lambda m: m.sign({"alg": None}),
    "alg empty": lambda m: m.sign({"alg": ""}),
    "alg a number": lambda m: m.sign({"alg": 256}),
    "alg a list": lambda m: m.sign({"alg": ["ES256"]}),
    "HS256 with the public PEM": lambda m: m.hmac(m.pem()),
    "HS256 with the public PEM without end": lambda m: m.hmac(m.pem().strip()),
    "HS256 with the public JWK": lambda m: m.hmac(json.dumps(m.key.as_dict(private=False)).encode()),
    "HS256 with an empty key": lambda m: m.hmac(b""),
    "HS256 with the key's name": lambda m: m.hmac(str(m.key.kid).encode()),
    "ES256 said to be HS256": lambda m: m.sign({"alg": "HS256"}),
    "ES256 said to be RS256": lambda m: m.sign({"alg": "RS256"}),
    "ES256 said to be ES384": lambda m: m.sign({"alg": "ES384"}),
    "another key under our name": lambda m: m.sign(key=OTHER),
    "another key under its own name": lambda m: m.sign({"kid": str(OTHER.kid)}, key=OTHER),
    "no kid": lambda m: m.sign({"kid": None}),
    "kid empty": lambda m: m.sign({"kid": ""}),
    "kid a path": lambda m: m.sign({"kid": "../../dev/null"}),
    "kid a question to the database": lambda m: m.sign({"kid": "' OR 1=1 --"}),
    "kid a number": lambda m: m.sign({"kid": 1}),
    "kid a list": lambda m: m.sign({"kid": [str(m.key.kid)]}),
    "an embedded key": lambda m: m.sign({"jwk": OTHER.as_dict(private=False)}, key=OTHER),
    "an embedded key besides ours": lambda m: m.sign({"jwk": m.key.as_dict(private=False)}),
    "a key at an address": lambda m: m.sign({"jku": "https://attacker.example/keys"}, key=OTHER),
    "a certificate at an address": lambda m: m.sign({"x5u": "https://attacker.example/x"}),
    "an embedded certificate": lambda m: m.sign({"x5c": ["AAAA"]}),
    "unknown crit": lambda m: m.sign({"crit": ["bork"], "bork": True}),
    "empty crit": lambda m: m.sign({"crit": []}),
    "b64 false": lambda m: m.sign({"crit": ["b64"], "b64": False}),
    "compressed": lambda m: m.sign({"zip": "DEF"}),
    "no typ": lambda m: m.sign({"typ": None}),
    "typ JWT": lambda m: m.sign({"typ": "JWT"}),
    "typ of an id token": lambda m: m.sign({"typ": "id_token+jwt"}),
    "typ application/at+jwt+x": lambda m: m.sign({"typ": "application/at+jwt+x"}),
    "typ a list": lambda m: m.sign({"typ": ["at+jwt"]}),
    "another issuer": lambda m: m.sign(iss="https://elsewhere.example"),
    "our issuer with a slash": lambda m: m.sign(iss=m.town.issuer + "/"),
    "no issuer": lambda m: m.sign(iss=None),
    "issuer a list": lambda m: m.sign(iss=[m.town.issuer]),
    "another audience": lambda m: m.sign(aud="https://elsewhere.example/api"),
    "the program as audience": lambda m: m.sign(aud=KINDS["service"]),
    "the issuer as audience": lambda m: m.sign(aud=m.town.issuer),
    "no audience": lambda m: m.sign(aud=None),
    "an empty list of audiences": lambda m: m.sign(aud=[]),
    "a list of other audiences": lambda m: m.sign(aud=["a", "b"]),
    "audience an object": lambda m: m.sign(aud={"a": 1}),
    "expired": lambda m: m.sign(exp=m.claims["iat"]),
    "expired a second ago": lambda m: m.sign(exp=m.claims["iat"] - 1),
    "no exp": lambda m: m.sign(exp=None),
    "exp a text": lambda m: m.sign(exp=str(m.claims["exp"])),
    "exp true": lambda m: m.sign(exp=True),
    "exp a fraction": lambda m: m.sign(exp=m.claims["exp"] + 0.5),
    "not yet good": lambda m: m.sign(nbf=m.claims["iat"] + 120),
    "made in the future": lambda m: m.sign(iat=m.claims["iat"] + 120),
    "no iat": lambda m: m.sign(iat=None),
    "no nbf": lambda m: m.sign(nbf=None),
    "no jti": lambda m: m.sign(jti=None),
    "jti a number": lambda m: m.sign(jti=7),
    "no scope": lambda m: m.sign(scope=None),
    "scope a list": lambda m: m.sign(scope=["submissions:read"]),
    "no sub": lambda m: m.sign(sub=None),
    "another sub": lambda m: m.sign(sub=m.town.people.member.id),
    "no client": lambda m: m.sign(client_id=None),
    "an unknown client": lambda m: m.sign(client_id="0" * 32, sub="0" * 32),
    "a grant that is none": lambda m: m.sign(sid="0" * 32),
    "a grant that is a number": lambda m: m.sign(sid=1),
    "no generation": lambda m: m.sign(gen=None),
    "a later generation": lambda m: m.sign(gen=1),
    "an earlier generation": lambda m: m.sign(gen=-1),
    "a generation that is a text": lambda m: m.sign(gen="0"),
    "a generation that is false": lambda m: m.sign(gen=False),
    "a generation without end": lambda m: m.sign(gen=10**400),
    "a changed payload": changed_payload,
    "nested": nested,
    "the signature cut": lambda m: m.sign()[:-4],
    "the signature doubled": lambda m: m.sign() + m.sign().split(".")[2],
    "no signature": lambda m: m.sign().rpartition(".")[0] + ".",
    "a signature of zeros": lambda m: m.sign().rpartition(".")[0] + "." + b64(b"\0" * 64),
    "four parts": lambda m: m.sign() + ".x",
    "five parts": lambda _: "a.b.c.d.e",
    "RS256 with a key of its own": lambda m: jwt.encode(
        m.header | {"alg": "RS256", "kid": str(RSA.kid)}, m.claims, RSA, algorithms=["RS256"]
    ),
    "payload a list": lambda m: f"{b64(m.header)}.{b64('[]')}.AAAA",
    "payload no JSON": lambda m: f"{b64(m.header)}.{b64('x')}.AAAA",
    "header no JSON": lambda m: f"{b64('x')}.{b64(m.claims)}.AAAA",
    "header a list": lambda m: f"{b64('[]')}.{b64(m.claims)}.AAAA",
    "header deep": lambda m: f"{b64(deep(100_000))}.{b64(m.claims)}.AAAA",
    "payload deep": lambda m: f"{b64(m.header)}.{b64(deep(100_000))}.AAAA",
    "header of 8 MB": lambda m: f"{b64(m.header | {'x': 'y' * 8_000_000})}.{b64(m.claims)}.AAAA",
    "8 MB of dots": lambda _: "." * 8_000_000,
    "8 MB": lambda _: "x" * 8_000_000,
    "dots": lambda _: "...",
    "not base64": lambda _: "$$$.***.!!!",
}


RECORD: Final = "AIR-AAAAAAAAAA-2026-000001"
"""The id of no record; another form of it is no address at all."""


@pytest.fixture
def mint(town: Town) -> Mint:
    return Mint(town)


def refuse(town: Town, method: str, path: str, token: str) -> float:
    """Seconds of work until the token was refused with 401."""
    headers, body = {"Authorization": f"Bearer {token}"}, {} if method != "GET" else None
    asked = EnvironBuilder(path=path, method=method, headers=headers, json=body).get_environ()
    began = time.thread_time()  # writing down a header of megabytes is the work of whoever sends it
    answer = TestResponse(*run_wsgi_app(town.app.wsgi_app, asked, buffered=True), Request(asked))
    took = time.thread_time() - began
    assert answer.status_code == 401, (method, path, answer.status_code)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["WWW-Authenticate"].endswith(', error="invalid_token"') == bool(token.strip())
    assert token[:40] not in answer.text
    return took


def quickest(town: Town, method: str, path: str, token: str) -> float:
    """Seconds of work of the refusal, the quickest of a few only where the first took too long."""
    took = refuse(town, method, path, token)
    again = 1
    while took >= SLOWEST and again < ASKED:
        took, again = min(took, refuse(town, method, path, token)), again + 1
    return took


def test_what_is_changed_in_nothing_passes(town: Town, mint: Mint) -> None:
    assert town.mine(mint.sign()) == 200
    assert town.mine(mint.sign(aud=["https://elsewhere.example", mint.claims["aud"]])) == 200
    assert town.mine(mint.sign(nbf=mint.claims["nbf"] + 59, iat=mint.claims["iat"] + 59)) == 200


@pytest.mark.alone
def test_no_forgery_passes_anywhere_and_each_is_refused_at_once(town: Town, mint: Mint) -> None:
    document = town.http.get("/api/v1/openapi.json").json or {}
    protected = [
        (
            method.upper(),
            re.sub(r"\{\w+\}", "0" * 32, path.replace("{number}", "1").replace("{record_id}", RECORD)),
        )
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and operation.get("security")
    ]
    assert len(protected) >= 12
    assert len(FORGERIES) >= 60
    town.mine(mint.sign())
    for name, forge in FORGERIES.items():
        token = forge(mint)
        for method, path in protected:
            took = quickest(town, method, path, token)
            assert took < SLOWEST, f"{name} took {took} s at {method} {path}"
