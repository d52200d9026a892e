"""The worker sweeps attachments, and a store that fails keeps it from nothing else."""

from __future__ import annotations

from registry.intake.rules import State
from search import Indexer
from tests.web.town import Town
from web.worker import Worker

NOBODYS = b"sealed, and of nobody"


def worker(town: Town) -> Worker:
    return Worker(town.node, Indexer(town.node.settings.index_dir, town.node.taxonomy))


def test_the_worker_sweeps_what_belongs_to_nobody(town: Town) -> None:
    key = town.draft()
    town.attach(key, "a.txt", b"words", "Words")
    store = town.side.attachments.store
    address = store.put(NOBODYS)
    worker(town).drain()
    town.clock.forward(hours=2)
    worker(town).drain()
    assert store.get(address) is None
    assert len(list(store.addresses())) == 1
    assert len(town.attached(key)) == 1


def test_a_store_that_fails_does_not_keep_the_index_waiting(town: Town) -> None:
    key = town.draft()
    one = town.attach(key, "a.txt", b"words", "Words")
    town.side.attachments.own.remove(town.people.member, key, one, expected=None)
    folder = town.node.settings.attachments_dir
    folder.rename(folder.with_name("away"))
    folder.write_bytes(b"a file where the folder should be")
    report = town.report(State.PUBLISHED)
    worker(town).drain()
    assert town.visitor().open("/?q=chatbot").status == 200
    assert town.record_id(report) in town.visitor().open("/?q=chatbot").html
