"""Chinese names as Arabic script writes them: runs of syllables, each a beginning and an ending.

Newspapers of Cairo write ج where those of Beirut write غ, some join the two syllables of a given
name and some do not; so no list holds them, but hardly any Arabic word falls apart like this.
"""

from __future__ import annotations

import re

from registry.privacy.remembering import remembered
from registry.privacy.words.arabic_people import FAMILY_TOO, FUNCTION_WORDS, SYLLABLES
from registry.privacy.words.ordinary import spelling, used

_INITIAL = "(?:تش|هس|تس|جي(?=ا)|شي(?=ا)|تشي(?=ا)|[بمفدتنلغجقكهخشزسروي])"
_FINAL = (
    "(?:يانغ|يانج|يونغ|يونج|وانغ|وانج|ونغ|ونج|ينغ|ينج|انغ|انج|نغ|نج"
    "|ياو|يوان|وان|واي|وين|يان|يوي|يوه|يون|وو|يو|وي|او|اي|ان|ين|ون|يا|وا|وه|ا|و|ي)"
)
_SYLLABLE = f"(?:{_INITIAL}{_FINAL}|ا(?:ي|ن|و|نغ|ير)(?![\u0621-\u064a]))"
_WORD = re.compile(f"{_SYLLABLE}{{1,3}}")
_RUN = re.compile(f"{_SYLLABLE}{{2,3}}")
_MARK = re.compile("نغ|نج|ياو|وانغ|يوان|هس|تس|تشي|تشو|تشا|شيو|شوي|جيا|يوي")
"""What Arabic hardly has in a word that falls apart into syllables."""
_ONE = re.compile(_SYLLABLE)
_MARK_OF_ONE = re.compile("تس|هس|نغ(?![\u0621-\u064a])|نج(?![\u0621-\u064a])")
LEAST_ONE = 4
"""Letters of a single syllable that can only be a name."""
_CLITICS = ("", "و", "ل", "ب", "ف")
SELDOM, RARE = 25.0, 3.0
"""Uses in a million of a word that is no syllable, and of one that is no name however it falls apart."""


@remembered
def is_run(word: str) -> bool:
    """Whether a single word is syllables that can only be those of a name."""
    if spelling(word) in used("ar", RARE):
        return False
    return any(
        _is_marked(word[len(clitic) :]) or _is_marked_one(word[len(clitic) :])
        for clitic in _CLITICS
        if word.startswith(clitic)
    )


def _is_marked(word: str) -> bool:
    """At least two syllables, one of them a kind that Arabic hardly has."""
    return _MARK.search(word) is not None and _RUN.fullmatch(word) is not None


def _is_marked_one(word: str) -> bool:
    return (
        len(word) >= LEAST_ONE and _MARK_OF_ONE.search(word) is not None and _ONE.fullmatch(word) is not None
    )


@remembered
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
