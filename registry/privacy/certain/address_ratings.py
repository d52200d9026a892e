"""Whether a run of pieces is an address: for certain, perhaps, or hardly."""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.certain.address_roles import Role, comma
from registry.privacy.reading import Piece
from registry.privacy.words import addresses as words

FAR = 7
"""Pieces between the word for a street and its number, at most."""
SMALL = 2
"""Digits of a number that says little beside an everyday word."""


def rating(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool | None:
    """Whether these pieces are an address for certain; None when they are hardly one."""
    units = pairs(pieces, roles, first, last)
    street = _street(pieces, roles, first, last, units=any(not roles[unit] & Role.STREET for unit in units))
    if street == "numbered" or _boxed(pieces, roles, first, last):
        return True
    if _leads_to_a_door(pieces, units):
        return True
    if any(units) and (len(units) > 1 or any(roles[unit] & Role.SHELTER for unit in units)):
        return any(not roles[unit] & Role.WEAK for unit in units)
    areas = (
        sum(bool(roles[i] & Role.AREA) for i in range(first, last + 1)) if _named(roles, first, last) else 0
    )
    if areas > 1 or (areas and (units or any(roles[i] & Role.DIGITS for i in range(first, last + 1)))):
        return bool(units) or (areas > 1 and _numbered_area(pieces, roles, first, last))
    if units and (_numbered_area(pieces, roles, first, last) or _numbered(pieces, roles, units, last)):
        return False
    on_a_street = any(not roles[unit] & Role.STREET for unit in units) and any(
        roles[i] & Role.STREET for i in range(first, last + 1)
    )
    strong = any(not roles[unit] & Role.WEAK or _long(pieces, unit, last) for unit in units)
    return False if strong or on_a_street or street == "named" else None


def _leads_to_a_door(pieces: Sequence[Piece], units: Sequence[int]) -> bool:
    """Whether a door and something around it have a number each, in whatever words: *bloc 14, maison 6*."""
    keys = {pieces[unit].key.removeprefix("ال") for unit in units}
    return len(keys) > 1 and not words.DOORS.isdisjoint(keys) and not keys <= words.DOORS


def _numbered_area(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool:
    """Whether a quarter or a hostel has a number or a letter: *Purok 4*, *Hostel C*."""
    return any(
        roles[i] & Role.AREA and roles[i + 1] & Role.VALUE and pieces[i + 1].gap in (" ", ". ")
        for i in range(first, last)
    )


def _numbered(pieces: Sequence[Piece], roles: Sequence[int], units: Sequence[int], last: int) -> bool:
    """Whether a number of its own follows a unit with its value: *Bloc 12, n° 44*."""
    return any(
        comma(pieces[i]) and roles[i] & Role.NUMBER and roles[i + 1] & Role.DIGITS
        for i in range(min(units), last)
    )


def _named(roles: Sequence[int], first: int, last: int) -> bool:
    return any(roles[i] & Role.NAME for i in range(first, last + 1))


def _long(pieces: Sequence[Piece], unit: int, last: int) -> bool:
    """Whether an everyday word begins with a capital and its number is no small one: ``Lot 1187``."""
    near = pieces[max(0, unit - 1) : min(last, unit + 2) + 1]
    return pieces[unit].capital and any(piece.has_digit and len(piece.key) > SMALL for piece in near)


def pairs(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> list[int]:
    """The units that stand beside their value."""
    found, used = [], -1
    for index in range(first, last + 1):
        if roles[index] & Role.UNIT:
            value = _value_of(pieces, roles, index, (max(first, used + 1), last))
            if value >= 0:
                used = value
                found.append(index)
    return found


def _value_of(pieces: Sequence[Piece], roles: Sequence[int], index: int, within: tuple[int, int]) -> int:
    """The value of a unit, after it or (*3e étage*) before it; -1 for none."""
    first, last = within
    after = index + 1
    while after <= last and roles[after] & Role.NUMBER and not roles[after] & Role.VALUE:
        after += 1
    if after <= last and roles[after] & Role.VALUE and not comma(pieces[after]):
        return after
    before = index - 1
    if before >= first and roles[before] & Role.VALUE and pieces[index].gap == " ":
        return -1 if pieces[before].text.lstrip("ول").isdecimal() else before
    return -1


def _street(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int, *, units: bool) -> str:
    """``numbered``, ``named`` or nothing: what is known of the street of this run."""
    streets = [i for i in range(first, last + 1) if roles[i] & Role.STREET]
    if not streets:
        return ""
    named = any(
        roles[i] & Role.NAME or pieces[i].text.endswith(words.STREET_ENDINGS) for i in range(first, last + 1)
    )
    for at in streets:
        named = named or (at > first and bool(roles[at] & Role.LAST) and pieces[at - 1].capital)
        near = range(max(first, at - FAR), min(last, at + FAR) + 1)
        numbers = sum(bool(roles[i] & Role.DIGITS) for i in near)
        if numbers > 1 or (numbers and (named or units)):
            return "numbered"
    sure = any(
        pieces[i].key in words.STREET_FIRST if pieces[i].is_arabic else pieces[i].capital for i in streets
    )
    return "named" if named and sure else ""


def _boxed(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool:
    """Whether a number follows a post box at once."""
    for index in range(first, last):
        if not roles[index] & Role.BOX:
            continue
        after = index + 1
        while after < last and roles[after] & (Role.NUMBER | Role.BOX):
            after += 1
        if roles[after] & Role.DIGITS and not comma(pieces[after]):
            return True
    return False
