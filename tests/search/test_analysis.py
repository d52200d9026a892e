"""Words fold and stem so that people find what they mean."""

from __future__ import annotations

import pytest

from search.analysis import language_of, query_terms, terms
from search.folding import LONGEST, find_words, fold


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Hospitals", "hospital"),
        ("en", "discriminated", "discriminating"),
        ("fr", "hôpitaux", "hopitaux"),
        ("fr", "accusées", "accusée"),
        ("fr", "ACCUSÉE", "accusee"),
        ("es", "decisión", "decision"),
        ("es", "niños", "ninos"),
        ("ar", "المستشفى", "مستشفى"),
        ("ar", "والمستشفيات", "مستشفيات"),
        ("ar", "مُسْتَشْفَى", "مستشفي"),
        ("ar", "إنذار", "انذار"),
    ],
)
def test_spellings_and_forms_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert set(terms(one, language)) & set(terms(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "police", "policy"), ("ar", "مكتب", "كتاب"), ("es", "salud", "sala")],
)
def test_different_words_stay_apart(language: str, one: str, other: str) -> None:
    assert not set(terms(one, language)) & set(terms(other, language))


def test_a_term_belongs_to_its_language() -> None:
    assert not set(terms("chat", "fr")) & set(terms("chat", "en"))


def test_a_query_word_stands_for_its_stems_in_every_language() -> None:
    found = query_terms("niños", ("en", "es"))
    assert {term.partition(":")[0] for term in found} == {"en", "es"}


def test_a_language_without_a_stemmer_is_folded_only() -> None:
    assert language_of("sw") == "xx"
    assert terms("Watoto", "xx") == ("xx:watoto",)


def test_regional_tags_are_their_language() -> None:
    assert language_of("pt-BR") == "pt"


def test_endless_words_are_cut() -> None:
    assert fold("ﷺ" * 5000) == fold("ﷺ" * 5000)[:LONGEST]
    assert fold("A" * 100_000) == "a" * LONGEST


def test_words_part_at_apostrophes_hyphens_and_underscores() -> None:
    text = "l'école self-driving system_prompt"
    assert [word for _, _, word in find_words(text)] == ["l", "école", "self", "driving", "system", "prompt"]
    assert all(text[start:end] == word for start, end, word in find_words(text))
