"""The keys of a provider, and whether one of them signed a token (RFC 7515, 7517; RFC 8725)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from registry.identity.providers.rules import ALGORITHMS, ProviderTrouble, Trouble

KEYS_MAX: Final = 30
TOKEN_MAX: Final = 16_000
"""Characters of an ID token that are looked at."""
_RSA_MIN: Final = 342
"""Characters of a modulus of 2048 bits in base64url."""
_KINDS: Final[dict[str, type[RSAKey | ECKey | OKPKey]]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_KIND_OF: Final = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "Ed25519": "OKP", "EdDSA": "OKP"}


class _Ours(JWSRegistry):
    """Our algorithms; the library warns of the name EdDSA, which providers still use for Ed25519."""

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name] if name == "EdDSA" else super().get_alg(name)


def usable(found: object) -> list[Key]:
    """The public signing keys of a set, without those that are broken, weak or for something else."""
    some = found[:KEYS_MAX] if isinstance(found, list) else []
    return [key for raw in some if isinstance(raw, dict) and (key := _key(raw)) is not None]


def named(token: str) -> str | None:
    """The name of the key that signed a token, not yet believed.

    Raises ``ProviderTrouble`` for what is no token of an algorithm of ours.
    """
    kid = _header(token).get("kid")
    return kid if isinstance(kid, str) else None


def verified(token: str, keys: Sequence[Key]) -> dict[str, Any]:
    """The claims of a token that one of the keys signed; raises ``ProviderTrouble``."""
    header = _header(token)
    for key in keys:
        if key.key_type != _KIND_OF[header["alg"]] or header.get("kid", key.kid) != key.kid:
            continue
        try:
            return dict(jwt.decode(token, key, registry=_Ours(algorithms=list(ALGORITHMS))).claims)
        except BadSignatureError:
            continue
        except (JoseError, ValueError, TypeError, RecursionError):
            break
    raise ProviderTrouble(Trouble.TOKEN)


def _header(token: str) -> dict[str, Any]:
    first, header = token.partition(".")[0], None
    if len(token) <= TOKEN_MAX and token.isascii():
        with suppress(ValueError, RecursionError):
            header = json.loads(urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    if not isinstance(header, dict) or header.get("alg") not in ALGORITHMS:
        raise ProviderTrouble(Trouble.TOKEN)
    return header


def _key(raw: dict[str, Any]) -> Key | None:
    kind = raw.get("kty")
    if not isinstance(kind, str) or kind not in _KINDS or raw.get("use", "sig") != "sig":
        return None
    if raw.get("alg", "RS256") not in ALGORITHMS or not isinstance(raw.get("kid", ""), str):
        return None
    if kind == "RSA" and len(str(raw.get("n"))) < _RSA_MIN:
        return None
    try:
        return _KINDS[kind].import_key(raw)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
