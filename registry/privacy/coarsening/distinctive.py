"""Words of a name that give it away when they stand alone, as "Kestrel" of "Kestrel Analytics". Pure.

Whatever no dictionary of the account's language knows, and seldom words where they are written large. Common
words ("Health", "Trust", "dispensary") tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from registry.privacy.folding import fold
from registry.privacy.words.ordinary import DICTIONARIES, SELDOM, is_ordinary, is_used, words

SHORTEST = 4
"""Letters of such a word, at least."""
SHORTEST_WITHOUT_CASE = 5
"""The same in scripts without capital letters, where nothing else tells a name from a word."""
_WORDS = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"(?<=[a-z])[A-Z]")


@dataclass(frozen=True, slots=True)
class Distinctive:
    """A word of a name; ``unknown`` to the dictionaries, so that written large it can be nothing else."""

    word: str
    unknown: bool

    def told_by(self, found: str) -> bool:
        """Whether a person should look at it as it was found in a text."""
        return self.unknown or found[:1].isupper()


def distinctive(name: str, language: str, given: Collection[str] = ()) -> Iterator[Distinctive]:
    """Such words of a name in an account of this language, but for those that are ``given`` elsewhere."""
    found = _WORDS.findall(fold(name).text)
    language = language.partition("-")[0]
    for word in dict.fromkeys(found):
        if len(found) == 1 and word == fold(name).text.strip():
            return
        if keys_of(word) & frozenset(given) or not _could_be(word):
            continue
        if _is_unknown(word, language):
            yield Distinctive(word, unknown=True)
        elif word.upper() != word.lower() and not is_used(word.casefold(), language, SELDOM):
            yield Distinctive(word, unknown=False)


def keys_of(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return frozenset(word.casefold() for word in _WORDS.findall(fold(text).text))


def _could_be(word: str) -> bool:
    if word.upper() == word.lower():
        return len(word) >= SHORTEST_WITHOUT_CASE
    return word[0].isupper() and len(word) >= SHORTEST


def _is_unknown(word: str, language: str) -> bool:
    """Whether the dictionaries have no such word; two words written as one (``MediBot``) are none."""
    key = word.casefold()
    if language not in DICTIONARIES:
        return False
    if _JOINED.search(word) is not None:
        return key not in words(language) and key not in words("en")
    return not is_ordinary(key, language)
