"""The role each piece of a text could play in a postal address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from registry.privacy.reading import Piece, in_table, without_clitics
from registry.privacy.words import addresses as words
from registry.privacy.words.ordinary import DICTIONARIES, used
from registry.privacy.words.tables import table


class Role:
    """What a piece may be: bits, several at once."""

    OTHER: Final = 0
    STREET: Final = 1 << 0
    LAST: Final = 1 << 1  # its name stands before it
    UNIT: Final = 1 << 2
    WEAK: Final = 1 << 3  # a unit that alone says little
    SHELTER: Final = 1 << 4  # a unit that alone says much
    AREA: Final = 1 << 5
    BOX: Final = 1 << 6
    NUMBER: Final = 1 << 7
    VALUE: Final = 1 << 8
    DIGITS: Final = 1 << 9
    NAME: Final = 1 << 10
    PARTICLE: Final = 1 << 11
    BESIDE: Final = 1 << 12


CUES: Final = Role.STREET | Role.UNIT | Role.AREA | Role.BOX
_HARD = re.compile(r"[;:!?\"«»“”()\n…<>¿¡؛؟{}\[\]]")
_NO_VALUE = re.compile(r"[%$€£@=]|://|^\d{7,}$|^\d{1,2}:\d\d|\d,\d{3}|^(?:19|20)\d\d-\d\d")
_NO_NAME = table(
    "a an the this that each every one her his our my their its any no some another in on to at is was"
)
"""Between a number and *street* these say that it has no name."""
COMPOUND = range(6, 41)
"""Letters of a compound name of a street."""
LEADING_NAMES = 4
"""Words of a name before the word for its street, at most."""
LOWER_NAME = 4
"""Words in small letters between a street and its number, at most."""
BESIDE_WORDS = 4
FUNCTION_WORD = 400.0
"""Uses in a million words that make the first word of a sentence no name."""
ABBREVIATION = 4
"""Letters of a word whose full stop ends no sentence."""


def roles_of(pieces: Sequence[Piece], language: str) -> list[int]:
    """The roles of every piece."""
    roles = [_role(piece, language, first=_starts(pieces, index)) for index, piece in enumerate(pieces)]
    for index, role in enumerate(roles):
        if pieces[index].is_arabic:
            if role & (Role.STREET | Role.AREA) or in_table(pieces[index], words.BUILDINGS):
                _name_arabic(pieces, roles, index)
        elif _is_title(pieces, roles, index):
            roles[index] = Role.OTHER
        elif role & Role.STREET and not role & Role.LAST:
            _name_to_number(pieces, roles, index)
        elif role & Role.LAST and pieces[index].key in words.STREET_SURE:
            _number_to_name(pieces, roles, index)
        if index:
            _by_the_word_before(pieces, roles, index)
        if role & Role.BESIDE:
            _landmark(pieces, roles, index)
    return roles


def _is_title(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    """Whether *Dr* is a doctor and no drive: a name follows it, and neither name nor number leads to it."""
    if pieces[index].key not in words.TITLES_TOO or index + 1 >= len(pieces):
        return False
    leading = Role.NAME | Role.VALUE | CUES
    led = index > 0 and pieces[index].gap == " " and bool(roles[index - 1] & leading)
    return not led and pieces[index + 1].gap in (" ", ". ") and bool(roles[index + 1] & Role.NAME)


def _by_the_word_before(pieces: Sequence[Piece], roles: list[int], index: int) -> None:
    """Words that are one of an address only after another: *private bag*, *3, place*."""
    key, before = pieces[index].key, pieces[index - 1].key
    of = index + 1 < len(pieces) and pieces[index + 1].key in words.PARTICLES
    if roles[index - 1] & Role.DIGITS and (
        key in words.STREET_NUMBERED or (of and key in words.STREET_NUMBERED_OF)
    ):
        roles[index] = Role.STREET
    if roles[index] is Role.OTHER and before in words.STREET_FIRST and key in words.STREET_KINDS:
        roles[index] = Role.NAME
    if (key.startswith("post") or key in ("بريد", "البريد")) and roles[index - 1] & Role.BOX:
        roles[index] = Role.BOX
    if (key in ("bag", "box", "restante") and before in words.BAG) or (key, before) == ("ب", "ص"):
        roles[index - 1] = roles[index] = Role.BOX


def is_hard(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    """Whether no address goes on over the gap before this piece."""
    gap = pieces[index].gap
    if _HARD.search(gap):
        return not _is_soft(gap.strip(" "), roles, index)
    if "." not in gap:
        return False
    before = pieces[index - 1]
    abbreviated = len(before.key) <= ABBREVIATION or "." in before.text or bool(roles[index - 1] & CUES)
    return not abbreviated or (before.has_digit and pieces[index].capital and not roles[index] & CUES)


def _is_soft(mark: str, roles: Sequence[int], index: int) -> bool:
    """``No: 9``, ``4.º "B"`` and ``No. 408 (altos)`` go on."""
    if mark == ":":
        return bool(roles[index - 1] & (CUES | Role.NUMBER) and roles[index] & Role.VALUE)
    if mark in ("(", ")", "),", ".)"):
        return roles[index] != Role.OTHER
    if mark in ("(", ")", "),") and index + 1 < len(roles):
        return bool(roles[index + 1] & CUES)
    return mark in ('"', '",') and bool(roles[index] & (Role.VALUE | CUES | Role.NUMBER))


def comma(piece: Piece) -> bool:
    """Whether a comma stands before this piece."""
    return "," in piece.gap or "،" in piece.gap


def _starts(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a sentence may start here; the full stop of *A.H.* or *Urb.* ends none."""
    if index == 0 or _HARD.search(pieces[index].gap):
        return True
    before = pieces[index - 1]
    abbreviated = "." in before.text or (len(before.key) <= ABBREVIATION and before.key in words.AREA)
    return "." in pieces[index].gap and not abbreviated


