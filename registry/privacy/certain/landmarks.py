"""Addresses where streets have no names: a told way, and names beside a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.certain.address_roles import CUES, LEADING_NAMES, Role, comma, is_hard
from registry.privacy.reading import Piece, in_table
from registry.privacy.words import addresses as words
from registry.privacy.words import numbers
from registry.privacy.words.bodies import ARTICLES
from registry.privacy.words.ordinary import RARE, is_used
from registry.privacy.words.things import things

_DOOR = re.compile(r"(?<!\w)\d{1,4}[a-z]?(?:[/-]\d{1,4}[a-z]?)?(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
CLAUSE, CLEAR, NEAR, SHORT, PARTS = 25, 2, 4, 2, 2
"""Pieces of a told way, at most; landmarks in it, at least; pieces from *behind* to what it is behind;
more words of a short part; such parts."""


def told_ways(pieces: Sequence[Piece], roles: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Clauses that lead to a door where streets have no names: ``200 m al norte de la pulpería``."""
    first = 0
    for index in range(len(pieces) + 1):
        if index == len(pieces) or (index and is_hard(pieces, roles, index)):
            if index - first <= CLAUSE and (way := _way(pieces, roles, first, index - 1)):
                yield way
            first = index


def _way(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """From the first to the last word of a clause that tells of a way; None when it tells of none."""
    span = range(first, last + 1)
    told = [i for i in span if _is_way(pieces, i)]
    beside = [i for i in span if _is_beside(pieces, roles, i)]
    marks = [i for i in span if in_table(pieces[i], words.LANDMARKS)]
    homes = [i for i in span if in_table(pieces[i], words.HOMES) or _is_numbered(pieces, roles, i)]
    counted = [i for i in homes if _is_told(pieces, roles, i)]
    two_doors = len(counted) >= CLEAR and not any(pieces[i].has_digit for i in span)
    if not told and not (beside and (len(marks) >= CLEAR or homes)) and not two_doors:
        return None
    cues = [*told, *beside, *(marks if told or beside else ()), *counted]
    begin, end = min(cues), max(cues)
    while begin > first and _leads(pieces[begin - 1]):
        begin -= 1
    start = begin
    while start > first and begin - start < SHORT and not comma(pieces[start]):
        start -= 1
    if begin > first and pieces[begin - 1].key in ARTICLES:
        begin -= 1
    begin = start if comma(pieces[start]) or start == first else begin
    return begin, _to_the_mark(pieces, end, last)


def _leads(piece: Piece) -> bool:
    """Whether the word before tells which one: *the last*, *third*, *blue*, *200 metres*."""
    tables = (words.ORDINALS, words.COLOURS, words.WAY, words.HOMES, words.WHICH, numbers.DIGITS)
    return piece.has_digit or any(in_table(piece, table) for table in tables)


def _is_numbered(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    """Whether a unit and its number stand here: *plot 6*."""
    after = index + 1 < len(pieces) and pieces[index + 1].gap == " " and roles[index + 1] & Role.DIGITS
    return bool(roles[index] & Role.UNIT and after)


def _is_told(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    """Whether a home is told apart: *third house*, *blue gate*, *plot 6*."""
    near = range(max(0, index - 1), min(index + 2, len(pieces)))
    return any(
        any(in_table(pieces[i], table) for table in (words.ORDINALS, words.WHICH, words.COLOURS))
        or roles[i] & Role.DIGITS
        for i in near
        if i != index
    )


def _to_the_mark(pieces: Sequence[Piece], index: int, last: int) -> int:
    """Up to the next comma or the end when it is near, and over short parts after it."""
    end = _before_a_mark(pieces, index, last, NEAR)
    if end is None:
        return index
    for _ in range(PARTS):
        after = _before_a_mark(pieces, end + 1, last, SHORT) if end < last else None
        if after is None:
            break
        end = after
    return end


def _before_a_mark(pieces: Sequence[Piece], index: int, last: int, most: int) -> int | None:
    """The last piece before a comma or the end, if it is no more than so many on."""
    for at in range(index, min(index + most, last) + 1):
        if at == last or pieces[at + 1].gap.strip(" "):
            return at
    return None


def _is_beside(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    """Whether *after*, *behind* or *third* stands here and a landmark soon after."""
    if not (roles[index] & Role.BESIDE or in_table(pieces[index], words.ORDINALS)):
        return False
    return any(in_table(piece, words.LANDMARKS) for piece in pieces[index + 1 : index + 1 + NEAR])


def _is_way(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a length and a direction stand here."""
    piece = pieces[index]
    if not (piece.has_digit or piece.key in numbers.DIGITS or piece.key in words.HALF):
        return False
    ahead = [piece.key for piece in pieces[index : index + 4]]
    if len(ahead) < 3:  # noqa: PLR2004 - a length, its unit and a side
        return False
    if ahead[1] not in words.WAY:
        return False
    from_there = ahead[2] in words.FROM and any(
        in_table(one, words.LANDMARKS) for one in pieces[index + 3 : index + 3 + SHORT]
    )
    return from_there or any(key in words.TOWARDS for key in ahead[2:])


def numbered_names(pieces: Sequence[Piece], roles: Sequence[int], language: str) -> Iterator[tuple[int, int]]:
    """A number beside words that begin with capitals and are in no dictionary: ``12 Upper Kirkgate``."""
    for index, role in enumerate(roles):
        if not role & Role.DIGITS or role & CUES or not _is_door(pieces[index].text):
            continue
        after = _names(pieces, roles, index, 1)
        if after > index and _strange(pieces, index + 1, after, language):
            yield index, after
        before = _names(pieces, roles, index, -1)
        if before < index and _strange(pieces, before, index - 1, language):
            yield before, index


def _is_door(number: str) -> bool:
    return _DOOR.fullmatch(number) is not None and not _YEAR.fullmatch(number)


def _names(pieces: Sequence[Piece], roles: Sequence[int], index: int, step: int) -> int:
    """How far names go on from here, forwards or backwards."""
    at = index
    while 0 <= at + step < len(pieces) and abs(at + step - index) <= LEADING_NAMES:
        gap = pieces[max(at, at + step)].gap
        fits = gap == " " or (gap == ", " and at == index and step > 0)
        if (
            not fits
            or not (roles[at + step] & Role.NAME or (roles[at + step] and pieces[at + step].capital))
            or pieces[at + step].is_arabic
            or pieces[at + step].has_digit
        ):
            break
        at += step
    return at


def _strange(pieces: Sequence[Piece], first: int, last: int, language: str) -> bool:
    """Whether one of these words is in no dictionary and no name of a product, a country or a month."""
    names = pieces[first : last + 1]
    if any(piece.key in things() or piece.text.isupper() for piece in names):
        return False
    return any(not is_used(piece.text.casefold(), language, RARE) for piece in names)
