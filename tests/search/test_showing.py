"""What a hit shows: marked words, excerpts, suggestions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search import SearchRequest
from search.highlight import WIDTH
from search.results import Fragment
from tests.search.conftest import Ask, Index
from tests.search.corpus import stories
from tests.search.factories import record


def marked(fragment: Fragment) -> list[str]:
    return [text for text, is_marked in fragment if is_marked]


def plain(fragment: Fragment) -> str:
    return "".join(text for text, _ in fragment)


def test_matches_are_marked_as_written_in_title_and_text(index: Index, ask: Ask) -> None:
    text = "Les hôpitaux_voisins et l’HÔPITAL central."
    hit = index([record(title="À l’hôpital", text=text, language="fr")]).search(ask("hopital")).hits[0]
    assert marked(hit.title_parts) == ["hôpital"]
    assert plain(hit.title_parts) == "À l’hôpital"
    assert marked(hit.highlights[0]) == ["hôpitaux", "HÔPITAL"]
    assert plain(hit.highlights[0]) == text


def test_arabic_words_are_marked_with_their_article(index: Index, ask: Ask) -> None:
    hits = index(stories()).search(ask("مطار")).hits
    assert marked(hits[0].title_parts) == ["المطار"]


def test_only_whole_words_are_marked(index: Index, ask: Ask) -> None:
    hit = index([record(text="cranes, scrane, crane_fly, cranex crane")]).search(ask("crane")).hits[0]
    assert marked(hit.highlights[0]) == ["cranes", "crane", "crane"]


def test_excerpts_show_where_the_words_are(index: Index, ask: Ask) -> None:
    text = (
        "filler " * 200
        + "here the crane stands "
        + "filler " * 200
        + "and there the heron flies "
        + "end " * 99
    )
    hit = index([record(text=text)]).search(ask("crane heron")).hits[0]
    assert [marked(excerpt) for excerpt in hit.highlights] == [["crane"], ["heron"]]
    assert all(len(plain(excerpt)) <= WIDTH + 10 for excerpt in hit.highlights)
    assert plain(hit.highlights[0]).startswith("… ")
    assert plain(hit.highlights[0]).endswith(" …")


def test_without_a_match_the_text_begins(index: Index, ask: Ask) -> None:
    hit = index([record(text="word " * 100)]).search(ask()).hits[0]
    assert plain(hit.highlights[0]).startswith("word word")
    assert not marked(hit.highlights[0])


def test_text_is_given_as_it_is_and_never_as_markup(index: Index, ask: Ask) -> None:
    text = "<script>alert('crane')</script> & more"
    hit = index([record(title=text, text=text)]).search(ask("crane")).hits[0]
    assert plain(hit.title_parts) == plain(hit.highlights[0]) == text


def test_marking_can_be_left_out(index: Index) -> None:
    hit = index([record(text="crane")]).search(SearchRequest(q="crane", highlight=False)).hits[0]
    assert not marked(hit.highlights[0])


def test_excluded_words_are_not_marked(index: Index, ask: Ask) -> None:
    hit = index([record(text="crane water")]).search(ask("water -heron")).hits[0]
    assert marked(hit.highlights[0]) == ["water"]


def test_a_hit_carries_what_a_page_needs(index: Index, ask: Ask) -> None:
    hit = (
        index(
            [
                record(
                    happened="2026-03-09",
                    until="2026-04",
                    codes=("severity/serious", "failure/bias"),
                    derived=("failure/attack",),
                    countries=("KE",),
                    source="aiid",
                    demo=True,
                )
            ]
        )
        .search(ask())
        .hits[0]
    )
    assert (hit.date, hit.date_end, hit.published) == ("2026-03-09", "2026-04", "2026-10-01")
    assert hit.severity == "severity/serious"
    assert hit.codes["failure"] == ("failure/bias", "failure/attack")
    assert (hit.countries, hit.source, hit.demo, hit.type) == (("KE",), "aiid", True, "report")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("traige score", "triage score"),
        ("hosptal", "hospital"),
        ("gradess of pupilz", "grades of pupils"),
        ("asociasion", "association"),
        ("المطاار", "المطار"),
    ],
)
def test_a_misspelt_word_is_put_right(index: Index, ask: Ask, typed: str, meant: str) -> None:
    assert index(stories()).search(ask(typed)).suggestion == meant


@pytest.mark.parametrize("typed", ["triage", "zzzzzzzz", "xq", "2o26", '"dark skin"'])
def test_nothing_is_suggested_without_need(index: Index, ask: Ask, typed: str) -> None:
    assert index(stories()).search(ask(typed)).suggestion is None


@pytest.mark.parametrize(
    ("url", "told"), [("https://a.example/1", "https://a.example/1"), ("javascript:a()", "")]
)
def test_an_address_that_nobody_should_follow_is_not_told(
    index: Index, ask: Ask, url: str, told: str
) -> None:
    kept = record(text="crane")
    found = index([replace(kept, provenance=replace(kept.provenance, url=url))]).search(ask("crane"))
    assert [hit.url for hit in found.hits] == [told]
