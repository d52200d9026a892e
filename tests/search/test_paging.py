"""Pages join without gap or repetition, in every order, even while the index changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from registry.errors import Invalid
from registry.record.types import Change, PublicRecord
from search import SORTS, Indexer, SearchEngine, SearchRequest
from taxonomy import load
from tests.search.conftest import Ask, Index
from tests.search.factories import changes, record

WORDS = ["crane", "heron", "egret", "stork"]


def flock(count: int, prefix: str = "r") -> list[PublicRecord]:
    """Records that share words in changing numbers, dates and lengths."""
    return [
        record(
            id=f"{prefix}{n:03}",
            title=f"Bird {WORDS[n % 4]}",
            text=" ".join([WORDS[n % 4]] * (n % 5) + [WORDS[n % 3]] + ["water"] * (n % 7)),
            happened=None if n % 9 == 0 else f"20{10 + n % 13}-0{1 + n % 9}",
            published=date(2026, 1, 1 + n % 20),
        )
        for n in range(count)
    ]


def walk(engine: SearchEngine, ask: Ask, between: Callable[[], object] = int, **asked: str) -> list[str]:
    """All ids, page by page; ``between`` runs after each page."""
    ids: list[str] = []
    cursor = ""
    while True:
        result = engine.search(ask(**asked, cursor=cursor))
        ids += [hit.id for hit in result.hits]
        if result.next is None:
            return ids
        cursor = result.next
        between()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("q", ["", "crane heron", '"crane crane"', "-stork"])
def test_pages_join_to_the_whole_result(index: Index, ask: Ask, sort: str, q: str) -> None:
    engine = index(flock(60))
    whole = engine.all_ids(ask(q=q, sort=sort))
    assert walk(engine, ask, q=q, sort=sort, limit="7") == whole
    assert len(set(whole)) == len(whole) == engine.search(ask(q=q)).total


@pytest.mark.parametrize(
    ("q", "sort"), [("crane heron", sort) for sort in SORTS] + [('"water water" crane', "relevance")]
)
def test_pages_stay_whole_while_records_come_go_and_change(
    tmp_path: Path, indexer: Indexer, ask: Ask, ticking: Callable[[], float], q: str, sort: str
) -> None:
    steady = flock(60)
    passing = flock(10, "passing")
    indexer.apply(changes([*steady, *passing]))
    engine = SearchEngine(tmp_path / "index", load(), ticking)
    turn = 0

    def meddle() -> None:
        nonlocal turn
        turn += 1
        seq = indexer.position
        indexer.apply(
            [
                *changes(flock(8, f"new{turn}-"), seq),
                Change(seq + 9, f"passing{turn % 10:03}", None),
                Change(seq + 10, "passing009", record(id="passing009", text="crane heron " * turn)),
            ]
        )

    before = [one for one in engine.all_ids(ask(q=q, sort=sort)) if one.startswith("r")]
    ids = walk(engine, ask, meddle, q=q, sort=sort, limit="3")
    assert turn >= 3
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if one.startswith("r")] == before


def test_sorting_by_date_goes_both_ways_and_leaves_the_undated_for_the_end(index: Index, ask: Ask) -> None:
    engine = index(
        [
            record(id="old", happened="2019"),
            record(id="new", happened="2025-04-02"),
            record(id="middle", happened="2025"),
            record(id="undated", happened=None),
        ]
    )
    assert [hit.id for hit in engine.search(ask(sort="date")).hits] == ["old", "middle", "new", "undated"]
    assert [hit.id for hit in engine.search(ask(sort="-date")).hits] == ["new", "middle", "old", "undated"]


def test_without_a_query_the_newest_come_first(index: Index, ask: Ask) -> None:
    engine = index([record(id="old", happened="2019"), record(id="new", happened="2025")])
    assert [hit.id for hit in engine.search(ask()).hits] == ["new", "old"]


def test_a_cursor_belongs_to_its_search(index: Index, ask: Ask) -> None:
    engine = index(flock(30))
    cursor = engine.search(ask("crane", limit="5")).next
    assert cursor is not None
    for other in (ask("heron", cursor=cursor), ask("crane", cursor=cursor, sort="date")):
        with pytest.raises(Invalid) as caught:
            engine.search(other)
        assert [problem.pointer for problem in caught.value.problems] == ["/cursor"]


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "W10", "bnVsbA", "WzEsMiwzXQ", "\u0661", "A" * 999, "W1tbW1tbW1tb", "=" * 8]
)
def test_a_forged_cursor_is_refused(index: Index, cursor: str) -> None:
    engine = index(flock(30))
    with pytest.raises(Invalid):
        engine.search(SearchRequest(q="crane", cursor=cursor))


def test_dates_are_bounded_by_what_they_can_mean(index: Index, ask: Ask) -> None:
    engine = index(
        [
            record(id="year", happened="2025"),
            record(id="day", happened="2025-03-09"),
            record(id="span", happened="2024-11", until="2025-01"),
            record(id="undated", happened=None),
        ]
    )

    def found(**asked: str) -> set[str]:
        return {hit.id for hit in engine.search(ask(**asked)).hits}

    assert found(since="2025-03-10") == {"year"}
    assert found(since="2025") == {"year", "day", "span"}
    assert found(until="2024") == {"span"}
    assert found(since="2025-03-09", until="2025-03-09") == {"year", "day"}
    assert found(since="2026") == set()


def test_publication_is_bounded_by_days(index: Index, ask: Ask) -> None:
    engine = index([record(id="a", published=date(2026, 1, 31)), record(id="b", published=date(2026, 2, 1))])
    assert engine.search(ask(published_since="2026-02")).hits[0].id == "b"
    assert engine.search(ask(published_until="2026-01")).hits[0].id == "a"
