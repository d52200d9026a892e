"""Possible names of people in Latin, Cyrillic and Greek script.

A word is suspicious when it is a known name, or a capitalised or unknown word that no dictionary of
the report's language holds; words around it that may belong to a name join it. We flag too much
rather than too little: lists know the names of the powerful best (measured in security.md 5), so an
unknown word is a reason to ask and not a reason to trust.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from registry.privacy.doubtful.syllables import SYLLABLE, in_syllables, is_hyphenated, is_shouted_name
from registry.privacy.doubtful.tokens import Word, split
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words.ordinary import (
    COMMON,
    DICTIONARIES,
    LEAST_ELSEWHERE,
    RARE,
    SELDOM,
    is_ordinary,
    is_used,
    used,
)
from registry.privacy.words.people import (
    CALLED,
    FIRST_WORDS,
    LEADING,
    NEVER_WORDS,
    PARTICLES,
    TITLES,
    bare,
    names,
)
from registry.privacy.words.things import things

_JOINING = frozenset({" ", "-", ". ", ".", ".-", "'", ", ", " (", "  "})
SHORTEST = 3
"""Letters that an unknown word in small letters needs to be asked about."""

OFTEN, SYLLABLE_OFTEN = 40.0, 150.0
"""Uses in a million of a word that is not the other half of a name in small letters."""
SHORT_FAMILY_NAME = 3


class Names:
    """Finds possible names of people."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        words = [word for word in split(text.text) if _has_case(word.text)]
        language = language.partition("-")[0]
        told = [_suspicion(words, index, language) for index in range(len(words))]
        index = 0
        while index < len(words):
            if not told[index]:
                index += 1
                continue
            first, last = _widened(words, told, index, language)
            yield Finding(words[first].start, _end(words[last]), Kind.PERSON, certain=False)
            index = last + 1


def _suspicion(words: Sequence[Word], index: int, language: str) -> bool:  # noqa: PLR0911 - one reason after the other
    """Whether this word alone is reason to ask."""
    word, before = words[index], words[index - 1] if index else None
    lower = word.lower
    if lower in TITLES or lower in PARTICLES or lower in CALLED:
        return False
    named = _is_named(lower)
    thing = lower in things()
    ordinary = _is_ordinary(word, language)
    seldom = ordinary and before is not None and before.lower in TITLES and not _used(lower, language, RARE)
    sure = word.capital or named or not ordinary or seldom or language not in DICTIONARIES
    if before is not None and _close(word) and _announces(before) and sure:
        return not thing or named
    if word.initial:
        return _beside_an_initial(words, index)
    if word.capital:
        if (
            _shouted(word)
            and not thing
            and (is_shouted_name(word, language) or _is_shouted_family(words, index))
        ):
            return True
        if thing or (_shouted(word) and (ordinary or (len(word.text) <= 5 and not named))):  # noqa: PLR2004 - shorter ones are abbreviations
            return False
        return _is_name_like(words, index, language, named=named, ordinary=ordinary)
    if lower in NEVER_WORDS or (named and not (ordinary and _used(lower, language, RARE))):
        return True
    if thing or language not in DICTIONARIES:
        return False
    if in_syllables(words, index, language) or is_hyphenated(lower, language):
        return True
    return not ordinary and len(lower) >= SHORTEST


def _is_shouted_family(words: Sequence[Word], index: int) -> bool:
    """Whether a syllable in capitals stands before another that begins with one: ``XIA Mei``."""
    after = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
    return (
        after is not None
        and after.capital
        and not _shouted(after)
        and len(after.text) > 1
        and all(SYLLABLE.fullmatch(part) for part in (words[index].lower, *after.lower.split("-")))
    )


def _is_named(lower: str) -> bool:
    """Whether lists know the word, or a part of it, as a name."""
    if lower in names() or bare(lower) in names():
        return True
    return (
        any(len(part) >= SHORTEST and part in names() for part in lower.replace("'", "-").split("-")[:3])
        and "-" in lower
    )


def _is_name_like(words: Sequence[Word], index: int, language: str, *, named: bool, ordinary: bool) -> bool:
    """Whether a capitalised word is more likely a name than the beginning of a sentence or a heading."""
    word = words[index]
    often = ordinary and _used(word.lower, language, COMMON)
    if named:
        return not (_starts(words, index) and often and not _name_follows(words, index))
    if _starts(words, index):
        return not (
            ordinary
            and (_used(word.lower, language, SELDOM) or not _used(word.lower, language, LEAST_ELSEWHERE))
        )
    return not (ordinary and _used(word.lower, language, RARE))


def _used(lower: str, language: str, least: float) -> bool:
    return lower in used(language, least) or lower in used("en", least)


def _starts(words: Sequence[Word], index: int) -> bool:
    """Whether a sentence starts here; the full stop of an initial ends none."""
    word = words[index]
    return word.first and not (index and words[index - 1].initial and word.gap in (". ", "."))


