"""Checking a whole log: everything that can be wrong is found, and said in one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from registry.ledger.book import TemporaryBook
from registry.ledger.checkpoints import Checkpoint, sign_checkpoint
from registry.ledger.envelopes import Coding, Envelope, Op
from registry.ledger.frontier import Frontier
from registry.ledger.hashing import leaf_hash
from registry.ledger.reading import PayloadLine
from registry.ledger.refusal import Refused
from registry.ledger.tiles import BITS, Tile, bundle, join, tiles_of
from registry.ledger.verifying import Whole, verify
from tests.registry.ledger.vectors import ORIGIN, SIGNER

HOME = "K7Q2M4XDNB" + "A" * 42
SALT = bytes(32)


@dataclass
class Log:
    """A log in memory, entry by entry, with whatever a test changes about it."""

    edge: Frontier = field(default_factory=Frontier)
    leaves: list[bytes] = field(default_factory=list)
    rows: dict[int, list[bytes]] = field(default_factory=dict)
    last: dict[str, tuple[Envelope, str]] = field(default_factory=dict)
    lines: dict[int, PayloadLine] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    note: bytes = b""
    with_payloads: bool = True
    told: list[tuple[int, int]] = field(default_factory=list)

    def say(self, op: Op, serial: int, **changes: Any) -> None:
        record_id = f"AIR-{HOME[:10]}-2026-{serial:06d}"
        before = self.last.get(record_id)
        payload = f'{{"payload":{len(self.leaves)}}}'.encode()
        bare = op is Op.ERASE
        envelope = Envelope(
            op=op,
            id=record_id,
            revision=before[0].revision + 1 if before else 1,
            previous=before[1] if before else None,
            home=HOME,
            tlp="CLEAR",
            kind="report",
            schema=1,
            tax=Coding("0.2.0"),
            commitment=None if bare else hashlib.sha256(SALT + payload).hexdigest(),
            size=0 if bare else len(payload),
            day="2026-11-24",
        )
        envelope = replace(envelope, **changes)
        self.add(envelope.to_bytes())
        self.last[record_id] = envelope, leaf_hash(self.leaves[-1]).hex()
        index = len(self.leaves) - 1
        line = PayloadLine(index, envelope.commitment, SALT, payload)
        self.lines[index] = replace(line, salt=None, payload=None) if bare else line

    def add(self, leaf: bytes) -> None:
        self.leaves.append(leaf)
        for level, _, value in self.edge.append(leaf_hash(leaf)):
            if level % BITS == 0:
                self.rows.setdefault(level // BITS, []).append(value)

    def forget(self, index: int) -> None:
        self.lines[index] = replace(self.lines[index], salt=None, payload=None)

    def sign(self, root: bytes | None = None) -> None:
        point = Checkpoint(ORIGIN, len(self.leaves), root or self.edge.root())
        self.note = sign_checkpoint(point, SIGNER)
        for tile in tiles_of(len(self.leaves)):
            part = slice(tile.first, tile.first + tile.width)
            whole = bundle(self.leaves[part]) if tile.level is None else join(self.rows[tile.level][part])
            self.files.setdefault(tile.path, whole)

    def checkpoint(self) -> bytes:
        return self.note

    def tile(self, tile: Tile) -> bytes:
        return self.files[tile.path]

    def payloads(self, first: int, after: int) -> Iterator[PayloadLine] | None:
        """One to three at a time, as a server may choose."""
        if not self.with_payloads:
            return None
        return iter(
            [self.lines[index] for index in range(first, min(after, first + 3)) if index in self.lines]
        )

    def verified(self) -> Whole:
        with closing(TemporaryBook()) as book:
            return verify(self, SIGNER.key, book, lambda done, total: self.told.append((done, total)))


def made(count: int = 5) -> Log:
    """Some records; the first was revised, retracted and reinstated, the second erased."""
    log = Log()
    for serial in range(1, count + 1):
        log.say(Op.CREATE, serial)
    for op in (Op.REVISE, Op.RETRACT, Op.REINSTATE):
        log.say(op, 1)
    log.say(Op.ERASE, 2)
    log.forget(1)
    return log


def refusal(log: Log) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        log.verified()
    return refused.value.reason, refused.value.text


@pytest.mark.parametrize("count", [2, 251, 252, 253, 600])
def test_a_whole_log_is_whole(count: int) -> None:
    log = made(count)
    log.sign()
    found = log.verified()
    assert (found.checkpoint.size, found.payloads, found.erased) == (count + 4, count + 2, 1)
    assert log.told[-1] == (count + 4, count + 4)
    log.with_payloads = False
    assert log.verified().payloads is None


def test_an_empty_log_is_whole() -> None:
    log = Log()
    log.sign()
    assert log.verified().checkpoint.size == 0


def change_note(log: Log) -> None:
    log.sign()
    log.note = log.note.replace(b"\n9\n", b"\n8\n")


def change_root(log: Log) -> None:
    log.sign(root=bytes(32))


def change_entry(log: Log) -> None:
    log.sign()
    raw = log.files["tile/entries/000.p/9"]
    log.files["tile/entries/000.p/9"] = raw.replace(b"2026-11-24", b"2026-11-25", 1)


def change_tile(log: Log) -> None:
    log.files["tile/0/000.p/9"] = bytes(32) + join(log.rows[0][1:])
    log.sign()


def cut_tile(log: Log) -> None:
    log.files["tile/0/000.p/9"] = join(log.rows[0][1:])
    log.sign()


def cut_bundle(log: Log) -> None:
    log.files["tile/entries/000.p/9"] = bundle(log.leaves[1:])
    log.sign()


def nonsense(log: Log) -> None:
    log.add(b"nonsense")
    log.sign()


def other_home(log: Log) -> None:
    home = "Z" * 52
    log.say(Op.CREATE, 70, home=home, id=f"AIR-{home[:10]}-2026-000001")
    log.sign()


def skip_revision(log: Log) -> None:
    log.say(Op.REVISE, 1, revision=9)
    log.sign()


def other_previous(log: Log) -> None:
    log.say(Op.REVISE, 1, previous="a" * 64)
    log.sign()


def after_erasure(log: Log) -> None:
    log.say(Op.REVISE, 2)
    log.sign()


def twice_created(log: Log) -> None:
    log.say(Op.CREATE, 3, revision=1, previous=None)
    log.sign()


def never_created(log: Log) -> None:
    log.say(Op.REVISE, 70, revision=2, previous="a" * 64)
    log.sign()


def other_payload(log: Log) -> None:
    log.lines[3] = replace(log.lines[3], payload=b"{}")
    log.sign()


def lost_payload(log: Log) -> None:
    log.forget(4)
    log.sign()


def kept_payload(log: Log) -> None:
    log.lines[1] = replace(log.lines[1], salt=SALT, payload=b'{"payload":1}')
    log.sign()


def withheld_payload(log: Log) -> None:
    del log.lines[3]
    log.sign()


@pytest.mark.parametrize(
    ("wrong", "reason", "says"),
    [
        (change_note, "signature-wrong", "signature"),
        (change_root, "root-other", "9 entries do not lead to the root"),
        (change_entry, "revision-order", "Entry 5: Revision 2"),
        (change_tile, "tile-other", "tile/0/000.p/9 is not what the entries lead to"),
        (cut_tile, "tile-malformed", "256 bytes in place of 288"),
        (cut_bundle, "bundle-malformed", "ends within an entry"),
        (nonsense, "envelope-not-json", "Entry 9: "),
        (other_home, "home-other", "Entry 9: It names another node"),
        (skip_revision, "revision-order", "revision 9 after revision 4"),
        (other_previous, "revision-order", "names another one before it"),
        (after_erasure, "revision-order", "changed after it was erased"),
        (twice_created, "revision-order", "revision 1 after revision 1"),
        (never_created, "revision-order", "before it was created"),
        (other_payload, "payload-other", "Entry 3: the payload of AIR-"),
        (lost_payload, "payload-missing", "missing although the log never erased it"),
        (kept_payload, "payload-kept", "still there although the log erased it"),
        (withheld_payload, "payload-missing", "Entry 3: its payload was not given"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(wrong: Callable[[Log], None], reason: str, says: str) -> None:
    log = made()
    wrong(log)
    found, text = refusal(log)
    assert (found, says in text) == (reason, True), text
    assert "\n" not in text


def test_the_last_entry_of_many_is_looked_at_as_well() -> None:
    log = made(700)
    log.say(Op.REVISE, 700, previous="a" * 64)
    log.sign()
    assert refusal(log)[0] == "revision-order"


def test_a_changed_tile_on_a_higher_level_is_found() -> None:
    log = made(600)
    log.files["tile/1/000.p/2"] = join([log.rows[1][0], bytes(32)])
    log.sign()
    assert refusal(log) == ("tile-other", "tile/1/000.p/2 is not what the entries lead to.")
