"""Requests that say which node asks: signed with the key of its log (RFC 9421), recognized by its peers.

Covered are method and whole address; ``keyid`` is the full id of the node that asks. A signature is
good for five minutes, and as long again by clocks that differ. Each has a nonce: where all may read, asking
twice does no harm and none is kept; where only partners may, each counts once (section 7.2.2).

The log's own key signs: what it signs here begins with a quotation mark, and no note of a log can
(C2SP signed-note: its first line is the name of a key), so that neither can be taken for the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.algorithms import ED25519

from registry.ledger.refusal import Refused

TAG: Final = "incident-commons"
"""What these signatures are for: one for another purpose does not count."""
COVERED: Final = ("@method", "@target-uri")
FRESH: Final = timedelta(minutes=5)
LIFETIME: Final = 2 * FRESH
"""How long after it was made a signature may be believed somewhere: its age, and what clocks differ by."""
NONCE_BYTES: Final = 16
WANTED: Final = f'node=("@method" "@target-uri");created;keyid;alg="ed25519";tag="{TAG}"'
"""The field ``Accept-Signature`` of who wants to know (RFC 9421 section 5.1)."""
FIELDS: Final = ("Signature-Input", "Signature")
FIELD_MAX: Final = 1000
"""Characters of either field."""


@dataclass(slots=True)
class Asked:
    """A request as far as it is signed."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request that is signed well says: which node asks, and by what this one request is known.

    ``nonce`` is empty where it has none, ``ends`` when nobody believes it any more.
    """

    node_id: str
    nonce: str
    ends: datetime


class _Own(HTTPSignatureKeyResolver):
    """Gives the key of this node."""

    def __init__(self, node_id: str, private: Ed25519PrivateKey) -> None:
        self._keys = {node_id: private}

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        """The key under this node's id; there is no other."""
        return self._keys[key_id]


class _Known(HTTPSignatureKeyResolver):
    """Looks keys up by node, and remembers whose was asked for."""

    def __init__(self, key_of: Callable[[str], bytes | None]) -> None:
        self._key_of, self.asked = key_of, ""

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The key of a node, if it is known."""
        public = self._key_of(key_id)
        if public is None:
            return None
        self.asked = key_id
        return Ed25519PublicKey.from_public_bytes(public)


class _Verifier(HTTPMessageVerifier):
    """Forgives clocks that are five minutes apart."""

    max_clock_skew = FRESH


def sign(private: Ed25519PrivateKey, node_id: str, method: str, url: str, now: datetime) -> dict[str, str]:
    """The two header fields that say, for this address, that the node asks."""
    asked = Asked(method, url)
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Own(node_id, private))
    signer.sign(
        asked,
        key_id=node_id,
        created=now,
        label="node",
        nonce=secrets.token_urlsafe(NONCE_BYTES),
        tag=TAG,
        covered_component_ids=COVERED,
    )
    return asked.headers


def recognized(
    method: str, url: str, headers: Mapping[str, str], key_of: Callable[[str], bytes | None]
) -> Signed:
    """Which node signed this request; raises ``Refused``.

    ``key_of`` gives the public key of a node (32 bytes), or None for one that is not known.
    """
    told = {name: headers[name] for name in FIELDS if headers.get(name)}
    if len(told) < len(FIELDS):
        raise Refused("request-unsigned", "The request is not signed.")
    if any(len(value) > FIELD_MAX for value in told.values()):
        raise Refused("request-malformed", "The signature of the request is too long.")
    known = _Known(key_of)
    try:
        found = _Verifier(signature_algorithm=ED25519, key_resolver=known).verify(
            Asked(method, url, told), max_age=FRESH, expect_tag=TAG, require_components=COVERED
        )
    except InvalidSignature as error:
        raise Refused("request-refused", "The signature of the request does not hold.") from error
    made = datetime.fromtimestamp(int(found[-1].parameters["created"]), UTC)
    return Signed(known.asked, found[-1].nonce or "", made + LIFETIME)
