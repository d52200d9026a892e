"""The right record comes first: for words, for plain questions, in four languages."""

from __future__ import annotations

import pytest

from search import SearchEngine
from tests.search.conftest import Ask, Index
from tests.search.corpus import stories
from tests.search.factories import record


@pytest.fixture
def engine(index: Index) -> SearchEngine:
    return index(stories())


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("did a chatbot ever tell a patient to take too much of a medicine dose", "dose"),
        ("which tools treat people with dark skin worse in emergency rooms", "triage"),
        ("software that marks school essays unfairly for second language learners", "grades"),
        ("families lost welfare money because a model said they were cheating", "benefits"),
        ("why did nobody see that the camp would be flooded by the river", "flood"),
        ("comment des escrocs ont-ils volé une association avec une fausse voix", "voix"),
        ("erreurs de traduction dans un hopital", "hopital"),
        ("¿qué pasó con las solicitudes de asilo traducidas por una maquina?", "asilo"),
        ("por qué las comunidades no recibieron la alerta de inundacion", "alerta"),
        ("هل أعطى روبوت معلومات خاطئة لعائلة من اللاجئين", "رقم"),
        ("من أوقفته الشرطة في مطار بسبب تعرف خاطئ على وجه", "وجه"),
    ],
)
def test_a_plain_question_finds_its_record_first(
    engine: SearchEngine, ask: Ask, question: str, right: str
) -> None:
    result = engine.search(ask(question))
    assert result.hits[0].id == right
    assert result.relaxed


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("HÔPITAL", "hopital"),
        ("hopital", "hopital"),
        ("hôpitaux", "hopital"),
        ("inundaciones", "alerta"),
        ("المطار", "وجه"),
        ("مطار", "وجه"),
        ("اللاجئون", "رقم"),
        ("إجتماع روبوت", "رقم"),
    ],
)
def test_accents_articles_and_endings_do_not_matter(
    engine: SearchEngine, ask: Ask, query: str, right: str
) -> None:
    assert engine.search(ask(query)).hits[0].id == right


def test_a_label_in_one_language_finds_records_in_another(engine: SearchEngine, ask: Ask) -> None:
    found = {hit.id for hit in engine.search(ask("santé")).hits}
    assert {"dose", "triage", "hopital"} <= found


def test_the_title_weighs_more_than_the_text(index: Index, ask: Ask) -> None:
    engine = index(
        [
            record(id="text", title="A report on a machine", text="The drone flew. It was seen."),
            record(id="title", title="A drone over a camp", text="The machine flew. It was seen."),
        ]
    )
    assert [hit.id for hit in engine.search(ask("drone")).hits] == ["title", "text"]


def test_entities_are_found(index: Index, ask: Ask) -> None:
    engine = index([record(title="A failure", entities={"systems": ["Zephyrine"]}), record(id="other")])
    assert engine.search(ask("zephyrine")).total == 1


def test_lessons_and_measures_are_found(index: Index, ask: Ask) -> None:
    engine = index([record(response={"lessons": "Ask a pharmacist first."}), record(id="other")])
    assert engine.search(ask("pharmacist")).total == 1


def test_a_phrase_must_stand_as_it_is(engine: SearchEngine, ask: Ask) -> None:
    assert [hit.id for hit in engine.search(ask('"dark skin"')).hits] == ["triage"]
    assert engine.search(ask('"skin dark"')).total == 0


def test_a_phrase_does_not_reach_from_the_title_into_the_text(index: Index, ask: Ask) -> None:
    engine = index([record(title="Seen by a drone", text="Pilots were warned.")])
    assert engine.search(ask('"drone pilots"')).total == 0


def test_stop_words_inside_a_phrase_may_be_any_word(engine: SearchEngine, ask: Ask) -> None:
    assert [hit.id for hit in engine.search(ask('"ranked darker skin as less urgent"')).hits] == ["triage"]


def test_excluded_words_and_phrases_are_absent(engine: SearchEngine, ask: Ask) -> None:
    everything = engine.search(ask("")).total
    assert {hit.id for hit in engine.search(ask("patients -chatbot")).hits} == {"triage"}
    assert engine.search(ask("-chatbot")).total < everything
    assert "triage" not in {hit.id for hit in engine.search(ask('-"dark skin"')).hits}


def test_words_that_occur_nowhere_are_named_and_do_not_count(engine: SearchEngine, ask: Ask) -> None:
    result = engine.search(ask("triage zzyzx"))
    assert [hit.id for hit in result.hits][:1] == ["triage"]
    assert result.unknown == ("zzyzx",)
    assert engine.search(ask("zzyzx")).total == 0


def test_when_enough_records_hold_all_words_the_others_stay_away(index: Index, ask: Ask) -> None:
    both = [record(id=f"both-{n:02}", text="a crane beside a heron") for n in range(12)]
    one = [record(id=f"one-{n:02}", text="a crane alone") for n in range(12)]
    engine = index([*both, *one])
    result = engine.search(ask("crane heron"))
    assert result.total == 12
    assert not result.relaxed


def test_only_the_rarest_of_very_many_words_are_used(index: Index, ask: Ask) -> None:
    words = [f"word{letter}" for letter in "abcdefghijklmno"]
    engine = index([record(id=f"r{n}", text=" ".join(words[: n + 1])) for n in range(15)])
    result = engine.search(ask(" ".join(words)))
    assert result.ignored == ("worda", "wordb", "wordc")
