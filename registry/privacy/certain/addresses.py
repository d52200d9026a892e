"""Postal addresses of many countries, read by the words that make them and not by one country's order.

Every piece of a text gets a role (a word for a street, for a room, a number, a name …). Neighbouring
pieces with a role make a run, and a run is an address when its words and numbers fit: a street with
a number, a post box, two units with their numbers. What may be one is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.certain.address_roles import CUES, Role, is_hard, roles_of
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece, in_table
from registry.privacy.words import addresses as words
from registry.privacy.words import numbers
from registry.privacy.words.ordinary import RARE, is_used
from registry.privacy.words.papers import PAPERS
from registry.privacy.words.things import things

_POSTCODE = re.compile(
    r"""(?<!\w)(?:
        [A-Z]{1,2}\d[A-Z\d]? [ ] \d[ABD-HJLNP-UW-Z]{2}   # Britain
      | [A-Z]\d[A-Z] [ ] \d[A-Z]\d                       # Canada
      | [A-Z]{2}-\d{3}-\d{4}                             # Ghana
      | 〒 ?\d{3}-\d{4}                                  # Japan
    )(?!\w)""",
    re.VERBOSE,
)
_SHORT_STREET = re.compile(
    r"(?<!\w)[^\W\d_a-z]\w{2,20} [ug]\. \d{1,4}(?:[-/.] ?[\dIVX]{1,4}(?:/\d{1,3})?)?(?:\.?, \d{4,5})?"
)
_EAST_ASIAN = re.compile(
    r"""(?<![\u3400-\u9fff])[\u3400-\u9fff々]{1,12}\d{1,5}(?:-\d{1,4}){1,3}(?![\d-])
      | (?<![\u3400-\u9fff])[\u3400-\u9fff]{0,12}
        (?:\d{1,5}(?:栋|幢|号|號|室|楼|樓|层|丁目|番地|番|路|街|동|호|번지|길)[ -]?){1,5}""",
    re.VERBOSE,
)

ADDRESS_TOO = frozenset(
    {
        "no",
        "nr",
        "num",
        "n°",
        "nº",
        "number",
        "numero",
        "lot",
        "رقم",
        "رمز",
        "الرمز",
        "ci",
        "nomor",
        "code",
        "bed",
    }
)
"""Words of papers that stand in addresses as well."""
_DOOR = re.compile(r"\d{1,4}[a-z]?(?:[/-]\d{1,4}[a-z]?)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
SMALL = 2
PART, SHORT_PART, POSTCODE, CLAUSE, CLEAR = 6, 3, 8, 25, 2
FAR = 7
"""Pieces between the word for a street and its number, at most."""
LEADING_NAMES = 4
"""Words of a name before the word for its street, at most."""


class Addresses:
    """Finds postal addresses."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain and doubtful findings."""
        pieces = text.pieces
        roles = roles_of(pieces, language.partition("-")[0])
        for first, last in runs(pieces, roles):
            begin, end = trimmed(pieces, roles, first, last)
            if begin <= end and (certain := rating(pieces, roles, begin, end)) is not None:
                begin, end = extended(pieces, roles, begin, end)
                yield Finding(pieces[begin].start, pieces[end].end, Kind.ADDRESS, certain)
        for begin, end in (
            *told_ways(pieces, roles),
            *numbered_names(pieces, roles, language.partition("-")[0]),
        ):
            yield Finding(pieces[begin].start, pieces[end].end, Kind.ADDRESS, certain=False)
        for pattern in (_POSTCODE, _EAST_ASIAN, _SHORT_STREET):
            for match in pattern.finditer(text.text):
                yield Finding(*match.span(), Kind.ADDRESS, certain=True)


