"""Addresses where streets have no names: a told way, and names beside a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.certain.address_roles import CUES, LEADING_NAMES, Role, is_hard
from registry.privacy.reading import Piece, in_table
from registry.privacy.words import addresses as words
from registry.privacy.words import numbers
from registry.privacy.words.ordinary import RARE, is_used
from registry.privacy.words.things import things

_DOOR = re.compile(r"(?<!\w)\d{1,4}[a-z]?(?:[/-]\d{1,4}[a-z]?)?(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
CLAUSE, CLEAR, NEAR = 25, 2, 4
"""Pieces of a told way, at most; landmarks in it, at least; pieces from *behind* to what it is behind."""


def told_ways(pieces: Sequence[Piece], roles: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Clauses that lead to a door where streets have no names: ``200 m al norte de la pulpería``."""
    first, landmarks, beside, told = 0, 0, False, False
    for index in range(len(pieces) + 1):
        if index == len(pieces) or (index and is_hard(pieces, roles, index)):
            if (told or (beside and landmarks >= CLEAR)) and index - first <= CLAUSE:
                yield first, index - 1
            first, landmarks, beside, told = index, 0, False, False
        if index < len(pieces):
            told = told or _is_way(pieces, index)
            beside = beside or _is_beside(pieces, roles, index)
            landmarks += in_table(pieces[index], words.LANDMARKS)


def _is_beside(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    """Whether *after*, *behind* or *third* stands here and a landmark soon after."""
    if not (roles[index] & Role.BESIDE or in_table(pieces[index], words.ORDINALS)):
        return False
    return any(in_table(piece, words.LANDMARKS) for piece in pieces[index + 1 : index + 1 + NEAR])


def _is_way(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a length and a direction stand here."""
    if not (pieces[index].has_digit or pieces[index].key in numbers.DIGITS):
        return False
    ahead = [piece.key for piece in pieces[index : index + 4]]
    if len(ahead) < 3:  # noqa: PLR2004 - a length, its unit and a side
        return False
    return ahead[1] in words.WAY and any(key in words.TOWARDS for key in ahead[2:])


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
            or not roles[at + step] & Role.NAME
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
