"""How far a possible name goes: the words beside a suspicious one that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.doubtful.syllables import SYLLABLE
from registry.privacy.doubtful.tokens import Word, starts
from registry.privacy.words.ordinary import COMMON, is_used
from registry.privacy.words.people import (
    ABBREVIATIONS,
    CALLED,
    FIRST_WORDS,
    LEADING,
    PARTICLES,
    TITLES,
    WORD_NAMES,
    names,
)
from registry.privacy.words.things import things

_JOINING = frozenset({" ", "-", ". ", ".", ".-", "'", ", ", " (", "  "})
_STOPS = frozenset({". ", ".", ".-"})
_VOWELS = frozenset("aeiouy")
ABBREVIATED = 2
"""Letters, none a vowel, of a word whose full stop ends no sentence: ``Md. Rahman``, ``Ch. Dubois``."""
OFTEN, SYLLABLE_OFTEN = 40.0, 150.0
"""Uses in a million of a word that is not the other half of a name in small letters."""
SHORT_FAMILY_NAME = 3


def widened(words: Sequence[Word], told: Sequence[bool], index: int, language: str) -> tuple[int, int]:
    """The run of words that may be one name around a suspicious one."""
    first = last = index
    while last + 1 < len(words) and _joins(words, told, last + 1, language):
        last += 1
    while words[last].lower in PARTICLES and last > index and not told[last] and not words[last].capital:
        last -= 1
    while first > 0 and _close(words, first) and _may_lead(words, told, first - 1, language):
        first -= 1
    if words[index].text.islower():
        first, last = _widened_in_small_letters(words, first, last, language)
    return first, last


def _close(words: Sequence[Word], index: int) -> bool:
    """Whether this word may belong to a name with the word before it."""
    return words[index].gap in (" ", "-", ". ", ".") and not _parted(words, index)


def _parted(words: Sequence[Word], index: int) -> bool:
    """Whether a sentence ends before this word, or another person begins: *in Dakar. Awa*, *Awa, Moussa*.

    The full stop of an initial, of a title or of an abbreviation ends none; initials after a comma go
    with the family name before it (*Kamau, J. P.*).
    """
    word, before = words[index], words[index - 1]
    if "," in word.gap:
        return not _ends_in_initials(words, index)
    if word.gap not in _STOPS or before.initial or before.lower in TITLES or before.lower in ABBREVIATIONS:
        return False
    return len(before.text) > ABBREVIATED or not _VOWELS.isdisjoint(before.lower)


def _ends_in_initials(words: Sequence[Word], index: int) -> bool:
    """Whether initials stand here that no name follows: of *Kamau, J. P.*, not of *Awa, M. Traoré*."""
    if not words[index].initial:
        return False
    while index < len(words) and words[index].initial:
        index += 1
    after = words[index] if index < len(words) else None
    return after is None or not after.capital or "," in after.gap or after.lower in FIRST_WORDS


def _widened_in_small_letters(words: Sequence[Word], first: int, last: int, language: str) -> tuple[int, int]:
    """One seldom word on each side: who writes names in small letters writes both of them so."""
    if first and words[first].gap == " " and _may_be_the_other(words[first - 1], language):
        first -= 1
    if last + 1 < len(words) and words[last + 1].gap == " " and _may_be_the_other(words[last + 1], language):
        last += 1
    return first, last


def _may_be_the_other(word: Word, language: str) -> bool:
    if word.lower in TITLES or word.lower in CALLED or not word.text.islower():
        return False
    often = SYLLABLE_OFTEN if SYLLABLE.fullmatch(word.lower) else OFTEN
    return not is_used(word.lower, language, often)


def _joins(words: Sequence[Word], told: Sequence[bool], index: int, language: str) -> bool:
    """Whether this word goes on the name that the words before it began."""
    word = words[index]
    if word.gap not in _JOINING or _parted(words, index):
        return False
    if told[index] or word.initial:
        return True
    if word.lower in PARTICLES and word.gap in (" ", "-"):
        return _particles_lead_on(words, told, index)
    if word.gap in (", ", " (", "  "):
        return False
    if len(word.text) == 1:
        return word.gap == " " and index + 1 < len(words) and words[index + 1].gap.startswith(".")
    return (word.capital and not starts(words, index)) or (
        word.gap in (" ", "-") and _is_a_name_more_often(word.lower, language)
    )


def _is_a_name_more_often(lower: str, language: str) -> bool:
    """Whether a listed name in small letters is no everyday word: *were* is a family name of Kenya."""
    return lower in names() and not is_used(lower, language, OFTEN)


def _particles_lead_on(words: Sequence[Word], told: Sequence[bool], index: int) -> bool:
    """Whether after one to three particles (*van der*, *de la*) a name goes on, and not another person's."""
    if _parts_persons(words, index):
        return False
    for ahead in range(index + 1, min(index + 4, len(words))):
        if words[ahead].gap not in (" ", "-", "'"):
            return False
        if words[ahead].capital or told[ahead]:
            return True
        if words[ahead].lower not in PARTICLES:
            return False
    return False


def _parts_persons(words: Sequence[Word], index: int) -> bool:
    """Whether this is an *and* with a whole name after it, *y Rosa Condori*, and not *Ramón y Cajal*."""
    pair = words[index + 1 : index + 3]
    return (
        words[index].lower == "y"
        and len(pair) > 1
        and pair[1].gap == " "
        and all(word.capital for word in pair)
    )


def _begins_a_name(words: Sequence[Word], index: int) -> bool:
    """Whether particles stand here as the beginning of a name: *Van den*, or *de la* at the start."""
    while True:
        if words[index].capital or starts(words, index):
            return True
        if index == 0 or words[index].gap != " " or words[index - 1].lower not in PARTICLES:
            return False
        index -= 1


def _may_lead(words: Sequence[Word], told: Sequence[bool], index: int, language: str) -> bool:
    """A capitalised or known name before the suspicious word belongs to it, unless it begins the sentence."""
    word = words[index]
    if told[index] or word.initial or word.lower in LEADING:
        return True
    if word.lower in TITLES or word.lower in CALLED or _parts_persons(words, index):
        return word.capital and word.lower in TITLES and word.lower not in CALLED
    if word.lower in PARTICLES and (_begins_a_name(words, index) or _capital_before(words, index)):
        return True
    if _is_a_name_more_often(word.lower, language) or (word.capital and not starts(words, index)):
        return True
    if word.lower in FIRST_WORDS or not word.capital:
        return False
    syllable = len(word.text) <= SHORT_FAMILY_NAME and SYLLABLE.fullmatch(word.lower)
    return bool(syllable) or _may_begin(words, index, language)


def _may_begin(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether the first word of a sentence goes with the name after it: *Ndiaye Serigne*, not *Yesterday*."""
    word, after = words[index], words[index + 1]
    seldom = not is_used(word.lower, language, COMMON) and word.lower not in things()
    given = word.lower in WORD_NAMES or (word.lower in things() and word.lower in names())
    return (seldom or given) and after.capital and after.gap == " " and not word.shouted


def _capital_before(words: Sequence[Word], index: int) -> bool:
    """Whether a capitalised word stands before these particles inside a sentence: *Bocas de Satinga*."""
    for at in range(index, max(index - 3, 0), -1):
        if words[at].gap != " ":
            return False
        before = words[at - 1]
        if before.lower not in PARTICLES:
            return before.capital and not starts(words, at - 1) and before.lower not in things()
    return False