def _role(piece: Piece, language: str, *, first: bool) -> int:
    role = _word_role(piece)
    if (
        piece.is_value
        and not _NO_VALUE.search(piece.text)
        and not (piece.text.islower() and not piece.has_digit)
    ):
        role |= Role.VALUE
        if piece.has_digit:
            role |= Role.DIGITS
    if role:
        return role
    if piece.capital and len(piece.key) in COMPOUND and piece.text.casefold().endswith(words.STREET_ENDINGS):
        return Role.STREET | Role.LAST
    if piece.capital and not (
        first and not piece.text.isupper() and _is_function_word(piece.text.casefold(), language)
    ):
        return Role.NAME
    return Role.OTHER


def _word_role(piece: Piece) -> int:
    """What the tables say; Arabic words also without *the*, *and*, *in*."""
    role = _TABLE.get(piece.key, Role.OTHER)
    if not role and piece.is_arabic:
        for form in without_clitics(piece.key):
            role |= _TABLE.get(form, Role.OTHER)
    if piece.text.startswith("#"):
        role |= Role.NUMBER
    return role


def _is_function_word(lower: str, language: str) -> bool:
    return lower in used(language if language in DICTIONARIES else "en", FUNCTION_WORD)


def _name_to_number(pieces: Sequence[Piece], roles: list[int], index: int) -> None:
    """Words in small letters between a word for a street and its number: ``calle los almendros 45``."""
    for ahead in range(index + 1, min(index + 2 + LOWER_NAME, len(pieces))):
        if roles[ahead] & Role.VALUE and roles[ahead] & Role.DIGITS:
            for between in range(index + 1, ahead):
                roles[between] = roles[between] or Role.NAME
            return
        if is_hard(pieces, roles, ahead) or pieces[ahead].gap.strip(" ") not in ("", ".", ","):
            return


def _number_to_name(pieces: Sequence[Piece], roles: list[int], index: int) -> None:
    """Words in small letters between a number and a word for a street: ``14 moi avenue``."""
    for back in range(index - 1, max(index - 2 - LOWER_NAME, -1), -1):
        if roles[back] & Role.DIGITS:
            for between in range(back + 1, index):
                roles[between] = roles[between] or Role.NAME
            return
        if pieces[back + 1].gap != " " or pieces[back].key in _NO_NAME:
            return


def _name_arabic(pieces: Sequence[Piece], roles: list[int], index: int) -> None:
    """The one to three words that name a street: up to a comma or a number, else with the article."""
    end = index + 1
    while end < min(index + 5, len(pieces)) and _goes_on_in_arabic(pieces, roles, end):
        end += 1
    marked = end < len(pieces) and (comma(pieces[end]) or bool(roles[end] & (CUES | Role.VALUE)))
    for ahead in range(index + 1, min(end, index + 4)):
        if ahead > index + 1 and not (marked or pieces[ahead].text.startswith("ال")):
            return
        roles[ahead] = roles[ahead] or Role.NAME


def _goes_on_in_arabic(pieces: Sequence[Piece], roles: Sequence[int], index: int) -> bool:
    piece = pieces[index]
    return piece.gap == " " and not roles[index] & (CUES | Role.VALUE) and piece.is_arabic


def _landmark(pieces: Sequence[Piece], roles: list[int], index: int) -> None:
    """What an address is beside: ``opp. Total filling station``."""
    for ahead in range(index + 1, min(index + 1 + BESIDE_WORDS, len(pieces))):
        if pieces[ahead].gap.strip(" .") or is_hard(pieces, roles, ahead):
            return
        roles[ahead] = roles[ahead] or Role.NAME


_MEANINGS: tuple[tuple[frozenset[str], int], ...] = (
    (words.STREET_FIRST, Role.STREET),
    (words.STREET_LAST, Role.STREET | Role.LAST),
    (words.UNIT, Role.UNIT),
    (words.WEAK_UNIT, Role.UNIT | Role.WEAK),
    (words.EVERYDAY_UNIT, Role.UNIT | Role.WEAK),
    (words.SHELTER, Role.UNIT | Role.SHELTER),
    (words.AREA, Role.AREA),
    (words.AREA_LAST, Role.AREA | Role.LAST),
    (words.BOX, Role.BOX),
    (words.NUMBER, Role.NUMBER),
    (words.BESIDE, Role.BESIDE),
    (words.PARTICLES, Role.PARTICLE),
    (words.ORDINALS, Role.VALUE),
)
_TABLE: dict[str, int] = {}
for _words, _meaning in _MEANINGS:
    for _word in _words:
        _TABLE[_word] = _TABLE.get(_word, Role.OTHER) | _meaning
