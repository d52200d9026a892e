"""Roles that one person holds, in Arabic."""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.reading import Piece, in_table
from registry.privacy.words import jobs as words
from registry.privacy.words import known_by, roles

PHRASE, CLAUSE, HABIT = 7, 5, 3
"""Words of a role, of a clause after *the first*, and of one after *who*, at most."""
_LEADING = ("على", "علي", "عن", "باسم")
"""After *in charge* and *speaker* these lead on to of what."""
_HUNDREDS = ("مئة", "مائة", "الف", "ألف")
_NO_HEAD = ("أمام", "بأمام", "الأمام")
"""*In front of*, which without its hamza is an imam."""


def span(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """The first and the last piece of a role that this piece tells of; None for none."""
    piece = pieces[index]
    if in_table(piece, words.ONLY_ARABIC):
        return _only(pieces, index)
    if in_table(piece, words.FIRST_ARABIC):
        return _first(pieces, index)
    if piece.key in words.ONE_WHO_ARABIC:
        return _does(pieces, index) or _one_who(pieces, index)
    if in_table(piece, known_by.KIN_ARABIC):
        return _kin(pieces, index)
    return _held(pieces, index)


def _held(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """A word for somebody who holds something; never one after *any*."""
    piece = pieces[index]
    if _speaks_for(pieces, index):
        return index, _phrase(pieces, index)
    if piece.text in _NO_HEAD or not _is_role(piece) or (index and pieces[index - 1].key in words.INDEFINITE):
        return None
    return _holder(pieces, index)


def _speaks_for(pieces: Sequence[Piece], index: int) -> bool:
    """*The speaker of the municipality*: one of many who speak, told by for whom."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return after is not None and after.key == "باسم" and after.gap == " " and _is_somebody(pieces[index])


def _kin(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The mukhtar's wife*: kin, and the office with its article right after."""
    if index + 1 >= len(pieces) or pieces[index + 1].gap != " ":
        return None
    office = pieces[index + 1]
    held = in_table(office, roles.ONE_HOLDS)
    if not held or (not office.key.startswith("ال") and _phrase(pieces, index + 1) == index + 1):
        return None
    return index, _phrase(pieces, index + 1)


def _does(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The woman who runs the kitchen*: somebody, *who*, and what people do day by day."""
    if not index or index + 1 >= len(pieces) or not pieces[index].gap == pieces[index + 1].gap == " ":
        return None
    somebody = pieces[index - 1]
    habit = pieces[index + 1].key in known_by.HABITS_ARABIC
    if not habit or not somebody.key.startswith("ال") or not _is_somebody(somebody):
        return None
    return index - 1, _run(pieces, index, CLAUSE - 1)


def _holder(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The mayor*, *head of the burns unit*, *mayor of the village*."""
    piece = pieces[index]
    last = _phrase(pieces, index)
    definite = piece.key.startswith(("ال", "وال"))
    if last > index:
        return None if in_table(pieces[index + 1], words.NO_OWNED) else (index, last)
    if in_table(piece, roles.PEOPLE):
        return None
    return (index, last) if definite else _after_a_name(pieces, index)


def _is_role(piece: Piece) -> bool:
    """Whether people hold what the word names; men, women and children are many."""
    return (in_table(piece, roles.PEOPLE) and not in_table(piece, roles.MANY_ARABIC)) or in_table(
        piece, roles.ONE_HOLDS
    )


def _only(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The only midwife*; *the first* and *the last* only of people."""
    if not index or pieces[index].gap != " ":
        return None
    first = index - 1
    if not _is_somebody(pieces[first]) and first and pieces[index - 1].gap == " ":
        first = next(
            (at for at in range(index - 2, max(-1, index - 4), -1) if _is_somebody(pieces[at])), first
        )
    if in_table(pieces[index - 1], words.TIMES):
        return None
    somebody = _is_somebody(pieces[first])
    if not somebody and (
        in_table(pieces[index], words.FIRST_ARABIC_OF) or pieces[first].key.endswith(("ات", "ية"))
    ):
        return None
    return first, _phrase(pieces, index)


def _is_somebody(piece: Piece) -> bool:
    return in_table(piece, roles.PEOPLE) or in_table(piece, roles.ONE_HOLDS)


def _first(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The first woman to drive*, *the last coppersmith*."""
    if index + 1 >= len(pieces) or pieces[index + 1].gap != " " or not _is_somebody(pieces[index + 1]):
        return None
    return index, _run(pieces, index, CLAUSE)


def _one_who(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*She who washes the dead*: after a pronoun that begins, or after *about*, and as a habit."""
    if not index or index + 1 >= len(pieces) or pieces[index + 1].gap != " ":
        return None
    before = pieces[index - 1]
    begins = index == 1 or pieces[index - 1].gap != " "
    told = (before.key in words.PRONOUNS_ARABIC and begins) or before.key in words.ABOUT_ARABIC
    habit = pieces[index + 1].key.startswith(("ي", "ت")) and len(pieces[index + 1].key) > HABIT
    return (index, _run(pieces, index, HABIT)) if told and habit and pieces[index].gap == " " else None


def _after_a_name(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*…, abbess in …* after a comma: the role, and one word that it is of."""
    if not index or "،" not in pieces[index].gap or not in_table(pieces[index], roles.ONE_HOLDS):
        return None
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    of = after is not None and after.gap == " " and after.is_arabic and not _is_loose(after)
    return index, index + of


def _phrase(pieces: Sequence[Piece], index: int) -> int:
    """The last word of *head of … of the …*: up to one with *the*, more such words, and *in* a place."""
    if index + 2 < len(pieces) and pieces[index + 1].key in _LEADING and pieces[index + 2].gap == " ":
        return _phrase(pieces, index + 2)  # in charge of, speaking for
    last = index
    for at in range(index + 1, min(index + 4, _run(pieces, index, 3) + 1)):
        if pieces[at].key.startswith("ال") and pieces[at].key not in words.LINKS:
            last = at
            break
        if _is_loose(pieces[at]) and not pieces[at].key.startswith("لل"):
            break
    while (
        last + 1 < len(pieces)
        and pieces[last + 1].gap == " "
        and pieces[last + 1].key.startswith(("ال", "لا", "لل"))
        and pieces[last + 1].key not in words.LINKS
        and last - index < PHRASE
    ):
        last += 1
    if last > index and last + 2 < len(pieces) and _is_for(pieces, last + 1):
        last += 2
    if (
        last > index
        and last + 2 < len(pieces)
        and pieces[last + 1].key == "في"
        and pieces[last + 2].gap == " "
    ):
        last += 2
        following = pieces[last + 1] if last + 1 < len(pieces) else None
        goes_on = following is not None and (following.key.startswith("ال") or pieces[last].key in _HUNDREDS)
        last += following is not None and following.gap == " " and goes_on
    return last


def _is_for(pieces: Sequence[Piece], index: int) -> bool:
    """*For water affairs*, *into Tamazight*: two words that say of what."""
    piece, after = pieces[index], pieces[index + 1]
    joined = piece.key.startswith("ل") and not piece.key.startswith("لل") and len(piece.key) > HABIT
    leads = joined or piece.key == "الى"
    return leads and piece.gap == after.gap == " " and after.key.startswith("ال")


def _is_loose(piece: Piece) -> bool:
    """Whether the word begins something else: *in*, *that*, *for …*, *and …*."""
    if piece.key in words.LINKS or piece.key in words.STOPS_ARABIC:
        return True
    return len(piece.key) > 4 and piece.key.startswith(("و", "ب", "ل", "ف"))  # noqa: PLR2004 - a short word begins so by itself


def _run(pieces: Sequence[Piece], index: int, most: int) -> int:
    """The last Arabic word of a row without marks between them."""
    last = index
    while (
        last + 1 < len(pieces)
        and last - index < most
        and pieces[last + 1].gap == " "
        and pieces[last + 1].is_arabic
    ):
        last += 1
    return last
