"""What changed in a text, word by word, within bounds of work. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final

WORK_MAX: Final = 1_000_000
"""Pairs of words that are compared at most; longer texts are compared line by line."""
_WORD = re.compile(r"\[[A-Z-]+-\d+\]|\w+|\s+|.", re.DOTALL)
"""A mark such as ``[PHONE-1]``, a word, blanks, or another character."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Change(StrEnum):
    """What became of a part of a text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of both texts, or of one of them."""

    change: Change
    text: str


def differ(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as pieces in reading order: all but what is new is the old, all but what is gone the new."""
    return tuple(
        Piece(change, "".join(one.text for one in many))
        for change, many in groupby(_lines(old, new), key=lambda piece: piece.change)
    )


def _lines(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) <= WORK_MAX:
        yield from _matched(before, after)
        return
    before, after = _LINE.findall(old), _LINE.findall(new)
    if len(before) * len(after) > WORK_MAX:
        yield from _replaced(old, new)
        return
    for tag, here, there in _blocks(before, after):
        if tag == "equal":
            yield Piece(Change.SAME, here)
            continue
        words = _WORD.findall(here), _WORD.findall(there)
        fits = len(words[0]) * len(words[1]) <= WORK_MAX
        yield from _matched(*words) if fits else _replaced(here, there)


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for tag, here, there in _blocks(before, after):
        if tag == "equal":
            yield Piece(Change.SAME, here)
        else:
            yield from _replaced(here, there)


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    found = SequenceMatcher(None, before, after).get_opcodes()
    for tag, start, end, other_start, other_end in found:
        yield tag, "".join(before[start:end]), "".join(after[other_start:other_end])


def _replaced(here: str, there: str) -> Iterator[Piece]:
    if here:
        yield Piece(Change.GONE, here)
    if there:
        yield Piece(Change.NEW, there)
