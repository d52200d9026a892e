"""The worker signs the log, and a log that must not be signed keeps it from nothing else."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from registry.ledger.publishing import CHECKPOINT_FILE
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Tombstone
from search import Indexer
from tests.registry.ledger.checked import keep
from tests.web.town import Town
from web import logs
from web.worker import Worker


@pytest.fixture
def heard() -> io.StringIO:
    """What is logged from here on."""
    stream = io.StringIO()
    logs.configure(stream)
    return stream


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


def test_trouble_with_the_log_is_told_once_and_keeps_nothing_else_waiting(
    town: Town, heard: io.StringIO
) -> None:
    at_work = worker(town)
    at_work.drain()
    (town.node.settings.data_dir / CHECKPOINT_FILE).write_bytes(b"nonsense\n")
    with town.node.public.work() as session:
        keep(session, 1, home=town.node.identity.id)
    at_work.drain()
    at_work.drain()
    told = [json.loads(line) for line in heard.getvalue().splitlines()]
    assert [one["error"] for one in told if one["event"] == "log not signed"] == ["note-malformed"]
    assert signed(town) == b"0"
    town.node.search.refresh()
    assert town.node.search.document_count == 1
