"""Counts are right: the number beside a code is what choosing it gives, checked against plain counting."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.record.types import PublicRecord
from search import Indexer, SearchEngine, SearchRequest
from search.facets import all_codes
from taxonomy import Taxonomy, load
from tests.search.conftest import Ask, Index
from tests.search.factories import changes, record

CODES = [
    "failure/bias",
    "failure/unsafe-advice",
    "failure/fabrication",
    "sector/health",
    "sector/education",
    "severity/serious",
    "severity/minor",
    "containment/shutdown",
]
WORDS = ["crane", "heron", "egret", "stork", "ibis"]

documents = st.builds(
    lambda codes, words, countries, happened: {
        "codes": tuple(codes),
        "text": " ".join(words),
        "countries": tuple(countries),
        "happened": happened,
    },
    st.sets(st.sampled_from(CODES), max_size=5),
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.sets(st.sampled_from(["KE", "FR", "PE"]), max_size=2),
    st.sampled_from([None, "2024", "2025-02", "2025-03-09"]),
)
filters = st.dictionaries(
    st.sampled_from(["failure", "sector", "country", "severity"]),
    st.integers(0, 2),
    max_size=3,
)
CHOICES = {
    "failure": CODES[:3],
    "sector": CODES[3:5],
    "country": ["KE", "FR", "PE"],
    "severity": CODES[5:7],
}


def _engine(folder: Path, records: list[PublicRecord], taxonomy: Taxonomy) -> SearchEngine:
    indexer = Indexer(folder, taxonomy)
    indexer.ensure()
    half = len(records) // 2
    indexer.apply(changes(records[:half]))
    indexer.apply(changes(records[half:], half))
    return SearchEngine(folder, taxonomy)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents, min_size=1, max_size=14), filters, st.sampled_from(["", *WORDS, "-crane"]))
def test_counts_are_those_of_plain_counting(
    given_documents: list[dict[str, object]], chosen: dict[str, int], q: str
) -> None:
    taxonomy = load()
    records = [record(id=f"r{n}", **parts) for n, parts in enumerate(given_documents)]
    picked = {facet: (CHOICES[facet][n % len(CHOICES[facet])],) for facet, n in chosen.items()}
    with tempfile.TemporaryDirectory() as folder:
        engine = _engine(Path(folder) / "index", records, taxonomy)
        result = engine.search(SearchRequest(q=q, filters=picked, limit=50))
        carried = [all_codes(one, taxonomy) for one in records if _says(one, q)]
        inside = [codes for codes in carried if _passes(codes, picked)]
        assert result.total == len(inside)
        for facet in {facet for codes in carried for facet in codes} - set(picked):
            expected = Counter(code for codes in inside for code in codes.get(facet, ()))
            assert {c.code: c.count for c in result.facets.get(facet, ())} == dict(expected)
        for facet in picked:
            others = {name: codes for name, codes in picked.items() if name != facet}
            widened = [codes for codes in carried if _passes(codes, others)]
            expected = Counter(code for codes in widened for code in codes.get(facet, ()))
            shown = {c.code: c.count for c in result.facets[facet] if c.count}
            assert shown == dict(expected)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents, min_size=1, max_size=14), st.lists(st.sampled_from(WORDS), max_size=3))
def test_choosing_a_code_gives_its_count(given_documents: list[dict[str, object]], words: list[str]) -> None:
    taxonomy = load()
    records = [record(id=f"r{n}", **parts) for n, parts in enumerate(given_documents)]
    with tempfile.TemporaryDirectory() as folder:
        engine = _engine(Path(folder) / "index", records, taxonomy)
        result = engine.search(SearchRequest(q=" ".join(words)))
        for facet, counts in result.facets.items():
            for counted in counts:
                narrowed = engine.search(SearchRequest(q=" ".join(words), filters={facet: (counted.code,)}))
                assert narrowed.total == counted.count


def _says(one: PublicRecord, q: str) -> bool:
    words = one.account.text.split()
    return q.lstrip("-") not in words if q.startswith("-") else not q or q in words


def _passes(codes: dict[str, tuple[str, ...]], picked: dict[str, tuple[str, ...]]) -> bool:
    return all(set(codes.get(facet, ())) & set(wanted) for facet, wanted in picked.items())


def test_a_broader_code_finds_and_counts_the_narrower(index: Index, ask: Ask, taxonomy: Taxonomy) -> None:
    narrow = next(code for code in taxonomy.facets["failure"].values if taxonomy.ancestors(code))
    broad = taxonomy.ancestors(narrow)[-1]
    engine = index([record(codes=(narrow,)), record(id="other")])
    assert engine.search(ask(failure=broad)).total == 1
    assert broad in {count.code for count in engine.search(ask()).facets["failure"]}


def test_derived_codes_are_found_like_own_ones(index: Index, ask: Ask) -> None:
    engine = index([record(derived=("sector/health",)), record(id="other")])
    assert engine.search(ask(sector="health")).total == 1


def test_only_audiences_that_were_told_are_counted(index: Index, ask: Ask) -> None:
    told = [
        {"audience": "audience/affected", "state": "done"},
        {"audience": "audience/partners", "state": "planned"},
    ]
    counts = index([record(response={"told": told})]).search(ask()).facets["audience"]
    assert [count.code for count in counts] == ["audience/affected"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"answer": "after", "hours": 0}, "contained/within-hour"),
        ({"answer": "after", "hours": 24}, "contained/within-day"),
        ({"answer": "after", "hours": 25}, "contained/within-week"),
        ({"answer": "after", "hours": 720}, "contained/within-month"),
        ({"answer": "after", "hours": 721}, "contained/longer"),
        ({"answer": "not-yet"}, "contained/not-yet"),
        ({"answer": "unknown"}, "contained/unknown"),
        ({"answer": "withheld"}, "contained/withheld"),
    ],
)
def test_intervals_fall_into_spans(index: Index, ask: Ask, answer: dict[str, object], code: str) -> None:
    engine = index([record(response={"contained": answer}), record(id="other")])
    assert engine.search(ask(contained=code)).total == 1


def test_several_codes_of_one_facet_widen_and_several_facets_narrow(index: Index, ask: Ask) -> None:
    engine = index(
        [
            record(id="a", codes=("sector/health",), countries=("KE",)),
            record(id="b", codes=("sector/education",), countries=("KE",)),
            record(id="c", codes=("sector/education",), countries=("FR",)),
        ]
    )
    assert engine.search(ask(sector=["health", "education"])).total == 3
    assert engine.search(ask(sector=["health", "education"], country="ke")).total == 2


def test_a_chosen_code_that_nothing_carries_is_still_shown(index: Index, ask: Ask) -> None:
    result = index([record(codes=("sector/health",))]).search(ask(sector="education"))
    assert result.total == 0
    assert {count.code: count.count for count in result.facets["sector"]}["sector/education"] == 0
