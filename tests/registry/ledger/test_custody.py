"""Entries that say who keeps a node's records: read exactly, in order, and nothing after a log's end."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import rfc8785

from registry.clock import today
from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.ledger import successors
from registry.ledger.custody import (
    ACCEPTS,
    CUSTODY_MAX,
    HANDS_OVER,
    NAMES,
    REVOKES,
    Accepted,
    Named,
    Successor,
    read_custody,
)
from registry.ledger.envelopes import Coding, Envelope, Op, Standing
from registry.ledger.hashing import leaf_hash
from registry.ledger.reading import LogReader, PayloadLine
from registry.ledger.refusal import Refused
from registry.ledger.successors import Writer
from tests.conftest import SettableClock
from tests.registry.ledger.checked import HOME, keep
from tests.registry.ledger.test_publishing import publisher
from tests.registry.ledger.test_verifying import HOME as VERIFIED
from tests.registry.ledger.test_verifying import SALT, Log, refusal
from tests.registry.ledger.vectors import SIGNER

OTHER = "Z" * 52
THIRD = "Y" * 52
HEIR = Successor(OTHER, SIGNER.key.vkey)


class Kept(Log):
    """A log that may say something of custody."""

    def custody(self, kind: str, about: str = VERIFIED, payload: bytes | None = None, **changes: Any) -> None:
        before = self.last.get(about) if about == VERIFIED else None
        said = Named(kind, None if kind == REVOKES else HEIR).to_payload()
        raw = payload or (Accepted(b"note\n").to_payload() if kind == ACCEPTS else said)
        named = (1, "a" * 64) if about != VERIFIED else (1, None)
        revision, previous = named if before is None else (before[0].revision + 1, before[1])
        envelope = Envelope(
            op=Op.CUSTODY,
            id=about,
            revision=revision,
            previous=previous,
            home=VERIFIED,
            tlp="CLEAR",
            kind=kind,
            schema=1,
            tax=Coding("0.2.0"),
            commitment=hashlib.sha256(SALT + raw).hexdigest(),
            size=len(raw),
            day="2026-11-24",
        )
        envelope = replace(envelope, **changes)
        self.add(envelope.to_bytes())
        self.last[about] = envelope, leaf_hash(self.leaves[-1]).hex()
        index = len(self.leaves) - 1
        self.lines[index] = PayloadLine(index, envelope.commitment, SALT, raw)

    def kept(self, op: Op, serial: int = 1, home: str = OTHER) -> None:
        """Do something with a record of another node."""
        record_id = f"AIR-{home[:10]}-2026-{serial:06d}"
        before = self.last.get(record_id)
        after = (3, "b" * 64) if before is None else (before[0].revision + 1, before[1])
        self.say(op, 900 + serial, id=record_id, home=home, revision=after[0], previous=after[1])
        self.last[record_id] = self.last.pop(f"AIR-{VERIFIED[:10]}-2026-{900 + serial:06d}")


def made(*kinds: str) -> Kept:
    log = Kept()
    log.say(Op.CREATE, 1)
    for kind in kinds:
        log.custody(kind)
    return log


def reason(log: Kept) -> str:
    log.sign()
    return refusal(log)[0]


@pytest.mark.parametrize(
    "kinds", [(NAMES,), (NAMES, NAMES), (NAMES, REVOKES), (NAMES, REVOKES, NAMES), (NAMES, HANDS_OVER)]
)
def test_what_a_node_says_of_its_own_records_is_whole(kinds: Sequence[str]) -> None:
    log = made(*kinds)
    log.sign()
    assert log.verified().checkpoint.size == 1 + len(kinds)


def test_nothing_follows_the_end_of_a_log() -> None:
    log = made(NAMES, HANDS_OVER)
    log.say(Op.CREATE, 2)
    assert reason(log) == "log-ended"


@pytest.mark.parametrize(
    "changes", [{"revision": 3}, {"previous": "c" * 64}, {"revision": 1, "previous": None}]
)
def test_what_is_said_follows_what_was_said(changes: dict[str, Any]) -> None:
    log = made(NAMES)
    log.custody(REVOKES, **changes)
    assert reason(log) == "custody-order"


def test_a_keeper_retracts_reinstates_and_erases_after_it_accepted() -> None:
    log = made()
    log.custody(ACCEPTS, OTHER)
    for op in (Op.RETRACT, Op.REINSTATE, Op.ERASE):
        log.kept(op)
    log.forget(2)
    log.forget(3)
    log.kept(Op.ERASE, 2)
    log.sign()
    assert (log.verified().checkpoint.size, log.verified().erased) == (6, 2)


def test_before_it_accepted_and_of_another_node_it_does_nothing() -> None:
    log = made()
    log.kept(Op.ERASE)
    log.custody(ACCEPTS, OTHER)
    assert reason(log) == "home-other"
    log = made()
    log.custody(ACCEPTS, OTHER)
    log.kept(Op.ERASE, home=THIRD)
    assert reason(log) == "home-other"


@pytest.mark.parametrize("op", [Op.REVISE])
def test_it_does_not_rewrite_what_others_said(op: Op) -> None:
    log = made()
    log.custody(ACCEPTS, OTHER)
    log.kept(op)
    assert reason(log) == "custody-op"


def test_its_own_operations_follow_each_other() -> None:
    log = made()
    log.custody(ACCEPTS, OTHER)
    log.kept(Op.RETRACT)
    log.kept(Op.ERASE)
    log.kept(Op.REINSTATE)
    assert reason(log) == "revision-order"


def test_unknown_words_and_acceptance_of_nothing_are_found() -> None:
    log = made()
    log.custody("shares")
    assert reason(log) == "custody-unknown"
    log = made()
    log.custody(NAMES, OTHER)
    assert reason(log) == "custody-unknown"
    log = made()
    log.custody(ACCEPTS, OTHER, previous=None)
    assert reason(log) == "custody-other"


GOOD = {"v": 1, "custody": NAMES, "successor": {"id": OTHER, "key": SIGNER.key.vkey}}


@pytest.mark.parametrize(
    "payload",
    [
        GOOD | {"v": 2},
        GOOD | {"custody": REVOKES},
        GOOD | {"successor": None},
        GOOD | {"successor": {"id": OTHER}},
        GOOD | {"successor": {"id": OTHER[:10], "key": SIGNER.key.vkey}},
        GOOD | {"successor": {"id": OTHER, "key": ""}},
        GOOD | {"successor": {"id": OTHER, "key": "a" * 401}},
        GOOD | {"successor": {"id": OTHER, "key": 7}},
        GOOD | {"more": 1},
        [GOOD],
    ],
)
def test_a_payload_of_another_form_is_refused(payload: Any) -> None:
    log = made()
    log.custody(NAMES, payload=rfc8785.dumps(payload))
    log.sign()
    with pytest.raises(Refused):
        log.verified()


def test_what_is_too_long_is_not_read() -> None:
    envelope = Envelope(
        Op.CUSTODY, OTHER, 1, None, OTHER, "CLEAR", NAMES, 1, Coding("0.2.0"), "a" * 64, 1, "2026-11-24"
    )
    with pytest.raises(Refused) as refused:
        read_custody(b" " * (CUSTODY_MAX + 1), envelope)
    assert refused.value.reason == "payload-size"


def test_a_database_says_it_and_takes_it_back(public_db: PublicDatabase, clock: SettableClock) -> None:
    by = Writer(HOME, "0.2.0", today(clock))
    with public_db.work() as session:
        keep(session, 1)
        assert successors.own(session, HOME) is None
        successors.name(session, by, Named(NAMES, HEIR))
        successors.name(session, by, Named(REVOKES, None))
        assert successors.own(session, HOME) is not None
        successors.name(session, by, Named(NAMES, HEIR))
    with public_db.read() as session:
        found = successors.own(session, HOME)
        assert found is not None
        assert (found.position, found.entry.revision, found.successor_id) == (2, 3, OTHER)
        assert successors.accepted(session, HOME, OTHER) is None


def test_a_log_that_was_handed_over_takes_nothing_more(
    public_db: PublicDatabase, clock: SettableClock
) -> None:
    by = Writer(HOME, "0.2.0", today(clock))
    with public_db.work() as session:
        successors.name(session, by, Named(HANDS_OVER, HEIR))
    with public_db.work() as session, pytest.raises(Refused) as refused:
        successors.accept(session, by, OTHER, Standing(1, "a" * 64, Op.CUSTODY), Accepted(b"note\n"))
    assert refused.value.reason == "log-ended"


def test_readers_are_given_what_was_accepted(
    public_db: PublicDatabase, clock: SettableClock, bare: Settings
) -> None:
    by = Writer(HOME, "0.2.0", today(clock))
    with public_db.work() as session:
        named = Standing(4, "a" * 64, Op.CUSTODY)
        successors.accept(session, by, OTHER, named, Accepted(b"note\n"))
        assert successors.accepted(session, HOME, OTHER) == Accepted(b"note\n")
    signed = publisher(public_db, bare.data_dir, clock).publish()
    assert signed.size == 1
    (line,) = LogReader(public_db).payloads(0, 1)
    assert line.payload == Accepted(b"note\n").to_payload()
