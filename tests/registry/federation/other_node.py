"""Another node as the network shows it: a log that this test writes, signs, serves and falsifies.

It stands at the port for the network only (``remote.Getter``); entries, trees and signatures are real.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.account import Account
from registry.federation.descriptor import PATH, Mirror, describe
from registry.fetching import NO_MORE, Answer, FetchFailed, Why
from registry.ledger import telling, tree
from registry.ledger.checkpoints import Checkpoint
from registry.ledger.envelopes import Coding, Envelope, Op, Standing, parse_envelope, standing
from registry.ledger.exact import base64_of
from registry.ledger.frontier import Frontier
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import LogSigner
from registry.ledger.notes import sign_note
from registry.ledger.payload_parts import MEDIA_TYPE, packed
from registry.ledger.reading import PayloadLine
from registry.ledger.refusal import Refused
from registry.ledger.rotations import Rotated, sign_rotation
from registry.ledger.tiles import bundle, parse_path
from registry.record.node import identity_of
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType
from tests.factories import account

DAY: Final = date(2026, 11, 24)
URL: Final = "https://other.example"
NAMES: Final = ("salt", "payload")
PHRASE: Final = "A score left families out."


class Nodes:
    """The hashes of complete subtrees, in memory."""

    def __init__(self) -> None:
        self.hashes: dict[tree.Place, bytes] = {}

    def read(self, places: Sequence[tree.Place]) -> list[bytes]:
        return [self.hashes[place] for place in places]


@dataclass
class Kept:
    """A payload with its salt; None once it was erased."""

    salt: bytes
    payload: dict[str, Any] | None


class OtherNode:
    """A node with a log in memory; ``seed`` makes its key, and ``origin`` is what it calls its log.

    It gives payloads as lines, as nodes of earlier versions do; with ``by_parts`` as bytes to who asks.
    """

    def __init__(self, seed: int = 1, name: str = "Other Node", url: str = URL, *, origin: str = "") -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        public = base64.b64encode(self.private.public_key().public_bytes_raw()).decode()
        host = urlsplit(url).hostname if seed == 1 else f"n{seed}.{urlsplit(url).hostname}"
        genesis = {"created": "2026-11-01", "key": public, "origin": origin or f"{host}/air-log"}
        self.identity = identity_of(genesis)
        self.log = telling.Log(self.identity.id, "CLEAR")
        self.signer = LogSigner(self.identity.origin, self.private)
        self.name, self.url = name, url
        self.leaves: list[bytes] = []
        self.kept: dict[int, Kept] = {}
        self.records: dict[str, PublicRecord] = {}
        self.said: dict[str, tuple[Standing, Coding]] = {}
        self.turns: list[Rotated] = []
        self.note = self._signed(0)
        self.size = 0
        self.asked: list[str] = []
        self.down: Why | None = None
        self.by_parts = False
        self.witness = b""  # what its log key says of its witness
        self.given: dict[int, bytes] = {}  # payloads that are given in other bytes than RFC 8785 would
        self.mirrors: list[Mirror] = []  # copies that it says it hands on
        self.copies: dict[str, bytes] = {}  # checkpoints of those copies, by the full ids of their nodes
        self.before: dict[
            str, Callable[[], None]
        ] = {}  # what happens before a part, or the copy of a node, is served

    def publish(self, count: int = 1, *, severity: str = "serious", text: str = PHRASE) -> list[str]:
        """Create records and sign; gives their ids."""
        ids = [self.create(severity=severity, text=text) for _ in range(count)]
        self.sign()
        return ids

    def create(self, *, severity: str = "serious", text: str = PHRASE, **changes: Any) -> str:
        """One more record, not signed yet."""
        serial = len(self.records) + 1
        raw = account(title=f"Case {serial}", text=text)
        raw["classification"]["severity"] = [f"severity/{severity}"]
        raw |= changes
        record = PublicRecord(
            id=f"AIR-{self.identity.short}-2026-{serial:06d}",
            type=RecordType.REPORT,
            state=RecordState.PUBLISHED,
            revision=1,
            published=DAY,
            modified=DAY,
            taxonomy_version="0.2.0",
            provenance=Provenance(Origin.OWN, "own", licence="CC BY 4.0", contributor="a relief programme"),
            account=Account.from_json(raw),
        )
        self.tell(record, None)
        return record.id

    def change(self, record_id: str, state: RecordState = RecordState.REVISED, *, text: str = "") -> None:
        """The next revision of a record, not signed yet."""
        old = self.records[record_id]
        body = replace(old.account, text=text) if text else old.account
        self.tell(replace(old, state=state, revision=old.revision + 1, account=body), old.state.value)

    def tell(self, record: PublicRecord, state_before: str | None, **payload: Any) -> None:
        """Log a revision; ``payload`` replaces parts of what is told."""
        told = {**record.to_json(), **payload}
        salt = hashlib.sha256(f"{record.id}{record.revision}".encode()).digest()
        commitment = hashlib.sha256(salt + rfc8785.dumps(told)).hexdigest()
        revision = telling.Revision(record.revision, told, commitment, state_before)
        before = self.said[record.id][0] if record.id in self.said else None
        envelope = telling.told(self.log, revision, before)
        self.kept[len(self.leaves)] = Kept(salt, told)
        self.records[record.id] = record
        self.add(envelope.to_bytes())

    def erase(self, record_id: str) -> None:
        """Erase a record: its payloads are gone, the log says so; not signed yet."""
        for index, leaf in enumerate(self.leaves):
            if index in self.kept and parse_envelope(leaf).id == record_id:
                self.kept[index].payload = None
        self.add(telling.erased(self.log, record_id, "report", DAY, self.said[record_id]).to_bytes())

    def turn(self, seed: int, *, vouched: bool = True) -> None:
        """Change the key of the log, signed by both; or by a key that nobody knows in the old one's place."""
        old = self.signer
        if not vouched:
            old = LogSigner(old.name, Ed25519PrivateKey.from_private_bytes(bytes([99]) * 32))
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        new = LogSigner(self.signer.name, self.private)
        salt, payload = bytes([seed]) * 32, sign_rotation(self.identity.id, old, new)
        made = Rotated(len(self.leaves), salt, payload, b"")
        before = [leaf_hash(self.leaves[one.index]).hex() for one in self.turns][-1:]
        envelope = Envelope(
            op=Op.KEY_ROTATE,
            id=self.identity.id,
            revision=len(self.turns) + 1,
            previous=before[0] if before else None,
            home=self.identity.id,
            tlp="CLEAR",
            kind="node",
            schema=1,
            tax=Coding("0.2.0"),
            commitment=made.commitment,
            size=len(payload),
            day=DAY.isoformat(),
        )
        self.leaves.append(envelope.to_bytes())
        both = [self.signer, new]
        self.turns.append(replace(made, checkpoint=self._signed(len(self.leaves), both)))
        self.signer = new
        self.size, self.note = len(self.leaves), self.turns[-1].checkpoint

    def add(self, leaf: bytes) -> None:
        """Any leaf at all."""
        self.leaves.append(leaf)
        try:
            envelope = parse_envelope(leaf)
        except Refused:  # a leaf that nobody can read, on purpose
            return
        self.said[envelope.id] = standing(envelope, leaf), envelope.tax

    def sign(self, size: int | None = None) -> None:
        """Sign what the log is, or was with ``size`` entries."""
        self.size = len(self.leaves) if size is None else size
        self.note = self._signed(self.size)

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        """The document at an address, as ``Fetcher.get`` gives it."""
        assert limit > 0
        assert seconds > 0
        self.asked.append(url)
        if self.down is not None:
            raise FetchFailed(self.down)
        parts = urlsplit(url)
        query = {name: int(values[0]) for name, values in parse_qs(parts.query).items()}
        body, media_type = self.served(parts.path, query), "application/octet-stream"
        if self.by_parts and MEDIA_TYPE in headers.get("Accept", ""):
            body, media_type = packed(self._parts(body)), MEDIA_TYPE
        if len(body) > limit:
            raise FetchFailed(Why.LARGE)
        own = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return Answer(304 if own == tag else 200, media_type, b"" if own == tag else body, own)

    def served(self, path: str, query: dict[str, int]) -> bytes:
        """The bytes at a path; raises ``FetchFailed`` where there is nothing."""
        if path == PATH:
            told = describe(self.identity, self.name, self.url, ["0.2.0"], self.mirrors, self.size)
            told["log"]["vkey"] = self.signer.key.vkey
            told["rotations"] = [one.note.decode() for one in self.turns]
            if self.witness:
                told["witness"] = {"statement": self.witness.decode()}
            return json.dumps(told).encode()
        self.before.get(path.removeprefix("/mirror/").removesuffix("/checkpoint"), lambda: None)()
        notes = {"/ledger/checkpoint": self.note}
        notes |= {f"/mirror/{one}/checkpoint": note for one, note in self.copies.items()}
        if path in notes:
            return notes[path]
        if path.startswith("/mirror/"):
            raise FetchFailed(Why.STATUS, 404)
        name = path.removeprefix("/ledger/")
        if name == "rotations":
            return json.dumps({"items": [one.to_json() for one in self.turns], "next": None}).encode()
        if name == "consistency":
            path_ = tree.consistency_path(self.nodes(), query["from"], query["to"])
            return json.dumps({"hashes": [base64.b64encode(one).decode() for one in path_]}).encode()
        self.before.get(name, lambda: None)()
        if name == "payloads":
            return b"".join(self._line(index) for index in range(query["from"], query["to"]))
        tile = parse_path(name)
        return bundle(self.leaves[tile.first : tile.first + tile.width])

    def _parts(self, lines: bytes) -> list[PayloadLine]:
        """What these lines say."""
        told = [json.loads(line) for line in lines.splitlines()]
        return [
            PayloadLine(
                one["index"], one["commitment"], *(base64.b64decode(one.get(name, "")) for name in NAMES)
            )
            for one in told
        ]

    def _line(self, index: int) -> bytes:
        kept, commitment = self.kept.get(index), parse_envelope(self.leaves[index]).commitment
        if kept is None:
            return json.dumps({"index": index, "commitment": commitment, "erased": False}).encode() + b"\n"
        line: dict[str, Any] = {"index": index, "commitment": commitment}
        if kept.payload is None:
            return json.dumps(line | {"erased": True}).encode() + b"\n"
        told = {"salt": kept.salt, "payload": self.given.get(index) or rfc8785.dumps(kept.payload)}
        return json.dumps(line | {name: base64_of(raw) for name, raw in told.items()}).encode() + b"\n"

    def nodes(self) -> Nodes:
        """The tree of all leaves."""
        nodes, edge = Nodes(), Frontier()
        for leaf in self.leaves:
            nodes.hashes |= {(level, index): value for level, index, value in edge.append(leaf_hash(leaf))}
        return nodes

    def _signed(self, size: int, signers: Sequence[LogSigner] = ()) -> bytes:
        edge = Frontier()
        for leaf in self.leaves[:size]:
            edge.append(leaf_hash(leaf))
        text = Checkpoint(self.identity.origin, size, edge.root()).text
        return sign_note(text, signers or [self.signer])
