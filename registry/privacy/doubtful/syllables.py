"""Syllables of Chinese, Korean and Vietnamese names, which in small letters look like any short words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from registry.privacy.doubtful.tokens import Word
from registry.privacy.words.ordinary import is_used, used
from registry.privacy.words.people import FIRST_WORDS, KIN, SYLLABLE_ENDINGS

_INITIAL = r"(?:zh|ch|sh|ts|tz|hs|ng|gw|kw|ph|th|kh|tr|nh|gi|qu|[bcdfghjklmnpqrstvwxyz])?"
_FINAL = f"(?:{'|'.join(SYLLABLE_ENDINGS)})"
SYLLABLE = re.compile(rf"\A(?:(?:{_INITIAL}{_FINAL}){{1,2}}|ng)")
OFTEN, SELDOM, SYLLABLES_RARE = 60.0, 15.0, 0.5
"""Uses in a million of a word that is no syllable of a name, of one that makes its neighbour one, of a
word in capitals that is no name."""


_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|hs|ts|tz|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|iao|ian|ing|ang|eng|ong|uai|uan|ueh|ien|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue"
    r"|er|eh|ih|a|e|i|o|u)){2,3}"
)
"""Two or three syllables of Mandarin in plain letters, old spellings too."""
LEAST_PINYIN, LEAST_HYPHENATED = 5, 2
"""Letters of a word in capitals that is read as syllables, and syllables of one with hyphens."""


def is_shouted_name(word: Word, language: str) -> bool:
    """Whether a word in capitals may be a given name of two syllables: ``XIULI``, no abbreviation."""
    lower = word.lower
    return (
        word.text.isupper()
        and len(lower) >= LEAST_PINYIN
        and _PINYIN.fullmatch(lower) is not None
        and not is_used(lower, language, SYLLABLES_RARE)
    )


def is_hyphenated(lower: str, language: str) -> bool:
    """Whether a word in small letters is syllables of a name with hyphens between: ``jo-hsi``."""
    parts = lower.split("-")
    return (
        len(parts) == LEAST_HYPHENATED
        and all(SYLLABLE.fullmatch(part) and len(part) > 1 for part in parts)
        and any(not is_used(part, language, SELDOM) for part in parts)
        and all(part not in FIRST_WORDS for part in parts)
    )


def in_syllables(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether this word and one beside it, or a word for a person before it, may be syllables of a name."""
    if not _is_syllable(words[index].lower, language, OFTEN):
        return False
    if index and words[index].gap == " " and words[index - 1].lower in KIN:
        return True
    beside = [
        words[at].lower
        for at in (index - 1, index + 1)
        if 0 <= at < len(words) and words[max(index, at)].gap == " " and words[at].text.islower()
    ]
    seldom = _is_syllable(words[index].lower, language, SELDOM)
    return any(_is_syllable(word, language, OFTEN if seldom else SELDOM) for word in beside)


def _is_syllable(lower: str, language: str, often: float) -> bool:
    return (
        SYLLABLE.fullmatch(lower) is not None
        and lower not in used(language, often)
        and lower not in FIRST_WORDS
    )
