"""Possible names of people in Latin, Cyrillic and Greek script.

A word is suspicious when it is a known name, or a capitalised or unknown word that no dictionary of
the report's language holds; words around it that may belong to a name join it. We flag too much
rather than too little: lists know the names of the powerful best (measured in security.md 5), so an
unknown word is a reason to ask and not a reason to trust.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from registry.privacy.doubtful.capitals import is_given_name, is_name_in_capitals
from registry.privacy.doubtful.name_runs import widened
from registry.privacy.doubtful.syllables import SYLLABLE, in_syllables, is_hyphenated, is_shouted_name
from registry.privacy.doubtful.tokens import Word, split, starts
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words import bodies
from registry.privacy.words.numbers import MONTHS
from registry.privacy.words.ordinary import (
    COMMON,
    DICTIONARIES,
    LEAST_ELSEWHERE,
    RARE,
    SELDOM,
    is_inflected,
    is_ordinary,
    is_used,
)
from registry.privacy.words.people import (
    CALLED,
    DOES,
    FIRST_WORDS,
    KINSHIP,
    NEVER_WORDS,
    PARTICLES,
    TITLES,
    TOLD_OF,
    WHO_IS,
    WORD_NAMES,
    bare,
    names,
)
from registry.privacy.words.things import things

PRONOUN = 300.0
"""Uses in a million of a word that is no name whatever follows."""
SHORTEST = 3
"""Letters that an unknown word in small letters needs to be asked about."""


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
            first, last = widened(words, told, index, language)
            if not _is_a_body(words[first : last + 1]):
                yield Finding(words[first].start, _end(words[last]), Kind.PERSON, certain=False)
            index = last + 1


def _is_a_body(run: Sequence[Word]) -> bool:
    """Whether a row of words is the name of a body: *Blue Lantern Trust*, *la Fundación Semilla Andina*."""
    names = [word for word in run if word.lower not in bodies.ARTICLES]
    if not names or not names[0].capital:
        return False
    heads = names[0].lower.removeprefix("l'").removeprefix("d'") in bodies.FIRST
    return (heads and len(names) > 1) or (
        len(names) > 1 and names[-1].lower in bodies.LAST and names[-1].capital
    )


def _suspicion(words: Sequence[Word], index: int, language: str) -> bool:  # noqa: PLR0911 - one reason after the other
    """Whether this word alone is reason to ask."""
    word, before = words[index], words[index - 1] if index else None
    lower = word.lower
    if lower in TITLES or lower in PARTICLES or lower in CALLED or _is_of_a_date(word):
        return False
    named = _is_named(lower) or _is_word_name(words, index)
    thing = lower in things() and not _is_word_alone(words, index)
    ordinary = _is_ordinary(word, language)
    sure = word.capital or named or not ordinary or language not in DICTIONARIES
    if before is not None and _is_announced(word, before, language, sure=sure):
        return not thing or named
    if word.initial:
        return _beside_an_initial(words, index)
    if word.capital:
        if word.shouted and _is_shouted(words, index, language, thing=thing):
            return True
        if thing or (word.shouted and (ordinary or (len(word.text) <= 5 and not named))):  # noqa: PLR2004 - shorter ones are abbreviations
            return False
        return _is_name_like(words, index, language, named=named, ordinary=ordinary)
    if lower in NEVER_WORDS or (named and not (ordinary and is_used(lower, language, RARE))):
        return True
    if thing or language not in DICTIONARIES:
        return False
    if in_syllables(words, index, language) or is_hyphenated(lower, language):
        return True
    return not ordinary and len(lower) >= SHORTEST and not is_inflected(lower, language)


def _is_shouted(words: Sequence[Word], index: int, language: str, *, thing: bool) -> bool:
    """Whether a word in capitals is a name: by lists, by its syllables, by what stands beside it."""
    if is_name_in_capitals(words, index, language):
        return True
    return not thing and (is_shouted_name(words[index], language) or _is_shouted_family(words, index))


def _is_of_a_date(word: Word) -> bool:
    """Whether a month follows its day: ``3 ene 2024``."""
    return word.gap[-2:-1].isdecimal() and word.lower in MONTHS


def _is_shouted_family(words: Sequence[Word], index: int) -> bool:
    """Whether a syllable in capitals stands before another that begins with one: ``XIA Mei``."""
    after = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
    return (
        after is not None
        and after.capital
        and not after.shouted
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


def _is_word_name(words: Sequence[Word], index: int) -> bool:
    """*Mercy*, *Two Moons*, *Ko Ko*: an everyday word with a capital inside a sentence, or one said twice."""
    word = words[index]
    if not word.capital or word.shouted or _is_a_day(words, index):
        return False
    joined = [
        words[at]
        for at in (index - 1, index + 1)
        if 0 <= at < len(words) and words[at].capital and words[max(at, index)].gap == " "
    ]
    if any(one.text == word.text for one in joined):
        return True
    if word.lower not in WORD_NAMES:
        return False
    return not starts(words, index) or bool(joined)


def _is_told_of(words: Sequence[Word], index: int) -> bool:
    """Whether something is said of somebody here: *Grace was refused*, *Faith, a widow*."""
    after = words[index + 1] if index + 1 < len(words) else None
    lower = words[index].lower
    if after is None or not (lower in WORD_NAMES or is_given_name(lower)):
        return False
    return (after.gap == " " and after.lower in TOLD_OF) or (after.gap == ", " and after.lower in WHO_IS)


def _is_a_day(words: Sequence[Word], index: int) -> bool:
    """Whether a day of the week is one: *on Friday*, not *Friday said*."""
    return words[index].lower in bodies.DAYS and index > 0 and words[index - 1].lower in bodies.DAY_BEFORE


def _is_word_alone(words: Sequence[Word], index: int) -> bool:
    """Whether a word that is in the name of a body or a lake stands alone: *Mercy*, not *Mercy Corps*."""
    if _is_a_day(words, index):
        return False
    beside = (words[at] for at in (index - 1, index + 1) if 0 <= at < len(words))
    return words[index].lower in WORD_NAMES and not any(one.capital for one in beside)


def _does(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether what people do follows: *Mark said*, not *She said*."""
    after = words[index + 1] if index + 1 < len(words) else None
    if words[index].lower in FIRST_WORDS or is_used(words[index].lower, language, PRONOUN):
        return False
    return after is not None and after.gap == " " and after.lower in DOES


