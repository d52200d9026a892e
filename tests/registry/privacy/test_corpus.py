"""The corpus itself: what it promises to hold, it holds, and its files know nothing of each other."""

import importlib
import re
import unicodedata
from collections import Counter

import pytest

from tests.registry.privacy.corpus import (
    CERTAIN,
    DOUBTFUL,
    FILES,
    HALVES,
    ORIGINS,
    Sentence,
    Span,
    lines,
    load,
    parse,
)

files = pytest.mark.parametrize("half", FILES)
_WORD = re.compile(r"\w+")
_GAP = "\0"

# The numbers with a check digit that occur. Ten digits by chance pass the card rule one time in ten, so it is
# asked only of the lengths it is used for.
_VALIDATORS = (
    "iban", "bitcoin", "ar.cuit", "at.vnr", "au.tfn", "be.nn", "bg.egn", "br.cpf", "ca.bc_phn", "ca.sin",
    "ch.ssn", "cl.rut", "cn.ric", "co.nit", "cz.rc", "de.idnr", "dk.cpr", "do.cedula", "ec.ci", "ee.ik",
    "es.dni", "es.nie", "fi.hetu", "fr.nir", "gb.nhs", "gb.upn", "gr.amka", "gt.nit", "hr.oib", "ie.pps",
    "il.idnr", "in_.aadhaar", "is_.kennitala", "it.codicefiscale", "jp.in_", "kr.rrn", "lt.asmens", "lv.pvn",
    "mx.curp", "mz.nuit", "nl.bsn", "no.fodselsnummer", "nz.ird", "pl.pesel", "pt.nif", "ro.cnp", "ru.inn",
    "se.personnummer", "th.pin", "tr.tckimlik", "ua.rntrc", "ve.rif", "za.idnr",
)  # fmt: skip
_CARD_LENGTHS = (10, 15, 16)  # a Saudi identity, an Emirati one, a bank card


def covered(sentences: list[Sentence], kind: str) -> list[str]:
    return [sentence.covered(span) for sentence in sentences for span in sentence.spans if span.kind == kind]


def gaps(sentence: Sentence) -> str:
    """The text with each labelled piece cut out."""
    text = sentence.text
    for span in reversed(sentence.spans):
        text = text[: span.start] + _GAP + text[span.end :]
    return text


def runs(sentences: list[Sentence], length: int) -> set[tuple[str, ...]]:
    """Every run of so many words that stand together outside the labels."""
    found = set()
    for sentence in sentences:
        for stretch in gaps(sentence).casefold().split(_GAP):
            words = _WORD.findall(stretch)
            found |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    return found


def ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def luhn(digits: str) -> bool:
    total = sum(int(c) for c in digits[::-2]) + sum(sum(divmod(2 * int(c), 10)) for c in digits[-2::-2])
    return total % 10 == 0


@files
def test_every_line_parses_and_stays_short(half: str) -> None:
    written = lines(half)
    assert [line for line in written if len(line) > 600] == []
    assert len(load(half)) == len(written)


@files
def test_it_holds_as_many_sentences_of_each_language_as_promised(half: str) -> None:
    languages = Counter(sentence.language for sentence in load(half))
    assert languages.total() >= 320
    assert {language for language in ("en", "fr", "es", "ar") if languages[language] < 65} == set()
    others = {"pt", "sw", "id", "mix"}
    assert set(languages) == {"en", "fr", "es", "ar"} | others
    assert sum(languages[language] for language in others) >= 30


def test_the_files_together_hold_three_hundred_sentences_of_each_language() -> None:
    languages = Counter(sentence.language for half in FILES for sentence in load(half))
    assert {
        language: languages[language] for language in ("en", "fr", "es", "ar") if languages[language] < 300
    } == {}


@files
def test_about_a_quarter_holds_nothing_personal_in_each_language(half: str) -> None:
    sentences = load(half)
    for language in ("en", "fr", "es", "ar", None):
        some = [s for s in sentences if language in (s.language, None)]
        assert 0.18 <= sum(not s.spans for s in some) / len(some) <= 0.30, language


@files
def test_every_kind_and_every_origin_is_there_often_enough(half: str) -> None:
    spans = [span for sentence in load(half) for span in sentence.spans]
    kinds = Counter(span.kind for span in spans)
    origins = Counter(span.origin for span in spans if span.origin)
    assert {kind: kinds[kind] for kind in CERTAIN if kinds[kind] < 25} == {}
    assert {kind: kinds[kind] for kind in DOUBTFUL if kinds[kind] < 20} == {}
    assert {origin: origins[origin] for origin in ORIGINS if origins[origin] < 25} == {}


