"""Postal addresses of many countries, read by the words that make them and not by one country's order.

Every piece of a text gets a role (a word for a street, for a room, a number, a name …). Neighbouring
pieces with a role make a run, and a run is an address when its words and numbers fit: a street with
a number, a post box, two units with their numbers. What may be one is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.certain.address_parts import before_a_postcode, extended, surroundings
from registry.privacy.certain.address_ratings import rating
from registry.privacy.certain.address_roles import CUES, LEADING_NAMES, Role, comma, is_hard, roles_of
from registry.privacy.certain.landmarks import numbered_names, told_ways
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece
from registry.privacy.words.things import things

_POSTCODE = re.compile(
    r"""(?<!\w)(?:
        [A-Z]{1,2}\d[A-Z\d]? [ ] \d[ABD-HJLNP-UW-Z]{2}   # Britain
      | [A-Z]\d[A-Z] [ ] \d[A-Z]\d                       # Canada
      | [AC-FHKNPRTV-Y]\d[\dW] [ ] (?=[A-Z]{0,3}\d)[AC-FHKNPRTV-Y\d]{4}  # Ireland
      | [A-Z]{2}-\d{3}-\d{4}                             # Ghana
      | 〒 ?\d{3}-\d{4}                                  # Japan
    )(?!\w)""",
    re.VERBOSE,
)
_SHORT_STREET = re.compile(
    r"(?<!\w)[^\W\d_a-z]\w{2,20} [ug]\. \d{1,4}(?:[-/.] ?[\dIVX]{1,4}(?:/\d{1,3})?)?(?:\.?, \d{4,5})?"
)
_IRAQI = re.compile(
    r"(?<!\w)م\.? ?\d{1,4}[ ،/-]{1,3}ز\.? ?\d{1,4}[ ،/-]{1,3}د\.? ?\d{1,4}(?:/\d{1,3})?(?!\w)"
)
"""Quarter, lane and house by their first letters, in Iraq."""
_EAST_ASIAN = re.compile(
    r"""(?<![\u3400-\u9fff])[\u3400-\u9fff々]{1,12}\d{1,5}(?:-\d{1,4}){1,3}(?![\d-])
      | (?<![\u3400-\u9fff])[\u3400-\u9fff]{0,12}
        (?:\d{1,5}(?:栋|幢|号|號|室|楼|樓|层|丁目|番地|番|路|街|동|호|번지|길)[ -]?){1,5}""",
    re.VERBOSE,
)
_CHOME = re.compile(
    r"(?<![\w/.-])\d{1,2}-\d{1,2}-\d{1,2} (?=[A-Z])[^\W\d_]{4,20}(?:, (?:Apt|Room|Rm)\.? \d{1,4})?"
)
"""*2-14-7 Midorigaoka*: block, house and door before the quarter, in Japan."""
BEFORE_A_STREET = 4
"""Pieces of a number before the word for a street, at most: *No. 14 bis*."""


class Addresses:
    """Finds postal addresses."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain and doubtful findings."""
        pieces = text.pieces
        roles = roles_of(pieces, language.partition("-")[0])
        for first, last in runs(pieces, roles):
            begin, end = trimmed(pieces, roles, first, last)
            if begin > end:
                continue
            certain = rating(pieces, roles, begin, end)
            if certain is not None:
                begin, end = extended(pieces, roles, begin, end)
                yield Finding(pieces[begin].start, pieces[end].end, Kind.ADDRESS, certain)
            wide = surroundings(pieces, roles, begin, end)
            if wide != (begin, end) and (certain is not None or _says_where(roles, begin, end)):
                yield Finding(pieces[wide[0]].start, pieces[wide[1]].end, Kind.ADDRESS, certain=False)
        for begin, end in (
            *told_ways(pieces, roles),
            *numbered_names(pieces, roles, language.partition("-")[0]),
        ):
            yield Finding(pieces[begin].start, pieces[end].end, Kind.ADDRESS, certain=False)
        for match in _CHOME.finditer(text.text):
            yield Finding(*match.span(), Kind.ADDRESS, certain="," in match.group())
        for match in _POSTCODE.finditer(text.text):
            yield Finding(before_a_postcode(pieces, match.start()), match.end(), Kind.ADDRESS, certain=True)
        for pattern in (_IRAQI, _EAST_ASIAN, _SHORT_STREET):
            for match in pattern.finditer(text.text):
                yield Finding(*match.span(), Kind.ADDRESS, certain=True)


def _says_where(roles: Sequence[int], begin: int, end: int) -> bool:
    """Whether a quarter or a house has a name or a number here."""
    span = range(begin, end + 1)
    place = any(roles[i] & (Role.AREA | Role.STREET | Role.UNIT) and not roles[i] & Role.WEAK for i in span)
    return place and any(roles[i] & (Role.NAME | Role.DIGITS) for i in span)


def runs(pieces: Sequence[Piece], roles: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last index of neighbouring pieces that have a role, at least one a word of addresses."""
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
    if roles[cue] & Role.STREET or not comma(pieces[begin]):
        begin = _value_before(roles, first, begin)
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


def _value_before(roles: Sequence[int], first: int, begin: int) -> int:
    """A number before the first word belongs to it: ``14 bis, rue``, ``# 37, impasse``."""
    index = begin
    leading = Role.VALUE | Role.NUMBER | Role.PARTICLE
    while index > first and roles[index - 1] & leading and begin - index < BEFORE_A_STREET:
        index -= 1
    while index < begin and roles[index] is Role.PARTICLE:
        index += 1
    return index


def _end(pieces: Sequence[Piece], roles: Sequence[int], begin: int, last: int) -> int:
    """The last piece: names of well-known places, and all names but one after a comma, are left."""
    end, names_after = begin, 0
    for index in range(begin, last + 1):
        if roles[index] & (CUES | Role.VALUE):
            end, names_after = index, 0
        elif roles[index] & Role.NAME:
            names_after += comma(pieces[index])
            if names_after > 1 or (names_after and pieces[index].key in things()):
                break
            end = index
    return end
