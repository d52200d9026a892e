"""Excerpts with the query's words marked, as pieces of text: no markup is made here.

Work is in proportion to the text, which is cut to 20,000 characters when it is indexed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from search.cards import Card
from search.folding import WORD
from search.results import Fragment

WIDTH = 200
"""Characters of an excerpt, about."""
_LEAD = 60
"""Characters before the first marked word of an excerpt, about."""
_MOST_MARKS = 200

Span = tuple[int, int, int]
"""Start and end in the text, and which of the query's words it is."""


def matching(card: Card, wanted: Mapping[str, int]) -> dict[str, int]:
    """The words of a card, as written, that match, each with the number of its query word.

    ``wanted``: index term → number of the query word.
    """
    written = card.written if wanted else {}
    return {word: number for term, number in wanted.items() for word in written.get(term, ())}


def mark(text: str, words: Mapping[str, int]) -> Fragment:
    """The whole text with matching words marked."""
    return _pieces(text, _spans(text, words), 0, len(text))


def excerpts(text: str, words: Mapping[str, int]) -> tuple[Fragment, ...]:
    """The one or two best excerpts in the order of the text; its beginning when nothing matches."""
    spans = _spans(text, words)
    if not spans:
        return (_cut(text, [], 0),) if text else ()
    first = _best(spans, frozenset())
    starts = [first]
    covered = {which for start, _, which in spans if first <= start < first + WIDTH - _LEAD}
    rest = [span for span in spans if not first - WIDTH <= span[0] < first + WIDTH]
    if any(which not in covered for _, _, which in rest):
        starts.append(_best(rest, covered))
    return tuple(_cut(text, spans, start) for start in sorted(starts))


def _spans(text: str, words: Mapping[str, int]) -> list[Span]:
    """Where the words stand in the text as whole words, in order."""
    found = [
        (start, start + len(word), which) for word, which in words.items() for start in _places(text, word)
    ]
    return sorted(found)[:_MOST_MARKS]


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1])):
            yield start
        start = text.find(word, end)


def _in_word(letter: str) -> bool:
    return letter != "_" and WORD.fullmatch(letter) is not None


def _best(spans: Sequence[Span], covered: AbstractSet[int]) -> int:
    """Start of the stretch that holds most of the query's words not yet covered, then most matches."""
    starts = [start for start, _, _ in spans]
    best, best_value = starts[0], (-1, -1)
    for place, start in enumerate(starts):
        inside = spans[place : bisect_left(starts, start + WIDTH - _LEAD)]
        value = (len({which for _, _, which in inside} - covered), len(inside))
        if value > best_value:
            best, best_value = start, value
    return best


def _cut(text: str, spans: Sequence[Span], first_match: int) -> Fragment:
    """An excerpt around a match, beginning and ending between words, with dots where text is left out."""
    begin = max(0, first_match - _LEAD)
    if begin:
        space = text.find(" ", begin, first_match)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + WIDTH)
    if end < len(text):
        space = text.rfind(" ", begin + WIDTH // 2, end)
        end = space if space > 0 else end
    pieces = _pieces(text, [span for span in spans if begin <= span[0] and span[1] <= end], begin, end)
    before = (("… ", False),) if begin else ()
    after = ((" …", False),) if end < len(text) else ()
    return (*before, *pieces, *after)


def _pieces(text: str, spans: Sequence[Span], begin: int, end: int) -> Fragment:
    pieces: list[tuple[str, bool]] = []
    at = begin
    for start, stop, _ in spans:
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:stop], True))
        at = stop
    if at < end:
        pieces.append((text[at:end], False))
    return tuple(pieces)