def test_the_four_languages_hold_every_kind_and_every_origin_in_each_file() -> None:
    for half in FILES:
        for language in ("en", "fr", "es", "ar"):
            spans = [span for s in load(half) if s.language == language for span in s.spans]
            assert {span.kind for span in spans} == {*CERTAIN, *DOUBTFUL}
            assert {span.origin for span in spans if span.origin} == set(ORIGINS)


def test_no_sentence_is_twice_in_the_corpus() -> None:
    texts = Counter(" ".join(_WORD.findall(s.text.casefold())) for half in FILES for s in load(half))
    assert [text for text, times in texts.items() if times > 1] == []


def test_no_name_is_in_both_halves_and_hardly_a_part_of_a_name() -> None:
    seen, held_out = ({name.casefold() for name in covered(load(half), "PERSON")} for half in HALVES)
    assert seen & held_out == set()
    seen_words, held_out_words = (
        {word for name in names for word in _WORD.findall(name) if len(word) > 2}
        for names in (seen, held_out)
    )
    assert len(seen_words & held_out_words) / len(held_out_words) < 0.03


def test_nothing_certain_is_in_both_halves() -> None:
    for kind in (*CERTAIN, "ID", "PLACE"):
        seen, held_out = (set(covered(load(half), kind)) for half in HALVES)
        assert seen & held_out == set()


def test_the_halves_are_not_the_same_sentences_with_other_names() -> None:
    seen, held_out = (runs(load(half), 4) for half in HALVES)
    assert len(seen & held_out) <= 5


@files
def test_a_label_covers_the_thing_and_nothing_around_it(half: str) -> None:
    pieces = [sentence.covered(span) for sentence in load(half) for span in sentence.spans]
    assert [
        piece for piece in pieces if piece != piece.strip() or piece[0] in '«"“,;.' or piece[-1] in ',;»"”'
    ] == []


@files
def test_a_name_is_labelled_wherever_it_stands(half: str) -> None:
    words_that_are_not_the_name = {"Grace", "Ángel"}  # a grace period; a model called Ángel
    missed = []
    for sentence in load(half):
        outside = set(_WORD.findall(gaps(sentence))) - words_that_are_not_the_name
        for name in covered([sentence], "PERSON"):
            missed += [word for word in _WORD.findall(name) if len(word) > 2 and word in outside]
    assert missed == []


@files
def test_check_digits_are_right(half: str) -> None:
    pytest.importorskip("stdnum")
    validators = [importlib.import_module(f"stdnum.{name}") for name in _VALIDATORS]
    wrong = []
    for number in covered(load(half), "CHECKED-ID"):
        written = ascii_digits(number)  # a dash may say the century
        plain = re.sub(r"[\s.-]", "", written)
        card = plain.isdigit() and len(plain) in _CARD_LENGTHS and luhn(plain)
        forms = (written, plain, plain.upper())
        if not card and not any(v.is_valid(form) for v in validators for form in forms):
            wrong.append(number)
    assert wrong == []


@files
def test_handset_numbers_have_their_check_digit(half: str) -> None:
    plain = [re.sub(r"[\s-]", "", text) for text in covered(load(half), "IP")]
    handsets = [text for text in plain if re.fullmatch(r"\d{15}", text)]
    assert len(handsets) >= 4
    assert [text for text in handsets if not luhn(text)] == []


def test_a_line_becomes_a_sentence() -> None:
    line = r"en | Ask [PERSON/slavic:Ola] \[the nurse\] at [EMAIL:ola \[at\] a.example]."
    sentence = parse(line)
    assert sentence.text == "Ask Ola [the nurse] at ola [at] a.example."
    assert sentence.spans == (Span(4, 7, "PERSON", "slavic"), Span(23, 41, "EMAIL"))
    assert [sentence.covered(span) for span in sentence.spans] == ["Ola", "ola [at] a.example"]


@pytest.mark.parametrize(
    "line",
    [
        "no language",
        "en | a stray ] bracket",
        "en | an open [PHONE:123",
        "en | [COLOUR:red]",
        "en | [PERSON:nobody]",
        "en | [PERSON/martian:Zzz]",
        "en | [PHONE/slavic:123]",
        "en | [PHONE:]",
    ],
)
def test_a_line_that_is_wrong_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"not an item|bracket|no such kind|origin"):
        parse(line)


def test_there_is_no_third_half() -> None:
    with pytest.raises(ValueError, match="no such half"):
        load("dev")