def _is_name_like(words: Sequence[Word], index: int, language: str, *, named: bool, ordinary: bool) -> bool:
    """Whether a capitalised word is more likely a name than the beginning of a sentence or a heading."""
    word = words[index]
    often = ordinary and is_used(word.lower, language, COMMON)
    if named:
        follows = (
            _name_follows(words, index, language)
            or _does(words, index, language)
            or _is_told_of(words, index)
        )
        return follows or not (starts(words, index) and often)
    if starts(words, index):
        return not (
            ordinary
            and (is_used(word.lower, language, SELDOM) or not is_used(word.lower, language, LEAST_ELSEWHERE))
        )
    return not (ordinary and is_used(word.lower, language, RARE))


def _is_ordinary(word: Word, language: str) -> bool:
    lower = word.lower
    return is_ordinary(lower, language) or (
        word.text.endswith("'s") and is_ordinary(word.text.casefold(), language)
    )


def _is_announced(word: Word, before: Word, language: str, *, sure: bool) -> bool:
    """Whether a word stands after *Mrs*, *called* or *abu*, and is no everyday word there."""
    if before.lower in KINSHIP and word.gap == " " and not is_used(word.lower, language, COMMON):
        return True
    if not _close(word) or (word.text.islower() and is_used(word.lower, language, PRONOUN)):
        return False
    if before.lower in TITLES:
        return sure or not is_used(word.lower, language, RARE)
    return before.lower in CALLED and sure


def _close(word: Word) -> bool:
    return word.gap.strip(" ") in ("", ".", ":", ",", '"', "'", "“", "«")


def _beside_an_initial(words: Sequence[Word], index: int) -> bool:
    """``J. K.`` and ``A.`` beside a capitalised word, but never an ``I`` or the ``A`` of a sentence."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    return after is not None and after.initial and after.gap in (".", ". ", ".-", "-") and word.text != "I"


def _name_follows(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether the next word is a capitalised one that belongs to this."""
    if index + 1 >= len(words):
        return False
    after = words[index + 1]
    if after.shouted and not words[index].shouted and not is_name_in_capitals(words, index + 1, language):
        return False  # *The AI*
    return after.capital and after.gap in (" ", "-") and after.lower not in things()


def _end(word: Word) -> int:
    return word.end - 2 if word.text.casefold().endswith("'s") else word.end


def _has_case(text: str) -> bool:
    """Latin, Cyrillic, Greek, Armenian, Georgian: scripts whose words this detector reads."""
    return text[0].isascii() or unicodedata.name(text[0], "").split(" ")[0] in (
        "LATIN",
        "CYRILLIC",
        "GREEK",
        "ARMENIAN",
        "GEORGIAN",
        "MODIFIER",
    )
