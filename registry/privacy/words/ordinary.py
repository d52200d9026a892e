"""Ordinary words of a language: what a person's name is told from.

Frequencies come from ``wordfreq`` (words in a million of ordinary text); words of our own field that
it lacks stand in ``field.py``. A set is kept as sorted hashes: a twelfth of the memory of strings.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log10
from pkgutil import resolve_name

from registry.privacy.words import field
from registry.privacy.words.tables import ordered

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
    "ar": ordered("ها هم هما ه نا ي ك ات ون ين ان ة وا ت ا تها ته تان تهم"),
}  # fmt: skip
_PREFIXES: dict[str, tuple[str, ...]] = {
    "en": ("un", "re", "non", "mis", "over", "under", "anti", "pre"),
    "fr": ("d'", "l'", "qu'", "n'", "s'", "j'", "c'", "m'", "t'", "jusqu'", "lorsqu'", "re", "in"),
    "es": ("re", "in", "des", "anti"),
    "pt": ("re", "in", "des", "anti"),
    "id": ("di", "me", "mem", "men", "meng", "ter", "ber", "pe"),
    "ar": ordered("وال بال فال كال ولل ال لل و ف ب ل ك وب ول وت وي ت ي ن س ست سي"),
}  # fmt: skip


_INFLECTED: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {
    "es": (
        (
            ("ado", "ada", "ados", "adas", "ó", "aron", "ara", "aran", "ando", "aba", "aban", "ará", "arán"),
            ("ar",),
        ),
        (("ido", "ida", "idos", "idas", "ió", "ieron", "iera", "ieran", "iendo", "ía", "ían"), ("er", "ir")),
        (("a", "as", "os"), ("o",)),
        (("ora", "oras"), ("or",)),
    ),
    "fr": (
        (
            ("é", "ée", "és", "ées", "ez", "ait", "aient", "era", "eront", "ent", "ant", "a", "e", "es"),
            ("er",),
        ),
        (("ienne", "iennes"), ("ien",)),
        (("trice", "trices"), ("teur",)),
        (("euse", "euses"), ("eur", "eux")),
        (("ive", "ives"), ("if",)),
    ),
    "pt": (
        (("ado", "ada", "ados", "adas", "ou", "aram", "ando", "ava", "avam", "ará"), ("ar",)),
        (("ido", "ida", "idos", "idas", "iu", "eu", "eram", "iram", "endo", "indo", "ia"), ("er", "ir")),
        (("a", "as", "os"), ("o",)),
    ),
}
"""Endings of verbs and adjectives, and those of the words that they are forms of."""
SHORTEST_FORM = 4
"""Letters before such an ending, at least."""


class Lexicon:
    """How often words are used: asked word by word, kept as sorted numbers of eight bytes a word.

    A number is the hash of the word with its bucket in the last ten bits; a word in bucket *n* has a
    frequency of ``10 ** (-n / 100)``, as in ``wordfreq``.
    """

    def __init__(self, buckets: Iterable[Iterable[str]]) -> None:
        packed = {
            hash(word) & _HASH: bucket
            for bucket, words in reversed(list(enumerate(buckets)))
            for word in words
        }
        self._packed = array("q", sorted(key | bucket for key, bucket in packed.items()))

    def bucket(self, word: str) -> int:
        """The bucket of a word; ``UNKNOWN`` for none."""
        key = hash(word) & _HASH
        at = bisect_left(self._packed, key)
        if at < len(self._packed) and self._packed[at] & _HASH == key:
            return self._packed[at] & _BUCKET
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Used:
    """The words of a lexicon that are used so often; can only be asked whether it holds one."""

    lexicon: Lexicon
    last: int

    def __contains__(self, word: str) -> bool:
        return self.lexicon.bucket(word) <= self.last


_BUCKET, UNKNOWN = 0x3FF, 0x3FF
_HASH = ~_BUCKET


@cache
def used(language: str, least: float) -> Used:
    """The words, in lower case, that occur at least so often in a million; without dictionary only ours."""
    return Used(lexicon(language), _last_bucket(least))


def _last_bucket(uses: float) -> int:
    return int(100 * (6 - log10(uses)) + 1e-9)


@cache
def lexicon(language: str) -> Lexicon:
    """Every word of a language that may be ordinary, words of our field among the most frequent."""
    ours = field.WORDS.get(language, frozenset())
    if language == "ar":
        return Lexicon([set(map(spelling, bucket)) for bucket in (ours, *_frequent("ar"))])
    return Lexicon([ours, *_frequent(language)] if language in DICTIONARIES else [ours])


def _frequent(language: str) -> list[Iterable[str]]:
    """The buckets of ``wordfreq`` down to the rarest word that counts."""
    # Loaded for the first text of a process: with what it brings it is 5 MB of each.
    get_frequency_list = resolve_name("wordfreq:get_frequency_list")
    least = SIBLING_LEAST if language == "ar" else LEAST_ELSEWHERE
    buckets = get_frequency_list(language, "best")[1 : _last_bucket(least) + 1]
    get_frequency_list.cache_clear()  # it would keep every word of every language
    return list(buckets)


SIBLINGS, SIBLING_LEAST, ROOT_LEAST = 3, 0.1, 1.0
_ROOT_BEFORE = ("ال", "ي", "ت", "ن", "سي", "وال", "بال", "لل")
_ROOT_AFTER = ("ها", "هم", "ه", "وا", "ت", "نا", "ين", "ات", "ون", "هما", "ية", "ا", "ان", "ني")


@cache
def arabic_roots() -> Used:
    """Arabic words that are used with *the*, with endings and beginnings: what names hardly are.

    Lists of frequent words are full of names; but a name has no plural and no imperfect.
    """
    buckets = _frequent("ar")
    known = {spelling(word) for bucket in buckets for word in bucket}
    often = {spelling(word) for bucket in buckets[: _last_bucket(ROOT_LEAST)] for word in bucket}
    return Used(Lexicon([{word for word in often if len(word) > 1 and _has_siblings(word, known)}]), 0)


def _has_siblings(word: str, known: set[str]) -> bool:
    """Whether enough forms of the word are in use."""
    base = word[:-1] + "ت" if word.endswith("ة") else word
    found = 0
    for form in chain((start + word for start in _ROOT_BEFORE), (base + end for end in _ROOT_AFTER)):
        found += form in known
        if found == SIBLINGS:
            return True
    return False


def spelling(word: str) -> str:
    """Arabic in one spelling: hamzas and final letters differ from hand to hand."""
    return word.translate(_ONE_SPELLING)


def words(language: str) -> Used:
    """Every ordinary word of the language."""
    return used(language, LEAST.get(language, LEAST_ELSEWHERE))


def is_used(word: str, language: str, least: float) -> bool:
    """Whether a word (lower case) is used so often in this language or in English."""
    return word in used(language, least) or word in used("en", least)


def is_ordinary(word: str, language: str) -> bool:
    """Whether a word (lower case) is an ordinary one of this language or of English."""
    return any(_known(word, one) for one in dict.fromkeys((language, "en")))


def is_inflected(word: str, language: str) -> bool:
    """Whether a word (lower case) is a form of an ordinary verb or adjective: *asmática*, *clonée*."""
    listed = words(language)
    for endings, bases in _INFLECTED.get(language, ()):
        for end in endings:
            stem = word.removesuffix(end)
            if stem != word and len(stem) >= SHORTEST_FORM and any(stem + base in listed for base in bases):
                return True
    return False


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