def runs(pieces: Sequence[Piece], roles: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring pieces that have a role, first and last index, where at least one is a word of addresses."""
    start, cued = 0, False
    for index, role in enumerate(roles):
        if index > start and is_hard(pieces, roles, index):
            if cued:
                yield start, index - 1
            start, cued = index, False
        if role is Role.OTHER:
            if cued:
                yield start, index - 1
            start, cued = index + 1, False
        cued = cued or bool(role & CUES)
    if cued:
        yield start, len(pieces) - 1


def trimmed(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """Without what stands before the first and after the last word of the address."""
    cue = next(index for index in range(first, last + 1) if roles[index] & CUES)
    begin = cue
    if roles[cue] & Role.LAST:
        begin = _name_before(pieces, roles, first, cue)
    if roles[cue] & Role.STREET or not _comma(pieces[begin]):
        begin = _value_before(pieces, roles, first, begin)
    end = _end(pieces, roles, begin, last)
    return begin, end


def _name_before(pieces: Sequence[Piece], roles: Sequence[int], first: int, cue: int) -> int:
    """Where the name of a street begins that stands before the word for it."""
    index = cue
    while index > first and cue - index < LEADING_NAMES and "," not in pieces[index].gap:
        if not roles[index - 1] & (Role.NAME | Role.PARTICLE | Role.VALUE | Role.NUMBER):
            break
        index -= 1
    while index < cue and roles[index] is Role.PARTICLE:
        index += 1
    return index


def _value_before(pieces: Sequence[Piece], roles: Sequence[int], first: int, begin: int) -> int:
    """A number before the first word belongs to it: ``14 bis, rue``, ``# 37, impasse``."""
    index = begin
    while (
        index > first and roles[index - 1] & (Role.VALUE | Role.NUMBER | Role.PARTICLE) and begin - index < 4
    ):  # noqa: PLR2004 - No. 14 bis
        index -= 1
    while index < begin and roles[index] is Role.PARTICLE:
        index += 1
    return index


def _end(pieces: Sequence[Piece], roles: Sequence[int], begin: int, last: int) -> int:
    """The last piece: names of well-known places, and all names but one after a comma, are left."""
    end, names_after = begin, 0
    for index in range(begin, last + 1):
        comma = "," in pieces[index].gap or "،" in pieces[index].gap
        if roles[index] & (CUES | Role.VALUE):
            end, names_after = index, 0
        elif roles[index] & Role.NAME:
            names_after += comma
            if names_after > 1 or (names_after and pieces[index].key in things()):
                break
            end = index
    return end


def rating(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool | None:
    """Whether these pieces are an address for certain; None when they are hardly one."""
    units = pairs(pieces, roles, first, last)
    street = _street(pieces, roles, first, last, units=bool(units))
    if street == "numbered" or _boxed(pieces, roles, first, last):
        return True
    if any(units) and (len(units) > 1 or any(roles[unit] & Role.SHELTER for unit in units)):
        return any(not roles[unit] & Role.WEAK for unit in units)
    areas = (
        sum(bool(roles[i] & Role.AREA) for i in range(first, last + 1)) if _named(roles, first, last) else 0
    )
    if areas > 1 or (areas and (units or any(roles[i] & Role.DIGITS for i in range(first, last + 1)))):
        return bool(units)
    strong = any(not roles[unit] & Role.WEAK or _long(pieces, unit, last) for unit in units)
    return False if strong or street == "named" else None


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
    if after <= last and roles[after] & Role.VALUE and not _comma(pieces[after]):
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
        near = range(max(first, at - FAR), min(last, at + FAR) + 1)
        numbers = sum(bool(roles[i] & Role.DIGITS) for i in near)
        if numbers > 1 or (numbers and (named or units)):
            return "numbered"
    sure = any(
        pieces[i].key in words.STREET_FIRST if pieces[i].is_arabic else pieces[i].capital for i in streets
    )
    return "named" if named and sure else ""


def _comma(piece: Piece) -> bool:
    return "," in piece.gap or "،" in piece.gap


def extended(pieces: Sequence[Piece], roles: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    """With the parts between commas before and after that look like more of it in words we do not know."""
    while end + 1 < len(pieces) and _comma(pieces[end + 1]):
        last = _part_end(pieces, roles, end + 1)
        if not _goes_on(pieces, roles, end + 1, last):
            after = (
                _part_end(pieces, roles, last + 1)
                if last + 1 < len(pieces) and _comma(pieces[last + 1])
                else 0
            )
            if not after or last - end > SHORT_PART or not _goes_on(pieces, roles, last + 1, after):
                break
            last = after
        end = last
    while begin and _comma(pieces[begin]) and (start := _part_before(pieces, roles, begin)) >= 0:
        begin = start
    return begin, end


def _part_end(pieces: Sequence[Piece], roles: Sequence[int], first: int) -> int:
    """The last piece of the part between commas that begins here."""
    last = first
    while last + 1 < len(pieces) and not _comma(pieces[last + 1]) and not is_hard(pieces, roles, last + 1):
        last += 1
    return last


def _part_before(pieces: Sequence[Piece], roles: Sequence[int], after: int) -> int:
    """The first piece of the part that ends before this one, if it is a part of an address; else -1."""
    first = after - 1
    while first and not _comma(pieces[first]) and not is_hard(pieces, roles, first):
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
            beside = beside or bool(roles[index] & Role.BESIDE) or in_table(pieces[index], words.ORDINALS)
            landmarks += in_table(pieces[index], words.LANDMARKS)


def _is_way(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a length and a direction stand here."""
    ahead = [piece.key for piece in pieces[index : index + 4]]
    if len(ahead) < 3 or not (pieces[index].has_digit or ahead[0] in numbers.DIGITS):  # noqa: PLR2004 - 200 m north
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


def _boxed(pieces: Sequence[Piece], roles: Sequence[int], first: int, last: int) -> bool:
    """Whether a number follows a post box at once."""
    for index in range(first, last):
        if not roles[index] & Role.BOX:
            continue
        after = index + 1
        while after < last and roles[after] & (Role.NUMBER | Role.BOX):
            after += 1
        if roles[after] & Role.DIGITS and not _comma(pieces[after]):
            return True
    return False
