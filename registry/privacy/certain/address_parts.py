"""What goes on an address: parts between commas, before it and after it, in words we may not know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from registry.privacy.certain.address_roles import Role, comma, is_hard
from registry.privacy.reading import Piece, in_table
from registry.privacy.words.addresses import LANDMARKS, PARTICLES, TAILS
from registry.privacy.words.papers import PAPERS
from registry.privacy.words.tables import table

ADDRESS_TOO = table("no nr num n° nº number numero lot رقم رمز الرمز ci nomor code bed")
"""Words of papers that stand in addresses as well."""
POSTCODES = re.compile(r"\d{4,6}")
NEIGHBOURS = 2
"""Parts on each side that are looked at for a door told in everyday words."""
PART, SHORT_PART, POSTCODE, NAMED_PARTS = 6, 3, 8, 3
"""Pieces of a part, of one that is only passed over, letters of a number in it, and parts before a postcode,
at most."""


def extended(pieces: Sequence[Piece], roles: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    """With the parts between commas before and after that look like more of it in words we do not know."""
    begin, end = _numbered_before(pieces, roles, begin), _tail(pieces, roles, end)
    while end + 1 < len(pieces) and comma(pieces[end + 1]):
        last = _part_end(pieces, roles, end + 1)
        if not _goes_on(pieces, roles, end + 1, last):
            after = (
                _part_end(pieces, roles, last + 1)
                if last + 1 < len(pieces) and comma(pieces[last + 1])
                else 0
            )
            if not after or last - end > SHORT_PART or not _goes_on(pieces, roles, last + 1, after):
                break
            last = after
        end = last
    while begin and comma(pieces[begin]) and (start := _part_before(pieces, roles, begin)) >= 0:
        begin = start
    return begin, end


def before_a_postcode(pieces: Sequence[Piece], start: int) -> int:
    """Where the named parts begin that lead to a postcode: ``The Old Forge, Kilcash, E91 X2T4``."""
    index = bisect_left(pieces, start, key=lambda piece: piece.start)
    if index >= len(pieces):
        return start
    for _ in range(NAMED_PARTS):
        first = index
        if not first or pieces[first].gap != ", ":
            break
        while first and index - first < SHORT_PART + 1 and _is_of_a_name(pieces[first - 1]):
            first -= 1
            if comma(pieces[first]):
                break
        while first < index and not (pieces[first].capital or pieces[first].has_digit):
            first += 1
        begins = first < index and (comma(pieces[first]) or first == 0 or not pieces[first - 1].capital)
        if not begins:
            break
        index = first
        if not comma(pieces[index]):
            break
    return min(start, pieces[index].start)


def _is_of_a_name(piece: Piece) -> bool:
    return piece.capital or piece.has_digit or piece.key in PARTICLES


def surroundings(pieces: Sequence[Piece], roles: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    """With the parts beside it that tell of a door in everyday words: ``non loin du puits``, ``row 4``."""
    for _ in range(NEIGHBOURS):
        if end + 1 >= len(pieces) or not comma(pieces[end + 1]):
            break
        last = _part_end(pieces, roles, end + 1)
        if not _tells_of_a_door(pieces, roles, end + 1, last):
            break
        end = last
    if begin and comma(pieces[begin]):
        first = begin - 1
        while (
            first
            and not comma(pieces[first])
            and not is_hard(pieces, roles, first)
            and begin - first < SHORT_PART
        ):
            first -= 1
        starts = comma(pieces[first]) or is_hard(pieces, roles, first) or first == 0
        while not starts and first < begin and not roles[first] & (Role.UNIT | Role.AREA | Role.STREET):
            first += 1
        if first < begin and _tells_of_a_door(pieces, roles, first, begin - 1):
            begin = first
    return begin, end


def _tells_of_a_door(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool:
    """Whether a part between commas has a unit with its value, a quarter with its name or a landmark."""
    span = range(first, last + 1)
    if len(span) > PART or any(pieces[i].key in PAPERS and pieces[i].key not in ADDRESS_TOO for i in span):
        return False
    if any(in_table(pieces[i], LANDMARKS) for i in span):
        return len(span) > 1
    digits = any(roles[i] & Role.DIGITS and len(pieces[i].key) <= POSTCODE for i in span)
    named = any(roles[i] & (Role.NAME | Role.VALUE) for i in span)
    return bool(any(roles[i] & (Role.UNIT | Role.STREET | Role.AREA) for i in span) and (digits or named))


def _numbered_before(pieces: Sequence[Piece], roles: Sequence[int], begin: int) -> int:
    """A number with its word right before the comma: *trailer No. 7, Camp Road*."""
    if begin > 1 and comma(pieces[begin]) and roles[begin - 1] & Role.DIGITS:
        said = roles[begin - 2] & (Role.NUMBER | Role.UNIT) and not comma(pieces[begin - 1])
        if said and not is_hard(pieces, roles, begin - 1):
            return begin - 2
    return begin


def _tail(pieces: Sequence[Piece], roles: Sequence[int], end: int) -> int:
    """A word or two that say which half, and a postcode after a part that we do not know."""
    for after in (end + 1, end + 2):
        if after >= len(pieces) or pieces[after].gap.strip(" ()"):
            break
        if pieces[after].key in TAILS:
            end = after
    for after in (end + 1, end + 2):
        if after < len(pieces) and _is_second_half(pieces, after):
            end = after
            break
    if (
        end + 1 < len(pieces)
        and comma(pieces[end + 1])
        and pieces[end + 1].key in TAILS
        and _ends(pieces, end + 1)
    ):
        end += 1
    for after in (end + 2, end + 3):
        if after < len(pieces) and comma(pieces[after]) and roles[after] & Role.DIGITS:
            between = range(end + 1, after)
            loose = any(pieces[at].gap.strip(" ") or is_hard(pieces, roles, at) for at in between)
            if not loose and POSTCODES.fullmatch(pieces[after].text):
                return after
    return end


def _is_second_half(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the second half of a box or a postcode stands here after a dash: *40127 - 00100*."""
    halves = pieces[index - 2 : index + 1]
    return (
        index > 1
        and halves[1].text in ("-", "–")
        and all(POSTCODES.fullmatch(half.text) for half in (halves[0], halves[2]))
    )


