"""Syllables of Chinese, Korean and Vietnamese names, which in small letters look like any short words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from registry.privacy.doubtful.tokens import Word
from registry.privacy.words.ordinary import used
from registry.privacy.words.people import FIRST_WORDS, KIN, SYLLABLE_ENDINGS

_INITIAL = r"(?:zh|ch|sh|ts|tz|hs|ng|gw|kw|ph|th|kh|tr|nh|gi|qu|[bcdfghjklmnpqrstvwxyz])?"
_FINAL = f"(?:{'|'.join(SYLLABLE_ENDINGS)})"
SYLLABLE = re.compile(rf"(?:{_INITIAL}{_FINAL}){{1,2}}|ng")
OFTEN, SELDOM = 60.0, 15.0
"""Uses in a million of a word that is no syllable of a name, and of one that makes its neighbour one."""


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
