"""Counting as the node reads records: what plain counting gives of records with its codes in place."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.errors import Invalid
from search import Indexer, SearchEngine, SearchRequest, parse_request
from search.facets import all_codes, closed
from taxonomy import Taxonomy, load
from tests.search.factories import changes, record
from tests.search.test_counts import CHOICES, documents, filters

Codes = Mapping[str, tuple[str, ...]]


@dataclass
class Said:
    """What a node says otherwise, as its database would give it."""

    codes: dict[str, Codes] = field(default_factory=dict)
    number: int = 0
    looked: int = 0

    def say(self, record_id: str, **codes: tuple[str, ...]) -> None:
        self.codes[record_id] = codes
        self.number += 1

    def version(self) -> int:
        return self.number

    def in_force(self) -> InForce:
        self.looked += 1
        return InForce(self.number, dict(self.codes))


@dataclass(frozen=True)
class InForce:
    version: int
    codes: Mapping[str, Codes]


said = st.dictionaries(
    st.integers(0, 15),
    st.dictionaries(
        st.sampled_from(["failure", "sector", "severity"]),
        st.sampled_from(["first", "second", "both"]),
        min_size=1,
    ),
    max_size=6,
)


def codes_said(facets: Mapping[str, str]) -> Codes:
    pick = {"first": slice(0, 1), "second": slice(1, 2), "both": slice(0, 2)}
    return {facet: tuple(CHOICES[facet][pick[which]]) for facet, which in facets.items()}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents, min_size=1, max_size=14), said, filters)
def test_counts_are_those_of_records_with_the_nodes_codes(
    given_documents: list[dict[str, object]],
    given_said: dict[int, dict[str, str]],
    chosen: dict[str, int],
) -> None:
    taxonomy, node = load(), Said()
    for number, facets in given_said.items():
        node.say(f"r{number}", **codes_said(facets))
    records = [record(id=f"r{n}", **parts) for n, parts in enumerate(given_documents)]
    picked = {facet: (CHOICES[facet][n % len(CHOICES[facet])],) for facet, n in chosen.items()}
    with tempfile.TemporaryDirectory() as folder:
        engine = opened(Path(folder) / "index", taxonomy, node)
        Indexer(Path(folder) / "index", taxonomy).apply(changes(records))
        engine.refresh()
        asked = SearchRequest(filters=picked, limit=50)
        here, owner = engine.search(replace(asked, reading="here")), engine.search(asked)
    own = {one.id: all_codes(one, taxonomy) for one in records}
    ours = {key: codes | read(node.codes.get(key, {}), taxonomy) for key, codes in own.items()}
    for result, codes in ((here, ours), (owner, own)):
        inside = [key for key in codes if passes(codes[key], picked)]
        assert {hit.id for hit in result.hits} == set(inside)
        for facet in {name for one in codes.values() for name in one} - set(picked):
            counted = Counter(code for key in inside for code in codes[key].get(facet, ()))
            assert {c.code: c.count for c in result.facets.get(facet, ())} == dict(counted)
    assert (here.reading, owner.reading, owner.read_otherwise) == ("here", "", 0)
    assert here.read_otherwise == sum(hit.id in node.codes for hit in here.hits)
    for hit in here.hits:
        assert set(hit.read_here) == set(node.codes.get(hit.id, {}))
        assert all(hit.codes[facet] == node.codes[hit.id][facet] for facet in hit.read_here)
    assert all(hit.read_here == () for hit in owner.hits)


def opened(folder: Path, taxonomy: Taxonomy, node: Said | None) -> SearchEngine:
    Indexer(folder, taxonomy).ensure()
    return SearchEngine(folder, taxonomy, readings=node)


def read(codes: Codes, taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    return {facet: closed(own, taxonomy) for facet, own in codes.items()}


def passes(codes: Mapping[str, tuple[str, ...]], picked: Codes) -> bool:
    return all(set(wanted) & set(codes.get(facet, ())) for facet, wanted in picked.items())


def test_what_is_said_is_laid_over_once_and_anew_when_it_changes(tmp_path: Path) -> None:
    node, taxonomy = Said(), load()
    engine = opened(tmp_path / "index", taxonomy, node)
    Indexer(tmp_path / "index", taxonomy).apply(changes([record(id="r1", codes=("severity/minor",))]))
    engine.refresh()
    ask = SearchRequest(filters={"severity": ("severity/serious",)}, reading="here")
    assert (engine.search(ask).total, engine.search(ask).total, node.looked) == (0, 0, 1)
    node.say("r1", severity=("severity/serious",))
    assert (engine.search(ask).total, engine.all_ids(ask), node.looked) == (1, ["r1"], 2)
    assert engine.search(ask).hits[0].severity == "severity/serious"
    node.codes.clear()
    node.number += 1
    assert engine.search(ask).total == 0


def test_without_anything_said_both_are_one(tmp_path: Path) -> None:
    engine = opened(tmp_path / "index", load(), None)
    assert engine.search(SearchRequest(reading="here")).total == 0


def test_a_cursor_belongs_to_one_reading(tmp_path: Path) -> None:
    engine, taxonomy = opened(tmp_path / "index", load(), Said()), load()
    Indexer(tmp_path / "index", taxonomy).apply(changes([record(id=f"r{n}") for n in range(3)]))
    engine.refresh()
    cursor = engine.search(SearchRequest(limit=1)).next
    assert engine.search(SearchRequest(limit=1, cursor=cursor)).hits
    with pytest.raises(Invalid):
        engine.search(SearchRequest(limit=1, cursor=cursor, reading="here"))


@pytest.mark.parametrize(("given_value", "reading"), [("", ""), ("here", "here")])
def test_a_reader_asks_for_it(given_value: str, reading: str) -> None:
    assert parse_request({"reading": [given_value]}, load()).reading == reading


@pytest.mark.parametrize("wrong", ["owner", "there", "HERE"])
def test_another_reading_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid, match="here"):
        parse_request({"reading": [wrong]}, load())
