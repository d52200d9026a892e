"""Which language tags exist, and which one is meant by what people write."""

from __future__ import annotations

import pytest
from babel import Locale

from registry.account.languages import NAMED_IN, is_known, meant

KNOWN = ["en", "sw", "rhg", "ht", "zgh", "pt-BR", "zh-Hant", "sr-Latn-RS", "ar-001", "de-1996"]


@pytest.mark.parametrize("tag", KNOWN)
def test_languages_large_and_small_are_known(tag: str) -> None:
    assert is_known(tag)
    assert meant(tag) == tag


@pytest.mark.parametrize("tag", ["xx", "zz", "xyz", "eng", "en-XX", "en-Xxxx", "pt-BR-zzzzz", "pt-brazil"])
def test_what_does_not_exist_is_no_language(tag: str) -> None:
    assert not is_known(tag)


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("Rohingya", "rhg"),
        ("tétoum", "tet"),
        ("الأمهرية", "am"),
        ("Haitian  Creole", "ht"),
        ("Brazilian Portuguese", "pt-BR"),
        (" PT_br ", "pt-BR"),
        ("ZH-HANT", "zh-Hant"),
        ("ENG", "en"),
        ("iw", "he"),
        ("Klingonese", "Klingonese"),  # for the check to refuse
        ("", ""),
    ],
)
def test_names_and_spellings_mean_a_tag(said: str, tag: str) -> None:
    assert meant(said) == tag


@pytest.mark.parametrize("language", NAMED_IN)
def test_every_widely_used_language_is_understood_by_name(language: str) -> None:
    for code, name in Locale(language).languages.items():
        if len(code) == 2:
            assert is_known(code)
            assert len(meant(str(name)).partition("-")[0]) == 2, name
