"""Damage to the index is noticed when it is opened, never answered with nonsense, and mended by a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search import IndexDamaged, Indexer, SearchEngine
from search.health import faults
from taxonomy import Taxonomy
from tests.search.conftest import Ask
from tests.search.corpus import stories
from tests.search.factories import changes

Harm = Callable[[Path], None]


def files(directory: Path, pattern: str) -> list[Path]:
    return sorted(directory.glob(f"build-*/{pattern}"))


def cut_in_half(directory: Path) -> None:
    path = max(files(directory, "*.pst"), key=lambda path: path.stat().st_size)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_bytes(directory: Path) -> None:
    path = max(files(directory, "*.trm"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    for place in range(200):
        content[place * 7919 % len(content)] ^= 1 << place % 8
    path.write_bytes(content)


def empty_toc(directory: Path) -> None:
    files(directory, "*.toc")[-1].write_bytes(b"")


def remove_toc(directory: Path) -> None:
    for path in files(directory, "*.toc"):
        path.unlink()


def remove_segment(directory: Path) -> None:
    for path in files(directory, "*.pst") + files(directory, "*.trm"):
        path.unlink()


def remove_column(directory: Path) -> None:
    files(directory, "*.col")[0].unlink()


def break_vocabulary(directory: Path) -> None:
    files(directory, "*.voc")[0].write_bytes(b"nonsense")


def empty_manifest(directory: Path) -> None:
    (directory / "MANIFEST").write_bytes(b"")


def change_manifest(directory: Path) -> None:
    path = directory / "MANIFEST"
    path.write_text(path.read_text().replace('"documents": 11', '"documents": 12'))


def remove_manifest(directory: Path) -> None:
    (directory / "MANIFEST").unlink()


HARMS = [
    cut_in_half, flip_bytes, empty_toc, remove_toc, remove_segment, remove_column, break_vocabulary,
    empty_manifest, change_manifest, remove_manifest,
]  # fmt: skip


@pytest.fixture
def directory(tmp_path: Path, indexer: Indexer) -> Path:
    """Of a good index with the small collection in it."""
    indexer.apply(changes(stories()))
    return tmp_path / "index"


@pytest.mark.parametrize("harm", HARMS)
def test_damage_is_told_by_opening_and_by_the_writer_and_mended_by_a_rebuild(
    directory: Path, indexer: Indexer, taxonomy: Taxonomy, ask: Ask, harm: Harm
) -> None:
    harm(directory)
    engine = SearchEngine(directory, taxonomy)
    with pytest.raises(IndexDamaged):
        engine.search(ask("triage"))
    assert not engine.healthy
    assert faults(directory)
    with pytest.raises(IndexDamaged):
        _ = indexer.position
    with pytest.raises(IndexDamaged):
        indexer.apply(changes(stories(), 100))
    assert indexer.rebuild(changes(stories())) == 11
    assert engine.healthy
    assert engine.search(ask("triage score")).hits[0].id == "triage"
    assert not faults(directory)


@pytest.mark.parametrize("harm", HARMS)
def test_an_engine_that_was_running_goes_on_serving_what_it_holds(
    directory: Path, taxonomy: Taxonomy, ask: Ask, ticking: Callable[[], float], harm: Harm
) -> None:
    engine = SearchEngine(directory, taxonomy, ticking)
    assert engine.search(ask("triage score")).hits[0].id == "triage"
    harm(directory)
    assert engine.search(ask("une voix clonée")).hits[0].id == "voix"


def test_a_broken_manifest_shows_in_the_health_of_a_running_engine(
    directory: Path, taxonomy: Taxonomy, ask: Ask
) -> None:
    engine = SearchEngine(directory, taxonomy)
    assert engine.healthy
    empty_manifest(directory)
    assert not engine.healthy
    assert engine.fault is not None


def test_no_index_at_all_is_an_error_of_search(tmp_path: Path, taxonomy: Taxonomy, ask: Ask) -> None:
    engine = SearchEngine(tmp_path / "nowhere", taxonomy)
    assert not engine.healthy
    with pytest.raises(IndexDamaged):
        engine.search(ask("triage"))
    with pytest.raises(IndexDamaged):
        _ = Indexer(tmp_path / "nowhere", taxonomy).position


def test_an_engine_finds_an_index_that_is_made_later(tmp_path: Path, taxonomy: Taxonomy, ask: Ask) -> None:
    engine = SearchEngine(tmp_path / "later", taxonomy)
    with pytest.raises(IndexDamaged):
        engine.search(ask())
    Indexer(tmp_path / "later", taxonomy).ensure()
    assert engine.search(ask()).total == 0
    assert engine.healthy


def test_an_index_of_another_layout_is_to_be_rebuilt(
    directory: Path, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.manifest.LAYOUT", 999)
    with pytest.raises(IndexDamaged):
        _ = Indexer(directory, taxonomy).position
