"""Keys of programs: which are taken, and that no other gets in."""

from __future__ import annotations

from typing import Any

import pytest
from joserfc.jwk import ECKey, OKPKey

from registry.errors import Invalid
from registry.identity.oauth.program_keys import good_key, good_keys
from registry.identity.oauth.registering import check
from registry.identity.oauth.rules import Way
from tests.registry.identity.oauth.odd_keys import EC, ODD_KEYS, RSA

GOOD = {
    "EC on P-256": EC,
    "RSA of 2048 bits": RSA,
    "Ed25519": OKPKey.generate_key("Ed25519").as_dict(private=False),
    "with a name and a use": EC | {"kid": "a", "use": "sig", "alg": "ES256"},
}


def register(key: Any) -> None:
    way = Way("private_key_jwt", jwks={"keys": [EC, key]})
    check("A program", ["submissions:read"], ["submissions:read"], way)


@pytest.mark.parametrize("name", list(GOOD))
def test_what_can_check_a_signature_is_taken(name: str) -> None:
    register(GOOD[name])
    assert good_key(GOOD[name]) is not None


@pytest.mark.parametrize("name", list(ODD_KEYS))
def test_every_other_key_is_refused_by_its_number(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        register(ODD_KEYS[name])
    (problem,) = refused.value.problems
    assert problem.pointer in ("/jwks", "/jwks/keys/1")
    assert good_keys({"keys": [ODD_KEYS[name]]}) == []
    assert len(good_keys({"keys": [ODD_KEYS[name], EC]})) == 1


@pytest.mark.parametrize("stored", [{}, {"keys": None}, {"keys": {"kty": "EC"}}, {"keys": "EC"}])
def test_a_stored_set_of_another_shape_has_no_good_key(stored: dict[str, Any]) -> None:
    assert good_keys(stored) == []


def test_private_keys_are_told_from_public_ones() -> None:
    assert good_key(ECKey.generate_key("P-256").as_dict(private=True)) is None
