"""The query language takes any text and finds three things in it: words, phrases, exclusions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MOST_TERMS, parse


def test_words_phrases_and_exclusions_are_told_apart() -> None:
    query = parse('hospital "face match" -drone -"self driving"')
    assert query.words == ("hospital",)
    assert query.phrases == (("face", "match"),)
    assert query.without == (("drone",), ("self", "driving"))


@pytest.mark.parametrize("text", ["“face match”", "«face match»", '"face match'])
def test_any_quotes_will_do_and_need_not_be_closed(text: str) -> None:
    assert parse(text).phrases == (("face", "match"),)


def test_a_phrase_of_one_word_is_a_word() -> None:
    assert parse('"chatbot"').words == ("chatbot",)


@pytest.mark.parametrize("text", ["", "  ", "-", '"', '""', "- -", "\x00", "*?*?", "((((", "…"])
def test_nothing_to_look_for_is_an_empty_query(text: str) -> None:
    assert parse(text).empty


def test_operators_of_other_languages_are_words() -> None:
    assert parse("title:cat OR dog AND [a TO z] ^1e999").phrases == ()
    assert set(parse("title:cat OR dog").words) >= {"title", "cat", "dog"}


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("which hospitals did the algorithm fail", ("hospitals", "algorithm", "fail")),
        ("quels hôpitaux ont utilisé cet algorithme", ("hôpitaux", "utilisé", "algorithme")),
        ("qué hospitales usaron este algoritmo", ("hospitales", "usaron", "algoritmo")),
        ("ما هي المستشفيات التي استخدمت الخوارزمية", ("المستشفيات", "استخدمت", "الخوارزمية")),
    ],
)
def test_stop_words_of_the_language_spoken_are_dropped(question: str, telling: tuple[str, ...]) -> None:
    assert parse(question).words == telling


def test_a_query_of_stop_words_alone_keeps_them() -> None:
    assert parse("to be or not").words == ("to", "be", "or", "not")


def test_asking_words_are_dropped_from_sentences_only() -> None:
    assert parse("which incidents involve drones").words == ("drones",)
    assert parse("incident report").words == ("incident", "report")


def test_the_same_word_twice_is_one_word() -> None:
    assert parse("Drone drone DRONE dróne").words == ("Drone",)


@given(st.text(max_size=300))
def test_any_text_is_a_bounded_query(text: str) -> None:
    query = parse(text)
    assert sum(map(len, query.phrases)) <= MOST_TERMS
    assert sum(map(len, query.without)) <= MOST_TERMS
    assert len(set(query.words)) == len(query.words)
