"""What a model that an operator brings has to be, and what of its answers is believed.

A model is a callable of a text and its language. It gets the text as it was written and answers with
spans in positions of that text; what is outside it, or of a kind that nobody knows, is refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

FOUR = 4
_KINDS = frozenset(kind.value for kind in Kind)


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a text; ``kind`` is a value of ``Kind``, such as ``"person"``.

    A certain span is hidden without asking; the others are shown to a person, who decides.
    """

    start: int
    end: int
    kind: str
    certain: bool = False


class Model(Protocol):
    """A model for personal details: gets a text and its language (BCP 47), gives spans in any order.

    It is asked by several threads at once, and about every text of a report each time one is read.
    """

    def __call__(self, text: str, language: str, /) -> Iterable[Span]:
        """The spans of what seems personal; they may overlap each other and what our rules find."""
        ...


def believed(answer: Iterable[object], text: Folded) -> tuple[list[Finding], int]:
    """The findings of an answer, in positions of the folded text, and how many spans were refused."""
    found, refused = [], 0
    for span in answer:
        finding = _finding(span, text)
        if finding is None:
            refused += 1
        else:
            found.append(finding)
    return found, refused


def _finding(span: object, text: Folded) -> Finding | None:
    if not isinstance(span, tuple) or len(span) not in (FOUR - 1, FOUR):
        return None
    start, end, kind, certain = span if len(span) == FOUR else (*span, False)
    if type(start) is not int or type(end) is not int or type(certain) is not bool:
        return None
    if not isinstance(kind, str) or kind not in _KINDS or not 0 <= start < end <= len(text.original):
        return None
    first, last = _in_folded(text, start), _in_folded(text, end)
    return Finding(first, last, Kind(kind), certain) if first < last else None


def _in_folded(text: Folded, place: int) -> int:
    """Where the first character that is not left out stands in the folded text, from this place on."""
    return place if text.at is None else bisect_left(text.at, place)
