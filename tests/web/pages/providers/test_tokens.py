"""ID tokens that must not be believed, and those that just may be."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from tests.web.pages.providers.conftest import Street, come_back, leave, refused
from tests.web.pages.providers.fake import CLIENT, FakeProvider

WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "n" * 43},
    "no nonce": {"nonce": None},
    "a nonce that is a list": {"nonce": ["n"]},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another-program"},
    "another audience among several": {"aud": [CLIENT, "another-program"]},
    "an authorized party that is not us": {"azp": "another-program"},
    "no audience": {"aud": None},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject of 256 characters": {"sub": "a" * 256},
    "a subject that is a number": {"sub": 1},
    "a subject with a zero byte": {"sub": "a-1\x00"},
    "no end": {"exp": None},
    "an end in words": {"exp": "tomorrow"},
    "an end that is true": {"exp": True},
    "an end beyond all numbers": {"exp": 10**400},
    "no beginning": {"iat": None},
    "a beginning in words": {"nbf": "now"},
}
WRONG_TIMES: dict[str, dict[str, int]] = {
    "expired": {"exp": -61},
    "made in the future": {"iat": 61, "exp": 400},
    "not good yet": {"nbf": 61},
    "made before we asked": {"iat": -61},
}


def test_a_token_that_says_something_else(linked: Street) -> None:
    for name, changes in WRONG_CLAIMS.items():
        visitor = linked.visitor()
        linked.provider.claim = partial(changed, changes)
        refused(visitor, linked.provider.authorize(leave(visitor, linked.key)), "could not be verified", name)


def test_a_token_of_another_time(linked: Street) -> None:
    now = int(linked.town.clock().timestamp())
    for name, seconds in WRONG_TIMES.items():
        visitor = linked.visitor()
        linked.provider.claim = partial(changed, {claim: now + later for claim, later in seconds.items()})
        refused(visitor, linked.provider.authorize(leave(visitor, linked.key)), "clocks", name)


def changed(changes: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (told | changes).items() if value is not None}


def test_a_provider_whose_clock_is_off(linked: Street) -> None:
    """A minute is forgiven, more is not."""
    for seconds in (-86_400, -900, -300, -60, -1, 0, 1, 60, 300, 900, 86_400):
        visitor = linked.visitor()
        linked.provider.claim = partial(shifted, seconds)
        back = linked.provider.authorize(leave(visitor, linked.key))
        if abs(seconds) > 60:
            refused(visitor, back, "clocks", str(seconds))
        else:
            assert come_back(visitor, back).status_code == 303


def shifted(seconds: int, told: dict[str, Any]) -> dict[str, Any]:
    return told | {"iat": told["iat"] + seconds, "exp": told["exp"] + seconds}


def encoded(part: object) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def with_the_public_key_as_secret(provider: FakeProvider, told: dict[str, Any]) -> str:
    public = json.dumps(provider.key.as_dict(private=False)).encode()
    signed = f"{encoded({'alg': 'HS256'})}.{encoded(told)}"
    return f"{signed}.{encoded(hmac.new(public, signed.encode(), hashlib.sha256).digest())}"


def changed_afterwards(provider: FakeProvider, told: dict[str, Any]) -> str:
    head, _, mac = good(provider, told).split(".")
    return f"{head}.{encoded(told | {'sub': 'a-1', 'x': 1})}.{mac}"


def with_a_header_nobody_understands(provider: FakeProvider, told: dict[str, Any]) -> str:
    """Rightly signed, header and all: ``crit`` names what we do not know (RFC 7515 section 4.1.11)."""
    signed = f"{encoded(named(provider) | {'crit': ['x'], 'x': 1})}.{encoded(told)}"
    mac = provider.key.private_key.sign(signed.encode(), ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(mac)
    return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def named(provider: FakeProvider) -> dict[str, Any]:
    return {"alg": "ES256", "kid": provider.key.kid}


def good(provider: FakeProvider, told: dict[str, Any]) -> str:
    return jwt.encode(named(provider), told, provider.key)


OTHER, RSA = ECKey.generate_key("P-256"), RSAKey.generate_key(2048)
FORGED: dict[str, Callable[[FakeProvider, dict[str, Any]], str]] = {
    "signed by nobody": lambda _, told: f"{encoded({'alg': 'none'})}.{encoded(told)}.",
    "signed with the public key as a secret": with_the_public_key_as_secret,
    "signed with a shared secret": lambda _, told: jwt.encode(
        {"alg": "HS256"}, told, OctKey.import_key("k" * 32)
    ),
    "signed by a key that it brings along": lambda provider, told: jwt.encode(
        named(provider) | {"jwk": OTHER.as_dict(private=False)}, told, OTHER
    ),
    "signed by a key that is not of that name": lambda provider, told: jwt.encode(
        named(provider), told, OTHER
    ),
    "signed by an unknown key without a name": lambda _, told: jwt.encode({"alg": "ES256"}, told, OTHER),
    "signed by a key of an unknown name": lambda _, told: jwt.encode(
        {"alg": "ES256", "kid": "unknown"}, told, OTHER
    ),
    "signed by another kind of key": lambda provider, told: jwt.encode(
        named(provider) | {"alg": "RS256"}, told, RSA
    ),
    "changed afterwards": changed_afterwards,
    "with a header that nobody understands": with_a_header_nobody_understands,
    "with a name that is a number": lambda provider, told: (
        f"{encoded(named(provider) | {'kid': 1})}.{encoded(told)}.{encoded(b'x' * 64)}"
    ),
    "with a header that is a list": lambda _, told: f"{encoded([])}.{encoded(told)}.{encoded(b'x' * 64)}",
    "with a header that is very deep": lambda _, told: f"{encoded(b'[' * 9000)}.{encoded(told)}.x",
    "empty": lambda _, __: "",
    "no token": lambda _, __: "x.y.z",
    "of five parts": lambda _, __: "a.b.c.d.e",
    "too long": lambda provider, told: good(provider, told | {"x": "x" * 20_000}),
    "about a list": lambda provider, _: f"{encoded(named(provider))}.{encoded([])}.{encoded(b'x' * 64)}",
}


def test_a_token_that_is_not_signed_as_it_should_be(linked: Street) -> None:
    provider = linked.provider
    real = provider.id_token
    for name, forge in FORGED.items():
        provider.id_token = partial(forged, real, forge, provider)  # type: ignore[method-assign] # it misbehaves
        visitor = linked.visitor()
        refused(visitor, provider.authorize(leave(visitor, linked.key)), "could not be verified", name)


def forged(
    real: Callable[[dict[str, str]], str],
    forge: Callable[[FakeProvider, dict[str, Any]], str],
    provider: FakeProvider,
    asked: dict[str, str],
) -> str:
    body = real(asked).split(".")[1]
    return forge(provider, json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))


def test_keys_of_every_kind_we_take(linked: Street) -> None:
    """RS256, PS256, Ed25519 under both its names; with and without the names of keys."""
    provider, okp = linked.provider, OKPKey.generate_key("Ed25519")
    for alg, key in (("RS256", RSA), ("PS256", RSA), ("EdDSA", okp), ("Ed25519", okp), ("ES256", OTHER)):
        for kid in (None, f"key of {alg}"):
            public = key.as_dict(private=False) | ({"kid": kid} if kid else {})
            provider.published = [OTHER.as_dict(private=False), public]
            linked.town.clock.forward(minutes=61)  # the keys are asked for anew
            sign = partial(signed_by, key, {"alg": alg} | ({"kid": kid} if kid else {}))
            provider.id_token = partial(forged, FakeProvider.id_token.__get__(provider), sign, provider)  # type: ignore[method-assign] # other keys
            visitor = linked.visitor()
            answer = come_back(visitor, provider.authorize(leave(visitor, linked.key)))
            assert answer.status_code == 303, (alg, kid)


def signed_by(key: Any, header: dict[str, Any], _provider: FakeProvider, told: dict[str, Any]) -> str:
    if header["alg"] == "EdDSA":  # the library warns when asked for that name
        signed = f"{encoded(header)}.{encoded(told)}"
        return f"{signed}.{encoded(key.private_key.sign(signed.encode()))}"
    return jwt.encode(header, told, key, algorithms=[header["alg"]])
