"""What hides a text from a pattern is seen through, and every position leads back."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.privacy import scan
from registry.privacy.findings import Kind
from registry.privacy.folding import fold

TRICKS = st.text(
    alphabet=st.one_of(
        st.sampled_from("a1@.+ -أ٣۴5５ａ＠\u200b\u200f\u202e\u2066\u00ad\u0301\u064b\u00a0\u2011\u2019ªº½"),
        st.characters(),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("plain", "plain"),
        ("\uff10\uff11\uff12 \uff21", "012 A"),  # full width
        ("٠٧١٢ ۴۵", "0712 45"),  # Arabic-Indic and Persian digits
        ("०१२", "012"),
        ("a\u200bb\u200dc\ufeffd\u00ade", "abcde"),  # zero width, soft hyphen
        ("\u202e12\u202c \u206634\u2069", "12 34"),  # direction marks
        ("a\u00a0b\u202fc\u3000d", "a b c d"),
        ("1\u20112\u20133", "1-2-3"),
        ("d\u2019eau", "d'eau"),
        ("مُحَمَّد", "محمد"),  # vowel signs
        ("e\u0301 1\u0301 j\u0301", "é 1 j"),  # accents that fit, and accents that fit nothing
        ("1\u20e3 2\ufe0f\u20e3", "1 2"),  # keys
        ("1\u00b72 l\u00b7l", "1.2 l\u00b7l"),
        ("a\u3002b", "a.b"),
        ("1\t2", "1 2"),
    ],
)
def test_it_makes_plain_what_looks_alike(written: str, folded: str) -> None:
    assert fold(written).text == folded


BLANKS = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
"""What parts words as a space does."""


@given(TRICKS)
def test_every_folded_character_leads_back_to_one_that_means_it(text: str) -> None:
    folded = fold(text)
    places = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(start < end for start, end in places)
    assert all(before[1] == after[0] for before, after in pairwise(places))  # nothing unseen is left between
    for at, (start, end) in enumerate(places):
        character, unseen = text[start], text[start + 1 : end]
        assert all(fold("a" + one).text in ("a", unicodedata.normalize("NFC", "a" + one)) for one in unseen)
        if character.isascii() and not unseen:
            assert folded.text[at] == (" " if character in BLANKS else character)
        if (digit := unicodedata.decimal(character, None)) is not None:
            assert folded.text[at] == str(digit)


@given(TRICKS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


PHONE, EMAIL = "+254 712 345 678", "amina.njoroge@clinic.example"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call " + "\u200b".join(PHONE), Kind.PHONE),
        ("call \u202d" + PHONE + "\u202c now", Kind.PHONE),
        ("call ＋２５４ ７１２ ３４５ ６７８", Kind.PHONE),
        ("اتصل ٠٧١٢٣٤٥٦٧٨", Kind.PHONE),
        ("call +254\u00a0712\u2011345\u2011678", Kind.PHONE),
        ("write to " + "\u00ad".join(EMAIL), Kind.EMAIL),
        ("write to ａｍｉｎａ＠ｃｌｉｎｉｃ．ｅｘａｍｐｌｅ", Kind.EMAIL),
        ("write to аminа@сlinic.example", Kind.EMAIL),  # three Cyrillic letters
        ("write to \u2067amina@clinic.example\u2069", Kind.EMAIL),
    ],
)
def test_disguises_hide_nothing_from_the_scan(text: str, kind: Kind) -> None:
    found = [one for one in scan(text, "en") if one.certain]
    assert [one.kind for one in found] == [kind]
    left = text[: found[0].start] + text[found[0].end :]
    assert not any(character.isdigit() or character in "@＠" for character in left)
