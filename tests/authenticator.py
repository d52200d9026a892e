"""An authenticator in software: makes a passkey and shows it, honestly or as a test wants it (WebAuthn 3)."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Authenticator:
    """One passkey on one device; ``count`` is its signature counter, 0 for one that keeps none."""

    origin: str
    verifies: bool = True
    count: int = 0
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: str | None = None

    @property
    def name(self) -> str:
        """The credential's id as it travels."""
        return bytes_to_base64url(self.id)

    def create(self, options: str, fmt: str = "none", **said: Any) -> str:
        """The answer to a request for a new passkey; ``said`` changes what the browser says of itself."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        data = self._data(asked["rp"]["id"], ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big")
        attested = {"fmt": fmt, "authData": data + self.id + self._cose(), "attStmt": {}}
        client = self._client("webauthn.create", asked["challenge"], said)
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(attested))

    def get(self, options: str, **said: Any) -> str:
        """The answer to a request to show the passkey."""
        asked = json.loads(options)
        self.count += 1 if self.count else 0
        data = self._data(asked["rpId"], 0)
        client = self._client("webauthn.get", asked["challenge"], said)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        handle = base64url_to_bytes(self.handle or "")
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=handle
        )

    def _data(self, party: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _cose(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _client(self, kind: str, challenge: str, said: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told | said).encode()

    def _answer(self, **response: bytes) -> str:
        parts = {key: bytes_to_base64url(value) for key, value in response.items()}
        return json.dumps({"id": self.name, "rawId": self.name, "type": "public-key", "response": parts})
