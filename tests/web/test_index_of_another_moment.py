"""The public database is put back to a backup, and the index is not: what is erased then is not found."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from registry.config import Settings
from registry.record import store
from registry.record.types import Tombstone
from search import Indexer, SearchRequest
from tests.api.stock import stock
from tests.conftest import SettableClock
from web.wiring import build, close
from web.worker import Worker


@pytest.mark.parametrize("grown", [False, True])
def test_what_is_erased_after_a_restore_is_not_found(
    settings: Settings, bare_folder: Path, tmp_path: Path, clock: SettableClock, *, grown: bool
) -> None:
    shutil.copytree(bare_folder, settings.data_dir)
    node = build(settings, clock)
    indexer = Indexer(settings.index_dir, node.taxonomy)
    first, *others = stock(6)
    with node.public.work() as session:
        store.create(session, first)
    node.public.settle()
    shutil.copy(settings.data_dir / "public.sqlite", tmp_path / "backup")
    with node.public.work() as session:
        for one in others:
            store.create(session, one)
    Worker(node, indexer).drain()
    close(node)
    for file in settings.data_dir.glob("public.sqlite*"):
        file.unlink()
    shutil.copy(tmp_path / "backup", settings.data_dir / "public.sqlite")

    node = build(settings, clock)
    worker = Worker(node, indexer)
    worker.drain()
    with node.public.work() as session:
        store.erase(session, Tombstone(first.id, "privacy", date(2026, 11, 24)))
        if grown:
            for one in others:
                store.create(session, one)
    worker.drain()
    found = node.search.search(SearchRequest())
    assert [hit.id for hit in found.hits if hit.id == first.id] == []
    assert found.total == (len(others) if grown else 0)
    close(node)
