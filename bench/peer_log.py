"""Another node's log, made in memory for measuring: real entries, payloads, proofs and signatures.

It stands at the way out to the network (``remote.Getter``), so that what is measured is the reader's
work. What it gives out is made beforehand, as a node with static files would have it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import parse_qs, urlsplit

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.ledger import Levels
from registry.account import Account
from registry.federation.descriptor import PATH, describe
from registry.federation.remote import PAYLOADS_AT_ONCE
from registry.fetching import NO_MORE, Answer
from registry.ledger import telling, tree
from registry.ledger.checkpoints import Checkpoint, sign_checkpoint
from registry.ledger.exact import base64_of
from registry.ledger.keys import LogSigner
from registry.ledger.payload_parts import MEDIA_TYPE, packed
from registry.ledger.reading import PayloadLine
from registry.ledger.tiles import Tile, bundle, parse_path, tiles_at
from registry.record.node import identity_of
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType
from tests.factories import account

DAY: Final = date(2026, 11, 24)
URL: Final = "https://peer.example"
TEXT: Final = 990
"""Characters of an account's text with which the canonical form of its record has 2 KB."""
FILLER: Final = "A score left families out, and nobody could say why it had. "


class PeerLog:
    """A log of ``older`` entries that nobody reads again, to which records are added."""

    def __init__(self, older: int = 0) -> None:
        private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        public = base64_of(private.public_key().public_bytes_raw())
        self.identity = identity_of(
            {"created": "2026-11-01", "key": public, "origin": "peer.example/air-log"}
        )
        self._log = telling.Log(self.identity.id, "CLEAR")
        self._signer = LogSigner(self.identity.origin, private)
        self.levels = Levels()
        self.leaves: list[bytes] = []
        self._parts: dict[int, PayloadLine] = {}
        self._ready: dict[str, bytes] = {}
        self._raw = account(text=FILLER * 20)
        self.asked = self.given = 0
        for number in range(older):
            self._add(b"%0350d" % number)
        self.sign()

    @property
    def size(self) -> int:
        """Entries of the log."""
        return len(self.leaves)

    def publish(self, count: int) -> None:
        """Add so many records of 2 KB each, and sign."""
        start = len(self.leaves)
        for number in range(start, start + count):
            self._publish(number)
        self.sign()

    def sign(self) -> None:
        """Sign the log as it is; what is asked for from now on is made ready."""
        edge = self.levels.edge
        note = sign_checkpoint(Checkpoint(self.identity.origin, edge.size, edge.root()), self._signer)
        self.note, self._ready = note, {"checkpoint": note}

    def make_ready(self, start: int) -> None:
        """Make the bundles and the ranges of payloads from entry ``start`` on beforehand."""
        for tile in tiles_at(None, self.size, start):
            self._ready[tile.path] = self._bundle(tile)
        at = start
        while at < self.size:
            after = min(at + PAYLOADS_AT_ONCE, self.size)
            self._ready[f"payloads?from={at}&to={after}"] = self._payloads(at, after)
            at = after

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        """The document at an address, as ``Fetcher.get`` gives it."""
        assert limit > 0
        assert seconds > 0
        body = self._served(url.removeprefix(URL))
        self.asked, self.given = self.asked + 1, self.given + len(body)
        own = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        media_type = MEDIA_TYPE if MEDIA_TYPE in headers.get("Accept", "") else "application/octet-stream"
        return Answer(304 if own == tag else 200, media_type, b"" if own == tag else body, own)

    def _served(self, target: str) -> bytes:
        if target == PATH:
            return json.dumps(describe(self.identity, "Peer", URL, ["0.2.0"], [], self.size)).encode()
        name = target.removeprefix("/ledger/")
        if name in self._ready:
            return self._ready[name]
        parts = urlsplit(name)
        if parts.path.startswith("tile/"):
            return self._bundle(parse_path(parts.path))
        query = {key: int(values[0]) for key, values in parse_qs(parts.query).items()}
        if parts.path == "payloads":
            return self._payloads(query["from"], query["to"])
        path = tree.consistency_path(self.levels, query["from"], query["to"])
        return json.dumps({"hashes": [base64_of(one) for one in path]}).encode()

    def _bundle(self, tile: Tile) -> bytes:
        return bundle(self.leaves[tile.first : tile.first + tile.width])

    def _payloads(self, start: int, end: int) -> bytes:
        return packed(self._parts[index] for index in range(start, end))

    def _publish(self, number: int) -> None:
        told = self._record(number).to_json()
        raw = rfc8785.dumps(told)
        salt = hashlib.sha256(b"salt%d" % number).digest()
        commitment = hashlib.sha256(salt + raw).hexdigest()
        envelope = telling.told(self._log, telling.Revision(1, told, commitment, None), None)
        self._parts[number] = PayloadLine(number, commitment, salt, raw)
        self._add(envelope.to_bytes())

    def _record(self, number: int) -> PublicRecord:
        body = Account.from_json(self._raw | {"title": f"Case {number:07d}", "text": self._text(number)})
        return PublicRecord(
            id=f"AIR-{self.identity.short}-2026-{number + 1:06d}",
            type=RecordType.REPORT,
            state=RecordState.PUBLISHED,
            revision=1,
            published=DAY,
            modified=DAY,
            taxonomy_version="0.2.0",
            provenance=Provenance(Origin.OWN, "own", licence="CC BY 4.0", contributor="a relief programme"),
            account=body,
        )

    def _text(self, number: int) -> str:
        """Of such a length that a payload has 2 KB, and another one in each record."""
        return f"{number:07d} " + (FILLER * 20)[:TEXT]

    def _add(self, leaf: bytes) -> None:
        self.leaves.append(leaf)
        self.levels.add(leaf)
