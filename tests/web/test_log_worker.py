"""The worker signs the log, and a log that must not be signed keeps it from nothing else."""

from __future__ import annotations

import io
import json
from datetime import date

from registry.federation.descriptor import PATH, read_descriptor
from registry.federation.own_witness import FIRST_LINE
from registry.federation.peers import Introduction
from registry.federation.rules import Mode, Policy
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.notes import sign_note
from registry.ledger.publishing import CHECKPOINT_FILE
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Tombstone
from search import Indexer
from tests.registry.federation.other_node import OtherNode
from tests.registry.ledger.checked import keep
from tests.web.town import Town
from web.worker import Worker


def worker(town: Town) -> Worker:
    return Worker(town.node, Indexer(town.node.settings.index_dir, town.node.taxonomy))


def signed(town: Town) -> bytes:
    return town.node.log_reader.checkpoint().splitlines()[1]


def test_the_worker_signs_what_was_published_and_erased(town: Town) -> None:
    at_work, home = worker(town), town.node.identity.id
    at_work.drain()
    assert signed(town) == b"0"
    with town.node.public.work() as session:
        keep(session, 1, 2, home=home)
    at_work.drain()
    assert signed(town) == b"2"
    with town.node.public.work() as session:
        store.erase(session, Tombstone(air_id(home, 2026, 1), "privacy", date(2026, 12, 24)))
    at_work.drain()
    assert signed(town) == b"3"


def test_the_worker_asks_others_to_cosign_and_tells_what_they_say(town: Town, logged: io.StringIO) -> None:
    """The other node cannot be reached: that is told once for each checkpoint, and keeps nothing waiting."""
    other = OtherNode(url="https://nobody.invalid")
    key = WitnessKey("nobody.invalid/witness", bytes(range(32)))
    other.witness = sign_note(f"{FIRST_LINE}\n{other.identity.id}\n{key.vkey}\n", [other.signer])
    met = read_descriptor(other.served(PATH, {}))
    town.node.federation.peers.pin(Introduction(met, f"{other.url}/ledger", False), Policy(Mode.HIDDEN))
    at_work = worker(town)
    with town.node.public.work() as session:
        keep(session, 1, home=town.node.identity.id)
    at_work.drain()
    at_work.drain()
    told = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert [one["error"] for one in told if one["event"] == "not cosigned"] == ["fetch-unreachable"]
    assert town.node.federation.peers.read(other.identity.short).refusal == "fetch-unreachable"


def test_trouble_with_the_log_is_told_once_and_keeps_nothing_else_waiting(
    town: Town, logged: io.StringIO
) -> None:
    at_work = worker(town)
    at_work.drain()
    (town.node.settings.data_dir / CHECKPOINT_FILE).write_bytes(b"nonsense\n")
    with town.node.public.work() as session:
        keep(session, 1, home=town.node.identity.id)
    at_work.drain()
    at_work.drain()
    told = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert [one["error"] for one in told if one["event"] == "log not signed"] == ["note-malformed"]
    assert signed(town) == b"0"
    town.node.search.refresh()
    assert town.node.search.document_count == 1
