"""Excerpts with the query's words marked, as pieces of text: no markup is made here.

Work is in proportion to the text, which is cut to 20,000 characters when it is indexed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from search.analysis import language_of, terms
from search.folding import find_words
from search.results import Fragment

WIDTH = 200
"""Characters of an excerpt, about."""
MOST_FRAGMENTS = 2
_LEAD = 60
"""Characters before the first marked word of an excerpt, about."""
_MOST_MARKS = 200

Span = tuple[int, int, int]
"""Start and end in the text, and which of the query's words it is."""


def mark(text: str, language: str, wanted: Mapping[str, int]) -> Fragment:
    """The whole text with matches marked. ``wanted``: index term → number of the query word."""
    spans = _spans(text, language, wanted)
    return _pieces(text, spans, 0, len(text)) if text else ()


def excerpts(text: str, language: str, wanted: Mapping[str, int]) -> tuple[Fragment, ...]:
    """The one or two best excerpts in the order of the text; its beginning when nothing matches."""
    spans = _spans(text, language, wanted) if wanted else []
    if not spans:
        return (_cut(text, [], 0),) if text else ()
    first = _best(spans, ())
    chosen = [first]
    covered = {which for start, _, which in spans if first <= start < first + WIDTH}
    rest = [span for span in spans if not first - WIDTH <= span[0] < first + WIDTH]
    if any(which not in covered for _, _, which in rest):
        chosen.append(_best(rest, covered))
    return tuple(_cut(text, spans, start) for start in sorted(chosen)[:MOST_FRAGMENTS])


def _spans(text: str, language: str, wanted: Mapping[str, int]) -> list[Span]:
    code = language_of(language)
    seen: dict[str, int] = {}
    found: list[Span] = []
    for start, end, word in find_words(text):
        which = seen.get(word)
        if which is None:
            which = seen[word] = _which(word, code, wanted)
        if which >= 0:
            found.append((start, end, which))
            if len(found) == _MOST_MARKS:
                break
    return found


def _which(word: str, language: str, wanted: Mapping[str, int]) -> int:
    """Number of the query word that this word matches, or -1."""
    return next((wanted[term] for term in terms(word, language) if term in wanted), -1)


def _best(spans: Sequence[Span], covered: set[int] | tuple[()]) -> int:
    """Start of the stretch that holds most of the query's words not yet covered, then most matches."""
    starts = [start for start, _, _ in spans]
    best, best_value = starts[0], (-1, -1)
    for place, start in enumerate(starts):
        inside = spans[place : bisect_left(starts, start + WIDTH - _LEAD)]
        value = (len({which for _, _, which in inside} - set(covered)), len(inside))
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
