"""Possible names in disguise: ``F@tuma H@ssan``, ``J0hn Sm1th``, ``F a t u m a``.

Signs and digits are read as the letters they stand for, and what is a name then is asked about as any other.
Where digits do it (``Log4j``) or nothing begins with a capital (``root@server``), only a known name counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.doubtful.names import Names
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words.people import bare, names

STANDS_FOR = {
    "@": "a", "4": "a", "$": "s", "5": "s", "!": "i", "1": "i", "€": "e", "3": "e", "0": "o", "7": "t",
}  # fmt: skip
"""Sign or digit → the letter that people write it for."""
_LETTERS = str.maketrans(STANDS_FOR)
_SIGNS = frozenset("@$€!")
_TOKEN = re.compile(r"(?<![\w@./:#$+-])(?=[^\W\d_]{1,18}[@$€!\d])[^\W\d_][\w@$€!]{2,19}(?![\w@$€]|[.:/-]\w)")
_SPELT = re.compile(r"(?<![\w.])[^\W\d_](?:([ .-])[^\W\d_])(?:\1[^\W\d_]){1,28}(?!\w)")
LEAST_SPELT = 3
"""Letters of a word that is spelt out."""


class Disguised:
    """Finds names that a program should not read."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        yield from _spelt(text.text)
        hidden = list(_hidden(text.text))
        if not hidden:
            return
        letters = list(text.text)
        for start, end in hidden:
            letters[start:end] = text.text[start:end].translate(_LETTERS)
        for found in Names().find(Folded("".join(letters), text.original, text.at), language):
            if any(start < found.end and found.start < end for start, end in hidden):
                yield found


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand that may be names in disguise; one that ends in a digit only beside another."""
    last = -1
    for match in _TOKEN.finditer(text):
        word = match.group().rstrip("!")
        beside = text[last : match.start()] == " "
        if _is_disguised(word, word[1:] if beside else word[1:-1]):
            last = match.start() + len(word)
            yield match.start(), last


def _is_disguised(word: str, part: str) -> bool:
    """Whether something in this part of a word stands for letters, and the whole may be a name."""
    plain = word.translate(_LETTERS)
    replaced = sum(map(STANDS_FOR.__contains__, word))
    if not plain.isalpha() or STANDS_FOR.keys().isdisjoint(part) or replaced > len(word) - replaced:
        return False
    titled = word[0].isupper() and plain[1:].islower()
    return (titled and not _SIGNS.isdisjoint(word)) or bare(plain.lower()) in names()


def _spelt(text: str) -> Iterator[Finding]:
    """Words told letter by letter, the first one large: ``F a t u m a``, ``H.a.s.s.a.n``."""
    for match in _SPELT.finditer(text):
        letters = match.group()[::2]
        if len(letters) >= LEAST_SPELT and letters[0].isupper() and letters[1:3].islower():
            yield Finding(match.start(), match.end(), Kind.PERSON, certain=False)