def _is_ordinary(word: Word, language: str) -> bool:
    lower = word.lower
    return is_ordinary(lower, language) or (
        word.text.endswith("'s") and is_ordinary(word.text.casefold(), language)
    )


def _announces(before: Word) -> bool:
    return before.lower in TITLES or before.lower in CALLED


def _close(word: Word) -> bool:
    return word.gap.strip(" ") in ("", ".", ":", ",", '"', "'", "“", "«")


def _beside_an_initial(words: Sequence[Word], index: int) -> bool:
    """``J. K.`` and ``A.`` beside a capitalised word, but never an ``I`` or the ``A`` of a sentence."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    return after is not None and after.initial and after.gap in (".", ". ", ".-", "-") and word.text != "I"


def _name_follows(words: Sequence[Word], index: int) -> bool:
    """Whether the next word is a capitalised one that belongs to this."""
    if index + 1 >= len(words):
        return False
    after = words[index + 1]
    return after.capital and after.gap in (" ", "-") and after.lower not in things()


def _widened(words: Sequence[Word], told: Sequence[bool], index: int, language: str) -> tuple[int, int]:
    """The run of words that may be one name around a suspicious one."""
    first = last = index
    while last + 1 < len(words) and _joins(words, told, last + 1, language):
        last += 1
    while words[last].lower in PARTICLES and last > index and not told[last] and not words[last].capital:
        last -= 1
    while (
        first > 0
        and words[first].gap in (" ", "-", ". ", ".")
        and _may_lead(words, told, first - 1, language)
    ):
        first -= 1
    if words[index].text.islower():
        first, last = _widened_in_small_letters(words, first, last, language)
    return first, last


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
    if word.gap not in _JOINING:
        return False
    if told[index] or word.initial:
        return True
    if word.lower in PARTICLES and word.gap in (" ", "-"):
        return _particles_lead_on(words, told, index)
    if word.gap in (", ", " (", "  "):
        return False
    if len(word.text) == 1:
        return word.gap == " " and index + 1 < len(words) and words[index + 1].gap.startswith(".")
    return (word.capital and not _starts(words, index)) or (
        word.gap in (" ", "-") and _is_a_name_more_often(word.lower, language)
    )


def _is_a_name_more_often(lower: str, language: str) -> bool:
    """Whether a listed name in small letters is no everyday word: *were* is a family name of Kenya."""
    return lower in names() and not _used(lower, language, OFTEN)


def _particles_lead_on(words: Sequence[Word], told: Sequence[bool], index: int) -> bool:
    """Whether after one to three particles (*van der*, *de la*) a name goes on."""
    for ahead in range(index + 1, min(index + 4, len(words))):
        if words[ahead].gap not in (" ", "-", "'"):
            return False
        if words[ahead].capital or told[ahead]:
            return True
        if words[ahead].lower not in PARTICLES:
            return False
    return False


def _begins_a_name(words: Sequence[Word], index: int) -> bool:
    """Whether particles stand here as the beginning of a name: *Van den*, or *de la* at the start."""
    while True:
        if words[index].capital or _starts(words, index):
            return True
        if index == 0 or words[index].gap != " " or words[index - 1].lower not in PARTICLES:
            return False
        index -= 1


def _may_lead(words: Sequence[Word], told: Sequence[bool], index: int, language: str) -> bool:
    """A capitalised or known name before the suspicious word belongs to it, unless it begins the sentence."""
    word = words[index]
    if told[index] or word.initial or word.lower in LEADING:
        return True
    if word.lower in TITLES or word.lower in CALLED:
        return word.capital and word.lower not in CALLED
    if word.lower in PARTICLES and (_begins_a_name(words, index) or _capital_before(words, index)):
        return True
    if _is_a_name_more_often(word.lower, language) or (word.capital and not _starts(words, index)):
        return True
    syllable = word.capital and len(word.text) <= SHORT_FAMILY_NAME and SYLLABLE.fullmatch(word.lower)
    return bool(syllable) and word.lower not in FIRST_WORDS


def _capital_before(words: Sequence[Word], index: int) -> bool:
    """Whether a capitalised word stands before these particles inside a sentence: *Bocas de Satinga*."""
    for at in range(index, max(index - 3, 0), -1):
        if words[at].gap != " ":
            return False
        before = words[at - 1]
        if before.lower not in PARTICLES:
            return before.capital and not _starts(words, at - 1) and before.lower not in things()
    return False


def _shouted(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper()


def _end(word: Word) -> int:
    return word.end - 2 if word.text.casefold().endswith("'s") else word.end


def _has_case(text: str) -> bool:
    """Latin, Cyrillic, Greek, Armenian, Georgian: scripts whose words this detector reads."""
    return unicodedata.name(text[0], "").split(" ")[0] in (
        "LATIN",
        "CYRILLIC",
        "GREEK",
        "ARMENIAN",
        "GEORGIAN",
        "MODIFIER",
    )
