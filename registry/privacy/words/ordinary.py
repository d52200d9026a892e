"""Ordinary words of a language: what a person's name is told from."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker

from registry.privacy.words import field

DICTIONARIES = ("en", "fr", "es", "ar")
LEAST = 60
"""How often a word occurs in the dictionary's corpus to count; the rarest entries are slips and names."""
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "en": ("'s", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "able", "ness", "bot", "bots", "less"),
    "fr": ("s", "e", "es", "x", "ment", "er", "é", "ée", "és", "ées"),
    "es": ("s", "es", "mente", "lo", "la", "los", "las", "le", "les", "se", "me"),
    "ar": ("ها", "هم", "هن", "ه", "نا", "كم", "ك", "ي", "ون", "ين", "ان", "ات", "وا", "ت", "ة", "تها", "ته", "هما", "ا", "تين"),
}
_PREFIXES: dict[str, tuple[str, ...]] = {
    "en": ("un", "re", "non", "mis", "over", "under", "anti", "pre", "chat"),
    "fr": ("d'", "l'", "qu'", "n'", "s'", "j'", "c'", "m'", "t'", "jusqu'", "lorsqu'", "re", "in", "non-"),
    "es": ("re", "in", "des", "anti"),
    "ar": ("وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وس", "أ", "وت", "وي", "ت", "ي", "ن", "لت", "لي", "فت", "في"),
}  # fmt: skip


@cache
def words(language: str) -> frozenset[str]:
    """Every ordinary word of the language, in lower case; for a language without dictionary, none."""
    ours = field.WORDS.get(language, frozenset())
    if language not in DICTIONARIES:
        return ours
    counted = SpellChecker(language=language).word_frequency.dictionary
    return ours | frozenset(word for word, count in counted.items() if count >= LEAST)


def is_ordinary(word: str, language: str) -> bool:
    """Whether a word (lower case) is an ordinary one of this language or of English."""
    return any(_known(word, one) for one in dict.fromkeys((language, "en")))


def _known(word: str, language: str) -> bool:
    listed = words(language)
    if word in listed:
        return True
    parts = [part for part in word.replace("'", "-").split("-") if part]
    if len(parts) > 1 and all(part in listed or len(part) <= 2 or part.isdecimal() for part in parts):  # noqa: PLR2004
        return True
    return any(stem in listed for stem in _stems(word, language))


def _stems(word: str, language: str) -> set[str]:
    """What is left without a common beginning, a common ending, or both."""
    tails = {word} | {word.removesuffix(end) for end in _SUFFIXES.get(language, ()) if word.endswith(end)}
    stems = set(tails)
    for start in _PREFIXES.get(language, ()):
        stems |= {tail[len(start) :] for tail in tails if tail.startswith(start)}
    return {stem for stem in stems if len(stem) >= (2 if language == "ar" else 3)}
