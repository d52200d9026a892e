"""Writing: once per change, one writer at a time, nothing lost to a kill, readers never disturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from registry.record.types import Change, RecordState
from search import IndexBusy, IndexDamaged, Indexer, SearchEngine
from search.lock import writing
from taxonomy import Taxonomy
from tests.search.conftest import Ask
from tests.search.factories import changes, record

KILLS = 10
WRITER = """
import sys
from itertools import count
from pathlib import Path
from search import Indexer
from taxonomy import load
from tests.search.factories import changes, record

indexer = Indexer(Path(sys.argv[1]), load())
for seq in count(indexer.position):
    indexer.apply(changes([record(id=f"r{seq}", text=f"crane number{seq}")], seq))
    print(seq + 1, flush=True)
"""


def test_an_empty_index_has_position_zero(indexer: Indexer) -> None:
    assert indexer.position == 0
    assert indexer.document_count == 0


def test_ensure_leaves_an_index_as_it_is(indexer: Indexer) -> None:
    indexer.apply(changes([record()]))
    indexer.ensure()
    assert indexer.document_count == 1


def test_the_folder_is_for_its_owner_alone(tmp_path: Path, indexer: Indexer) -> None:
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_a_newer_revision_replaces_the_older(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    indexer.apply(changes([record(id="a", text="crane"), record(id="b", text="crane")]))
    indexer.apply(changes([record(id="a", text="heron")], 2))
    engine = SearchEngine(tmp_path / "index", taxonomy)
    assert [hit.id for hit in engine.search(ask("crane")).hits] == ["b"]
    assert [hit.id for hit in engine.search(ask("heron")).hits] == ["a"]
    assert engine.document_count == 2


def test_of_several_changes_of_a_record_in_one_commit_the_last_wins(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    indexer.apply(changes([record(id="a", text="crane"), record(id="a", text="heron")]))
    engine = SearchEngine(tmp_path / "index", taxonomy)
    assert engine.search(ask()).total == 1
    assert engine.search(ask("heron")).total == 1


def test_an_erased_record_is_gone(indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask) -> None:
    indexer.apply(changes([record(id="a", text="crane"), record(id="b")]))
    indexer.apply([Change(3, "a", None)])
    engine = SearchEngine(tmp_path / "index", taxonomy)
    assert engine.search(ask("crane")).total == 0
    assert engine.search(ask("crane")).unknown == ("crane",)
    assert engine.document_count == indexer.document_count == 1


def test_a_merged_record_is_found_by_its_successor_alone_until_it_is_undone(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    indexer.apply(changes([record(id="a", text="crane"), record(id="b", text="crane")]))
    indexer.apply(changes([replace(record(id="a", text="crane"), state=RecordState.MERGED)], 2))
    engine = SearchEngine(tmp_path / "index", taxonomy)
    assert [hit.id for hit in engine.search(ask("crane")).hits] == ["b"]
    indexer.apply(changes([replace(record(id="a", text="crane"), state=RecordState.REINSTATED)], 3))
    engine = SearchEngine(tmp_path / "index", taxonomy)
    assert {hit.id for hit in engine.search(ask("crane")).hits} == {"a", "b"}


def test_everything_may_be_erased(indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask) -> None:
    indexer.apply(changes([record(id="a", text="crane")]))
    indexer.apply([Change(2, "a", None)])
    indexer.apply([Change(3, "b", None)])
    assert SearchEngine(tmp_path / "index", taxonomy).search(ask()).total == 0


def test_changes_that_are_known_already_are_skipped(indexer: Indexer) -> None:
    one = changes([record(id="a")])
    assert indexer.apply(one) == 1
    assert indexer.apply(one) == 0
    assert indexer.position == 1


def test_many_small_commits_leave_few_segments(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    for seq in range(40):
        indexer.apply(changes([record(id=f"r{seq}", text=f"crane number{seq}")], seq))
    engine = SearchEngine(tmp_path / "index", taxonomy)
    assert engine.search(ask("crane")).total == 40
    assert engine.search(ask("number17")).hits[0].id == "r17"
    assert engine.search(ask('"crane number31"')).hits[0].id == "r31"
    assert len(list((tmp_path / "index").glob("build-*/*.trm"))) <= 6


def test_a_second_writer_waits_and_then_says_so(indexer: Indexer, tmp_path: Path) -> None:
    with writing(tmp_path / "index"), pytest.raises(IndexBusy), writing(tmp_path / "index", patience=0.1):
        pass


def test_another_taxonomy_asks_for_a_rebuild(
    indexer: Indexer, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taxonomy, "version", "99.0.0")
    with pytest.raises(IndexDamaged):
        indexer.apply(changes([record()]))
    indexer.rebuild(changes([record()]))
    assert indexer.apply(changes([record(id="b")], 1)) == 1


def test_a_rebuild_is_served_only_when_it_is_whole(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask, ticking: Callable[[], float]
) -> None:
    indexer.apply(changes([record(id="old", text="crane")]))
    engine = SearchEngine(tmp_path / "index", taxonomy, ticking)
    seen: list[int] = []

    def feed() -> list[Change]:
        seen.append(engine.search(ask("crane")).total)
        return changes([record(id=f"new{n}", text="crane") for n in range(3)])

    indexer.rebuild(change for change in feed())
    assert seen == [1]
    assert {hit.id for hit in engine.search(ask("crane")).hits} == {"new0", "new1", "new2"}
    assert len(list((tmp_path / "index").glob("build-*"))) == 1


def test_a_failing_record_leaves_the_index_as_it_was(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    indexer.apply(changes([record(id="a", text="crane")]))
    broken = record(id="b", happened="no date")
    with pytest.raises(ValueError):
        indexer.apply(changes([broken], 1))
    assert indexer.position == 1
    indexer.apply(changes([record(id="c", text="crane")], 1))
    assert SearchEngine(tmp_path / "index", taxonomy).search(ask("crane")).total == 2


def test_readers_go_on_while_a_writer_commits(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask, ticking: Callable[[], float]
) -> None:
    indexer.apply(changes([record(id=f"r{n}", text="crane") for n in range(30)]))
    engine = SearchEngine(tmp_path / "index", taxonomy, ticking)
    totals: list[int] = []
    writer = Thread(
        target=lambda: [
            indexer.apply(changes([record(id=f"new{n}", text="crane")], 30 + n)) for n in range(8)
        ]
    )
    writer.start()
    while writer.is_alive():
        totals.append(engine.search(ask("crane")).total)
    writer.join()
    assert totals == sorted(totals)
    assert engine.search(ask("crane")).total == 38


def test_nothing_acknowledged_is_lost_to_a_kill(
    indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    directory = tmp_path / "index"
    for turn in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(directory)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
            env=os.environ | {"PYTHONPATH": "."},
        )
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(1 + turn % 3)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        acknowledged = int([line for line in said if line.endswith("\n")][-1])
        assert indexer.position >= acknowledged
        engine = SearchEngine(directory, taxonomy)
        assert engine.search(ask("crane")).total == indexer.position
        assert engine.search(ask(f"number{acknowledged - 1}")).total == 1
