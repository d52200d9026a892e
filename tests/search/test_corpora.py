"""The figures of search on real texts: indexing, searching, counting."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from time import thread_time

import pytest

from registry.record.types import PublicRecord
from search import Indexer, SearchEngine, SearchRequest
from taxonomy import load
from tests.search.factories import changes, record

QUERIES = [
    "chatbot dangerous advice",
    "who was arrested because of face recognition",
    '"self driving" car',
    "students accused of cheating",
    "voice clone scam -bank",
    "algorithm cut benefits of families",
]


@pytest.fixture(scope="module")
def incidents(corpora: Path) -> list[PublicRecord]:
    lines = (corpora / "aiid_incidents.jsonl").read_text(encoding="utf-8").splitlines()
    codes = [("failure/bias", "sector/health"), ("failure/attack",), ("sector/education", "severity/serious")]
    return [
        record(
            id=f"aiid:{one['source_id']}",
            title=one["title"],
            text=one["text"],
            happened=one["date"],
            codes=codes[n % 3],
            source="aiid",
        )
        for n, one in enumerate(map(json.loads, lines))
    ]


@pytest.mark.corpora
def test_real_incidents_are_indexed_and_searched_in_time(
    incidents: list[PublicRecord], tmp_path: Path
) -> None:
    begin = thread_time()
    indexer = Indexer(tmp_path, load())
    assert indexer.rebuild(changes(incidents)) == 1367
    assert thread_time() - begin < 30
    engine = SearchEngine(tmp_path, load())
    requests = [SearchRequest(q=q) for q in QUERIES]
    assert all(engine.search(request).total for request in requests)
    assert median(_times(engine, requests)) < 0.015
    bare = [SearchRequest(q=q, facets=False) for q in QUERIES]
    whole, without = median(_times(engine, requests)), median(_times(engine, bare))
    assert whole - without < without


@pytest.mark.corpora
def test_an_incident_is_found_by_half_the_words_of_its_title(
    incidents: list[PublicRecord], tmp_path: Path
) -> None:
    Indexer(tmp_path, load()).rebuild(changes(incidents))
    engine = SearchEngine(tmp_path, load())
    asked = incidents[::14]
    found = 0
    for one in asked:
        words = one.account.title.split()[::2]
        hits = engine.search(SearchRequest(q=" ".join(words)[:200], facets=False, limit=3)).hits
        found += one.id in {hit.id for hit in hits}
    assert found / len(asked) > 0.9


def _times(engine: SearchEngine, requests: list[SearchRequest]) -> list[float]:
    taken = []
    for _ in range(10):
        for request in requests:
            begin = thread_time()
            engine.search(request)
            taken.append(thread_time() - begin)
    return taken
