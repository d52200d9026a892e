"""Ordinary words of a language: what a person's name is told from.

Frequencies come from ``wordfreq`` (words in a million of ordinary text); words of our own field that
it lacks stand in ``field.py``. A set is kept as sorted hashes: a twelfth of the memory of strings.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import chain

import wordfreq

from registry.privacy.words import field

DICTIONARIES = ("en", "fr", "es", "ar", "pt", "id")
"""Languages in which a word that we do not know is reason to ask."""
LEAST: dict[str, float] = {"ar": 0.8, "id": 1.0}
LEAST_ELSEWHERE = 0.15
"""Uses in a million words that make a word an ordinary one; Arabic lists are full of foreign names."""
RARE = 6.0
"""Uses in a million that let a capitalised word be read as itself where a name could stand."""
SELDOM = 1.0
"""Uses in a million below which even the first word of a sentence is looked at twice."""
COMMON = 25.0
"""Uses in a million of a word that begins a sentence as itself, name or not."""
SHORTEST_STEM = 3
_ONE_SPELLING = str.maketrans("أإآى", "اااي")
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "en": ("'s", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "able", "ness", "bot", "bots", "less"),
    "fr": ("s", "e", "es", "x", "ment", "er", "é", "ée", "és", "ées"),
    "es": ("s", "es", "mente", "lo", "la", "los", "las", "le", "les", "se", "me"),
    "pt": ("s", "es", "mente", "-lo", "-la", "-lhe", "-me", "-se"),
    "id": ("nya", "kan", "ku", "lah", "an", "i"),
    "ar": ("ها", "هم", "هما", "ه", "نا", "ي", "ك", "ات", "ون", "ين", "ان", "ة", "وا", "ت", "ا", "تها", "ته", "تان", "تهم"),
}  # fmt: skip
_PREFIXES: dict[str, tuple[str, ...]] = {
    "en": ("un", "re", "non", "mis", "over", "under", "anti", "pre"),
    "fr": ("d'", "l'", "qu'", "n'", "s'", "j'", "c'", "m'", "t'", "jusqu'", "lorsqu'", "re", "in"),
    "es": ("re", "in", "des", "anti"),
    "pt": ("re", "in", "des", "anti"),
    "id": ("di", "me", "mem", "men", "meng", "ter", "ber", "pe"),
    "ar": ("وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وت", "وي", "ت", "ي", "ن", "س", "ست", "سي"),
}  # fmt: skip


class WordSet:
    """A set of words that can only be asked whether it holds one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._hashes = array("q", sorted({hash(word) for word in words}))

    def __contains__(self, word: str) -> bool:
        sought = hash(word)
        at = bisect_left(self._hashes, sought)
        return at < len(self._hashes) and self._hashes[at] == sought


@cache
def used(language: str, least: float) -> WordSet:
    """The words, in lower case, that occur at least so often in a million; without dictionary only ours."""
    ours = field.WORDS.get(language, frozenset())
    if language not in DICTIONARIES:
        return WordSet(ours)
    buckets = wordfreq.get_frequency_list(language, "best")  # bucket n: words of frequency 10 ** (-n / 100)
    often = (bucket for n, bucket in enumerate(buckets) if 10 ** (6 - n / 100) >= least)
    found = WordSet(map(spelling, chain(ours, *often)) if language == "ar" else chain(ours, *often))
    wordfreq.get_frequency_list.cache_clear()  # it would keep every word of every language
    return found


SIBLINGS, SIBLING_LEAST, ROOT_LEAST = 3, 0.1, 1.0
_ROOT_BEFORE = ("ال", "ي", "ت", "ن", "سي", "وال", "بال", "لل")
_ROOT_AFTER = ("ها", "هم", "ه", "وا", "ت", "نا", "ين", "ات", "ون", "هما", "ية", "ا", "ان", "ني")


@cache
def arabic_roots() -> WordSet:
    """Arabic words that are used with *the*, with endings and beginnings: what names hardly are.

    Lists of frequent words are full of names; but a name has no plural and no imperfect.
    """
    buckets = wordfreq.get_frequency_list("ar", "best")
    known: set[str] = set()
    often: set[str] = set()
    for number, bucket in enumerate(buckets):
        uses = 10 ** (6 - number / 100)
        if uses < SIBLING_LEAST:
            break
        known.update(map(spelling, bucket))
        if uses >= ROOT_LEAST:
            often.update(map(spelling, bucket))
    wordfreq.get_frequency_list.cache_clear()
    return WordSet(word for word in often if len(word) > 1 and _siblings(word, known) >= SIBLINGS)


def _siblings(word: str, known: set[str]) -> int:
    """How many forms of the word are in use."""
    base = word[:-1] + "ت" if word.endswith("ة") else word
    return sum(start + word in known for start in _ROOT_BEFORE) + sum(base + end in known for end in _ROOT_AFTER)


def spelling(word: str) -> str:
    """Arabic in one spelling: hamzas and final letters differ from hand to hand."""
    return word.translate(_ONE_SPELLING)


def words(language: str) -> WordSet:
    """Every ordinary word of the language."""
    return used(language, LEAST.get(language, LEAST_ELSEWHERE))


def is_used(word: str, language: str, least: float) -> bool:
    """Whether a word (lower case) is used so often in this language or in English."""
    return word in used(language, least) or word in used("en", least)


def is_ordinary(word: str, language: str) -> bool:
    """Whether a word (lower case) is an ordinary one of this language or of English."""
    return any(_known(word, one) for one in dict.fromkeys((language, "en")))


def _known(word: str, language: str) -> bool:
    listed = words(language)
    word = spelling(word) if language == "ar" else word
    if word in listed:
        return True
    parts = [part for part in word.replace("'", "-").split("-") if part]
    if len(parts) > 1 and all(
        part in listed or len(part) < SHORTEST_STEM or part.isdecimal() for part in parts
    ):
        return True
    return any(stem in listed for stem in _stems(word, language))


def _stems(word: str, language: str) -> set[str]:
    """What is left without a common beginning, a common ending, or both."""
    tails = {word} | {word.removesuffix(end) for end in _SUFFIXES.get(language, ()) if word.endswith(end)}
    stems = set(tails)
    for start in _PREFIXES.get(language, ()):
        stems |= {tail[len(start) :] for tail in tails if tail.startswith(start)}
    return {stem for stem in stems if len(stem) >= SHORTEST_STEM}
