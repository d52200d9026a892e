"""Every code and every facet has words in every language."""

from __future__ import annotations

import re

import pytest

from taxonomy import Taxonomy

LANGUAGES = ["fr", "es", "ar"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_and_facet_is_translated_and_nothing_else(taxonomy: Taxonomy, lang: str) -> None:
    codes = {code for facet in taxonomy.facets.values() for code in facet.values}
    assert set(taxonomy.words.keys(lang, "labels")) == codes
    assert set(taxonomy.words.keys(lang, "titles")) == set(taxonomy.facets)
    assert set(taxonomy.words.keys(lang, "asks")) == set(taxonomy.facets)
    assert set(taxonomy.words.keys(lang, "definitions")) == codes


@pytest.mark.parametrize("lang", ["en", *LANGUAGES])
def test_labels_are_different_within_a_facet(taxonomy: Taxonomy, lang: str) -> None:
    for facet in taxonomy.facets:
        labels = [taxonomy.label(value.code, lang) for value in taxonomy.choices(facet)]
        assert len(set(labels)) == len(labels), facet


@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_are_questions_and_digits_are_latin(taxonomy: Taxonomy, lang: str) -> None:
    for facet in taxonomy.facets:
        assert re.search(r"[?؟]", taxonomy.ask(facet, lang)), facet
        for value in taxonomy.choices(facet):
            assert not re.search(r"[٠-٩۰-۹]", taxonomy.label(value.code, lang))


def test_arabic_is_written_in_arabic(taxonomy: Taxonomy) -> None:
    codes = [code for facet in taxonomy.facets.values() for code in facet.values if facet.id != "tlp"]
    assert [code for code in codes if not re.search(r"[\u0600-\u06ff]", taxonomy.label(code, "ar"))] == []


def test_a_region_finds_its_language_and_an_unknown_one_falls_back_to_english(taxonomy: Taxonomy) -> None:
    assert taxonomy.label("harm/death", "fr-CA") == "Décès"
    assert taxonomy.label("harm/death", "es_MX") == "Muerte"
    assert taxonomy.label("harm/death", "sw") == "Death"
    assert taxonomy.title("harm", "../common") == "Type of harm"
    assert taxonomy.ask("severity", "fr") == "Quelle a été la gravité pour les personnes les plus touchées ?"


def test_an_unknown_code_has_no_words(taxonomy: Taxonomy) -> None:
    with pytest.raises(KeyError):
        taxonomy.label("harm/nothing", "fr")
