"""Keys that no program can show who it is with: broken, weak, private, or for something else."""

from __future__ import annotations

import base64
import warnings
from typing import Any

from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

EC = ECKey.generate_key("P-256").as_dict(private=False)
RSA = RSAKey.generate_key(2048).as_dict(private=False)


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _small_rsa() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it is small is what it is here for
        return dict(RSAKey.generate_key(1024).as_dict(private=False))


_X, _Y = str(EC["x"]), str(EC["y"])
ODD_KEYS: dict[str, Any] = {
    "nothing but a kind": {"kty": "EC"},
    "no kind": {"crv": "P-256", "x": _X, "y": _Y},
    "an unknown kind": {"kty": "AKP", "pub": _X},
    "a point that is not on its curve": EC | {"y": _X},
    "a point of zeros": EC | {"x": "A" * 43, "y": "A" * 43},
    "an unknown curve": EC | {"crv": "P-255"},
    "a curve that signs nothing here": ECKey.generate_key("P-384").as_dict(private=False),
    "another curve named": EC | {"crv": "secp256k1"},
    "a curve that is a number": EC | {"crv": 256},
    "half a point": {"kty": "EC", "crv": "P-256", "x": _X},
    "coordinates that are numbers": EC | {"x": 1, "y": 2},
    "coordinates that are no base64": EC | {"x": "*" * 43},
    "coordinates that are no ASCII": EC | {"x": "é" * 43},
    "a private EC key": ECKey.generate_key("P-256").as_dict(private=True),
    "a private RSA key": RSAKey.generate_key(2048).as_dict(private=True),
    "a prime of a private key": RSA | {"p": "AQAB"},
    "a private OKP key": OKPKey.generate_key("Ed25519").as_dict(private=True),
    "a secret": OctKey.generate_key(256).as_dict(),
    "RSA of 1024 bits": _small_rsa(),
    "RSA of three bytes": {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
    "RSA without a modulus": {"kty": "RSA", "e": "AQAB"},
    "RSA with a modulus of zeros": RSA | {"n": "A" * 342},
    "RSA with an even exponent": RSA | {"e": _number(4)},
    "RSA with the exponent one": RSA | {"e": _number(1)},
    "RSA with an exponent without end": RSA | {"e": RSA["n"][:-4]},
    "RSA of 8,193 bits and more": RSA | {"n": _number(2**8_193 + 1)},
    "RSA of a megabyte": RSA | {"n": "_" * 1_000_000},
    "a key that agrees, and signs nothing": OKPKey.generate_key("X25519").as_dict(private=False),
    "an OKP key that is too short": {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
    "a key for encryption": EC | {"use": "enc"},
    "a name that is a number": EC | {"kid": 7},
    "no object": "EC",
    "nothing": None,
}
"""What is odd about it → the key."""
