"""Numbers told in words, to a speech machine or to fool one: ``oh-seven-seven``, ``seis uno cero 55``.

A run of number words is a place when it has points, degrees or sides of the sky, a date when it has
a month, an amount when it has hundreds or thousands, and else, when long enough, a number to call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import CLITICS, Piece, key_of
from registry.privacy.words import numbers

_HARD = re.compile(r"[;:!?\"«»“”()\n]|\.(?: |$)")
_SPLIT = re.compile(r"\d+|[^\W\d_]+")
LEAST_DIGITS, LEAST_WORDS, LEAST_PLACE = 6, 3, 4
IN_A_ROW = 6
"""Single digits in a row that make a number to call of a run that has hundreds too."""
YEARS_AGO = 2016
"""A day up to this year may be a day of birth without any word."""


class Sense(Enum):
    """What a word does in a number."""

    DIGIT = 1
    TENS = 2
    REPEAT = 3
    SCALE = 4
    JOINER = 5
    MARK = 6
    SIDE = 7
    ORDINAL = 8
    MONTH = 9
    FIGURES = 10  # digits as digits
    DATE_JOINER = 11


_SENSES: dict[str, Sense] = {
    word: sense
    for table, sense in (
        (numbers.MONTHS, Sense.MONTH),
        (numbers.ORDINALS, Sense.ORDINAL),
        (numbers.JOINERS, Sense.JOINER),
        (numbers.DATE_JOINERS, Sense.DATE_JOINER),
        (numbers.SIDES, Sense.SIDE),
        (numbers.MARKS, Sense.MARK),
        (numbers.SCALES, Sense.SCALE),
        (numbers.REPEATS, Sense.REPEAT),
        (numbers.TENS, Sense.TENS),
        (numbers.DIGITS, Sense.DIGIT),
    )
    for word in table
}


_SMALL = {Sense.JOINER, Sense.DATE_JOINER}


class Spoken:
    """Finds numbers told in words."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Certain findings, and doubtful dates."""
        run: list[tuple[Piece, list[Sense]]] = []
        for piece in text.pieces:
            senses = senses_of(piece)
            if run and (not senses or _HARD.search(piece.gap)):
                yield from _told(run)
                run = []
            if senses:
                run.append((piece, senses))
        yield from _told(run)


def senses_of(piece: Piece) -> list[Sense]:
    """What each part of a piece (``zero8one``) does; empty when one is no part of a number."""
    if piece.text.isalpha():
        sense = _sense(piece.key, arabic=piece.is_arabic)
        return [] if sense is None else [sense]
    found = []
    for part in _SPLIT.findall(piece.text):
        sense = Sense.FIGURES if part.isdecimal() else _sense(key_of(part), arabic=piece.is_arabic)
        if sense is None:
            return []
        found.append(sense)
    return found


def _sense(key: str, *, arabic: bool) -> Sense | None:
    sense = _SENSES.get(key)
    if sense is None and arabic:
        sense = next(
            (_SENSES[key[len(c) :]] for c in CLITICS if key.startswith(c) and key[len(c) :] in _SENSES), None
        )
    return sense


def _told(run: Sequence[tuple[Piece, list[Sense]]]) -> Iterator[Finding]:
    """The finding that a run of number words makes, if any."""
    first, last = 0, len(run) - 1
    while first <= last and set(run[first][1]) <= _SMALL:
        first += 1
    while last >= first and set(run[last][1]) <= _SMALL:
        last -= 1
    run = run[first : last + 1]
    senses = [sense for _, found in run for sense in found]
    kind = Kind.BIRTH if _is_old_day(run, senses) else kind_of(senses, _figures(run))
    if kind is not None:
        yield Finding(run[0][0].start, run[-1][0].end, kind, certain=kind is not Kind.BIRTH)


def _is_old_day(run: Sequence[tuple[Piece, list[Sense]]], senses: Sequence[Sense]) -> bool:
    """*The fourth of May 1990*: a day in words, a month, a year in figures that lies back."""
    if Sense.MONTH not in senses or Sense.ORDINAL not in senses:
        return False
    return any(piece.text.isdecimal() and 1900 <= int(piece.text[:6]) <= YEARS_AGO for piece, _ in run)  # noqa: PLR2004 - years of people who live


def _in_a_row(senses: Sequence[Sense]) -> int:
    """The most single digits that follow each other."""
    most = row = 0
    for sense in senses:
        row = row + 1 if sense is Sense.DIGIT else 0
        most = max(most, row)
    return most


def _figures(run: Sequence[tuple[Piece, list[Sense]]]) -> int:
    return sum(character.isdecimal() for piece, _ in run for character in piece.text)


def kind_of(senses: Sequence[Sense], figures: int) -> Kind | None:
    """What a run of such words is."""
    words = sum(sense in (Sense.DIGIT, Sense.TENS, Sense.REPEAT) for sense in senses)
    if Sense.MONTH in senses:
        return Kind.BIRTH if words >= LEAST_WORDS or (Sense.SCALE in senses and words) else None
    marks = sum(sense in (Sense.MARK, Sense.SIDE) for sense in senses)
    if marks > 1:
        return Kind.COORDINATES if words >= LEAST_PLACE else None
    if not marks and figures == 0 and _in_a_row(senses) >= IN_A_ROW:
        return Kind.PHONE  # eight hundred, five five five, zero one nine nine
    if marks or Sense.DATE_JOINER in senses or Sense.SCALE in senses or words < LEAST_WORDS - bool(figures):
        return None
    digits = figures + words + sum(sense in (Sense.TENS, Sense.REPEAT) for sense in senses)
    return Kind.PHONE if digits >= LEAST_DIGITS and words + bool(figures) >= LEAST_WORDS else None
