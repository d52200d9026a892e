"""Search over HTTP: what is found and how it is counted, held against every record read one by one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taxonomy import load
from tests.api.census import Asked, Census, Get, address, pages
from tests.api.stock import BIRDS, SOURCES, identifier

QUERIES = st.builds(
    lambda word, more: " ".join(filter(None, (word, *more))),
    st.sampled_from(["", *BIRDS]),
    st.lists(
        st.builds(
            lambda minus, words: f'{minus}"{" ".join(words)}"' if len(words) > 1 else f"-{words[0]}",
            st.sampled_from(["", "-"]),
            st.lists(st.sampled_from(BIRDS), min_size=1, max_size=2),
        ),
        max_size=2,
        unique=True,
    ),
)
CHOICES = {
    "sector": ["sector/health", "sector/education", "sector/justice"],
    "failure": ["failure/bias", "failure/unfair-decision", "failure/fabrication", "failure/attack"],
    "country": ["KE", "FR", "PE", "JP"],
    "source": [*SOURCES],
    "year": ["2023", "2024", "2026"],
    "contained": ["contained/within-hour", "contained/longer", "contained/not-yet"],
    "audience": ["audience/affected", "audience/partners"],
    "harm": ["harm/injury"],
    "state": ["published", "retracted"],
    "type": ["incident"],
    "demo": ["yes"],
    "language": ["fr", "ar"],
}
DAYS = st.sampled_from(["", "2023", "2023-12", "2024-02-10", "2025-01", "2025-03-09", "2026"])
SEARCHES = st.builds(
    lambda q, filters, since, until: {"q": [q], "since": [since], "until": [until], **filters},
    QUERIES,
    st.lists(st.sampled_from(sorted(CHOICES)), max_size=3, unique=True).flatmap(
        lambda facets: st.fixed_dictionaries(
            {facet: st.lists(st.sampled_from(CHOICES[facet]), min_size=1, unique=True) for facet in facets}
        )
    ),
    DAYS,
    DAYS,
)


def test_every_record_is_listed_and_readable(counted: Census) -> None:
    assert sorted(record["id"] for record in counted.records) == sorted(identifier(n) for n in range(130))


@settings(max_examples=120, deadline=None)
@given(SEARCHES)
@example({"q": [""]})
@example({"failure": ["failure/bias"], "country": ["KE"]})
@example({"q": ['crane -"heron quail"'], "source": ["aiid", "avid"], "since": ["2024"], "until": ["2025-01"]})
def test_what_is_found_and_counted_is_what_reading_every_record_gives(
    get: Get, counted: Census, asked: Asked
) -> None:
    found = pages(get, {**asked, "limit": ["50"]})
    ids = [item["id"] for page in found for item in page["items"]]
    assert sorted(ids) == sorted(record["id"] for record in counted.found(asked))
    assert {page["total"] for page in found} == {len(ids)}
    for page in found:
        assert shown(page["facets"]) == counted.counts(asked)


def shown(facets: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Facet → code → count without zeros: a chosen code that nothing carries is shown with one."""
    counts = {
        facet: {line["code"]: line["count"] for line in lines if line["count"]}
        for facet, lines in facets.items()
    }
    return {facet: lines for facet, lines in counts.items() if lines}


def test_the_highest_count_stands_first(get: Get) -> None:
    for lines in get("/api/v1/search")["facets"].values():
        counts = [line["count"] for line in lines]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("lang", load().languages)
def test_labels_are_those_of_the_taxonomy_in_the_language_asked_for(get: Get, lang: str) -> None:
    facets = get(f"/api/v1/search?lang={lang}")["facets"]
    for name in ("failure", "sector", "containment"):
        values = get(f"/api/v1/taxonomy/{name}?lang={lang}")["values"]
        labels = {value["code"]: value["label"] for value in values}
        assert facets[name]
        assert all(line["label"] == labels[line["code"]] for line in facets[name])


def test_a_code_may_be_given_without_its_facet_and_a_country_in_small_letters(get: Get) -> None:
    whole = get("/api/v1/search?sector=sector/health&country=KE")
    assert whole["total"] > 0
    assert get("/api/v1/search?sector=health&country=ke") == whole


def test_counts_can_be_left_out(get: Get) -> None:
    assert get("/api/v1/search?facets=false")["facets"] == {}