def _ends(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a mark or nothing follows this piece."""
    return index + 1 == len(pieces) or bool(pieces[index + 1].gap.strip(" "))


def _part_end(pieces: Sequence[Piece], roles: Sequence[int], first: int) -> int:
    """The last piece of the part between commas that begins here."""
    last = first
    while last + 1 < len(pieces) and not comma(pieces[last + 1]) and not is_hard(pieces, roles, last + 1):
        last += 1
    return last


def _part_before(pieces: Sequence[Piece], roles: Sequence[int], after: int) -> int:
    """The first piece of the part that ends before this one, if it is a part of an address; else -1."""
    first = after - 1
    while first and not comma(pieces[first]) and not is_hard(pieces, roles, first):
        first -= 1
        if after - first > PART:
            return -1
    return first if _goes_on(pieces, roles, first, after - 1) else -1


def _goes_on(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool:
    span = range(first, last + 1)
    if len(span) > PART or is_hard(pieces, roles, first):
        return False
    if any(pieces[i].key in PAPERS and pieces[i].key not in ADDRESS_TOO for i in span):
        return False
    if roles[first] & Role.BESIDE or any(
        roles[i] & (Role.AREA | Role.UNIT) and pieces[i].capital for i in span
    ):
        return True
    if all(roles[i] & (Role.NAME | Role.PARTICLE) for i in span):
        return False
    return any(roles[i] & Role.DIGITS and len(pieces[i].key) <= POSTCODE for i in span)
