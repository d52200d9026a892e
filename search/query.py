"""The query language: words, "phrases", and -exclusion of either. Nothing else means anything.

Any text is a query: an unbalanced quote ends with the text, a lone hyphen is nothing, operators of
other languages are words. Reading takes time in proportion to its length, which is limited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.folding import find_words, fold
from search.stopwords import SPEECH, asking_words, stop_words

LONGEST_QUERY = 200
"""Characters."""
MOST_TERMS = 12
"""Words that are searched for, and words that are excluded; of more, the rarest are kept."""
_PIECE = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans("“”„«»‟", '""""""')


@dataclass(frozen=True, slots=True)
class Query:
    """``words`` to look for, ``phrases`` that must stand as they are, ``without`` what must not.

    All as typed; phrases are rows of words. ``dropped`` are the stop words left out.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing in particular."""
        return not (self.words or self.phrases or self.without)


def parse(text: str) -> Query:
    """Read a query of any content; never fails."""
    words: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    for match in _PIECE.finditer(text[:LONGEST_QUERY].translate(_QUOTES)):
        row = tuple(word for _, _, word in find_words(match["phrase"] or match["word"] or "") if fold(word))
        if not row:
            continue
        if match["minus"]:
            without.append(row)
        elif match["phrase"] is not None and len(row) > 1:
            phrases.append(row)
        else:
            words.extend(row)
    telling, dropped = _telling(_distinct(words), alone=not phrases)
    return Query(telling, _bounded(phrases), _bounded(without), dropped)


def _telling(words: Sequence[str], *, alone: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that tell something, and those dropped; all are kept when none would be left.

    A query does not say its language: it is taken to be the one whose stop words it uses most.
    Words like "incidents" are dropped only from queries that are sentences.
    """
    plain = {word: fold(word) for word in words}
    votes = {language: sum(p in stop_words(language) for p in plain.values()) for language in SPEECH}
    most = max(votes.values())
    if not most:
        return tuple(words), ()
    spoken = [language for language, count in votes.items() if count == most]
    common = frozenset().union(*(stop_words(language) for language in spoken))
    asking = frozenset().union(*(asking_words(language) for language in spoken))
    left = [word for word in words if plain[word] not in common]
    left = [word for word in left if plain[word] not in asking] or left
    if not left and alone:
        return tuple(words), ()
    return tuple(left), tuple(word for word in words if word not in left)


def _bounded(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Distinct rows of together at most ``MOST_TERMS`` words; the rest is cut off."""
    left, kept = MOST_TERMS, []
    for row in dict.fromkeys(rows):
        if left:
            kept.append(row[:left])
            left -= len(kept[-1])
    return tuple(kept)


def _distinct(words: Sequence[str]) -> list[str]:
    """Without repetitions of the same plain form."""
    return list({fold(word): word for word in reversed(words)}.values())[::-1]
