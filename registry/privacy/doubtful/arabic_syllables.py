"""Chinese names as Arabic script writes them: runs of syllables, each a beginning and an ending.

Newspapers of Cairo write ج where those of Beirut write غ, some join the two syllables of a given
name and some do not; so no list holds them, but hardly any Arabic word falls apart like this.
"""

from __future__ import annotations

import re
from functools import lru_cache

from registry.privacy.words.arabic_people import FAMILY_TOO, FUNCTION_WORDS, SYLLABLES
from registry.privacy.words.ordinary import spelling, used

_INITIAL = "(?:تش|هس|تس|جي(?=ا)|شي(?=ا)|تشي(?=ا)|[بمفدتنلغجقكهخشزسروي])"
_FINAL = (
    "(?:يانغ|يانج|يونغ|يونج|وانغ|وانج|ونغ|ونج|ينغ|ينج|انغ|انج|نغ|نج"
    "|ياو|يوان|وان|واي|وين|يان|يوي|يوه|يون|وو|يو|وي|او|اي|ان|ين|ون|يا|وا|وه|ا|و|ي)"
)
_SYLLABLE = f"(?:{_INITIAL}{_FINAL}|ا(?:ي|ن|و|نغ|ير)(?![\u0621-\u064a]))"
_WORD = re.compile(f"{_SYLLABLE}{{1,3}}")
_MARKED = re.compile(
    f"(?=.{{0,12}}(?:نغ|نج|ياو|شياو|وانغ|يوان|هس|تس|تشي|تشو|تشا|شيو|شوي|جيا|يوي)){_SYLLABLE}{{2,3}}"
)
"""At least two syllables, one of them a kind that Arabic hardly has."""
_MARKED_ONE = re.compile(f"(?=.{{4}})(?:(?=تس|هس)|(?=.{{2,6}}(?:نغ|نج)$)){_SYLLABLE}")
"""A syllable that Arabic hardly has, alone."""
_CLITICS = ("", "و", "ل", "ب", "ف")
SELDOM, RARE = 25.0, 3.0
"""Uses in a million of a word that is no syllable, and of one that is no name however it falls apart."""


@lru_cache(maxsize=4096)
def is_run(word: str) -> bool:
    """Whether a single word is syllables that can only be those of a name."""
    return any(
        word.startswith(clitic)
        and (_MARKED.fullmatch(word[len(clitic) :]) or _MARKED_ONE.fullmatch(word[len(clitic) :])) is not None
        and spelling(word) not in used("ar", RARE)
        for clitic in _CLITICS
    )


@lru_cache(maxsize=4096)
def may_be_part(word: str) -> bool:
    """Whether a word may be a syllable or two of a name, if its neighbour is one as well."""
    if word in FUNCTION_WORDS and word not in FAMILY_TOO:
        return False
    if word in SYLLABLES:
        return True
    return any(
        word.startswith(clitic) and _WORD.fullmatch(word[len(clitic) :]) is not None
        for clitic in _CLITICS[:2]
    ) and spelling(word) not in used("ar", SELDOM)