def test_a_found_record_is_shown_as_it_is(get: Get, counted: Census) -> None:
    records = {record["id"]: record for record in counted.records}
    for item in (item for page in pages(get, {"limit": ["50"]}) for item in page["items"]):
        record = records[item["id"]]
        account, happened = record["account"], record["account"].get("happened") or {}
        assert (item["title"], item["language"]) == (account["title"], account["language"])
        assert (item["date"], item["date_end"]) == (happened.get("from"), happened.get("to"))
        assert (item["type"], item["state"]) == (record["type"], record["state"])
        assert item["published"] == record["published"]
        assert item["countries"] == account.get("countries", [])
        assert (item["source"], item["demo"]) == (record["provenance"]["source"], record.get("demo", False))
        assert item["severity"] == account["classification"]["severity"][0]
        for facet, codes in account["classification"].items():
            assert item["codes"][facet][: len(codes)] == codes


@pytest.mark.parametrize("sort", ["date", "-date", "published", "-published"])
def test_an_order_runs_through_all_pages_with_the_undated_last(get: Get, sort: str) -> None:
    name = sort.removeprefix("-")
    items = [item for page in pages(get, {"sort": [sort], "limit": ["7"]}) for item in page["items"]]
    days = [item[name] for item in items]
    dated = [day for day in days if day is not None]
    assert days == dated + [None] * (len(days) - len(dated))
    firsts = [day + "-01-01"[len(day) - 4 :] for day in dated]
    assert firsts == sorted(firsts, reverse=sort.startswith("-"))
    assert len(items) == 130


def test_what_holds_more_of_the_words_stands_higher(get: Get) -> None:
    scores = [item["score"] for item in get("/api/v1/search?q=crane+heron&limit=50")["items"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


def test_publication_bounds_include_their_ends(get: Get, counted: Census) -> None:
    answer = get("/api/v1/search?published_since=2026-03-10&published_until=2026-05&limit=50")
    within = [r["id"] for r in counted.records if "2026-03-10" <= r["published"] <= "2026-05-31"]
    assert sorted(item["id"] for item in answer["items"]) == sorted(within)
    assert within


@pytest.mark.parametrize("q", ["crane", "CRÂNE", '"crane heron"', "heron -stork"])
def test_the_words_found_are_marked_and_the_text_is_whole(get: Get, counted: Census, q: str) -> None:
    texts = {record["id"]: record["account"]["text"] for record in counted.records}
    wanted = {word for word in BIRDS if word in q.lower().replace("â", "a") and f"-{word}" not in q}
    items = get(f"/api/v1/search?q={quote(q)}")["items"]
    assert items
    for item in items:
        assert "".join(part["text"] for part in item["title_parts"]) == item["title"]
        parts = [part for excerpt in item["highlights"] for part in excerpt]
        assert {part["text"] for part in parts if part["match"]} == wanted
        for excerpt in item["highlights"]:
            assert "".join(part["text"] for part in excerpt).strip("… ") in texts[item["id"]]


def test_marking_can_be_left_out(get: Get) -> None:
    items = get("/api/v1/search?q=crane&highlight=false")["items"]
    assert items
    assert not any(part["match"] for item in items for excerpt in item["highlights"] for part in excerpt)


def test_a_misspelt_word_is_put_right_and_the_right_one_finds(get: Get) -> None:
    answer = get("/api/v1/search?q=lapwnig")
    assert (answer["total"], answer["suggestion"]) == (0, "lapwing")
    assert answer["unknown_words"] == ["lapwnig"]
    assert get("/api/v1/search?q=lapwing")["total"] > 0
    assert get("/api/v1/search?q=lapwing")["suggestion"] is None


def test_a_word_that_is_nowhere_does_not_hide_the_others(get: Get) -> None:
    answer = get("/api/v1/search?q=crane+xylophonist")
    assert answer["total"] == get("/api/v1/search?q=crane")["total"]
    assert (answer["relaxed"], answer["unknown_words"]) == (True, ["xylophonist"])


@pytest.mark.parametrize("n", [0, 1, 4, 17])
def test_what_others_did_is_counted_right_and_can_be_searched(get: Get, counted: Census, n: int) -> None:
    others = get(f"/api/v1/records/{identifier(n)}/similar")["others"]
    assert get(address({**others["filters"], "limit": ["1"]}))["total"] == others["n"] > 0
    expected = counted.counts(others["filters"])
    assert set(others["counts"]) == {"detection", "contained", "containment", "remediation", "audience"}
    assert shown(others["counts"]) == {name: expected[name] for name in others["counts"] if name in expected}
    assert others["counts"]["detection"]
    assert others["counts"]["contained"]
