"""How far a role goes: its adjectives, and what it is of."""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.reading import Piece
from registry.privacy.words import jobs as words
from registry.privacy.words import known_by

OF, LONGEST, CLAUSE, KIN = 3, 9, 7, 3
"""Words after *of*, of a whole phrase, of a clause, and from an owner to his kin, at most."""
POSTPOSED = ("fr", "es", "pt", "sw", "id")
"""Languages whose adjectives follow."""


def to_the_end(pieces: Sequence[Piece], index: int, language: str) -> int:
    """The last piece of what the role is of: *of the mothers' club*, *escolar*."""
    last = index
    if pieces[index].text.endswith(("'s", "s'")) and index + 1 < len(pieces):  # the blacksmith's apprentice
        last = max(
            kin_after(pieces, index),
            last + (pieces[index + 1].gap == " " and pieces[index + 1].text.islower()),
        )
    while last < index + OF and _is_adjective(pieces, last + 1, language):
        last += 1
    left, start = 0, last
    while last + 1 < len(pieces) and last - start < LONGEST and pieces[last + 1].gap in (" ", "' "):
        following = pieces[last + 1]
        leads_on = _leads_on(following, language)
        owned = "'" in following.gap and following.key == "and"  # the parents' and teachers' association
        only = following.key == "only" and pieces[last].key in words.DEFINITE  # of the only bakery
        if _stops(following, language) and not (leads_on or owned or only):
            break
        if owned or leads_on or (left == OF and following.key in words.LINKS):
            left = OF
        elif left:
            left -= 1
        elif language != "id" or not following.text.islower() or last - index >= OF:
            break
        last += 1
    while last > index and pieces[last].key in words.LINKS and pieces[last].text[:2] not in ("d'", "l'"):
        last -= 1
    return last


def kin_after(pieces: Sequence[Piece], index: int) -> int:
    """The last word of *the chief's second wife*, *the pastor's daughter*; the same index for no kin."""
    if not pieces[index].text.endswith(("'s", "s'")):
        return index
    for at in range(index + 1, min(index + 1 + KIN, len(pieces))):
        if pieces[at].gap != " " or pieces[at].key in words.EVERY_STOP:
            break
        if pieces[at].key in known_by.KIN:
            return at
    return index


def complement_follows(pieces: Sequence[Piece], index: int, language: str) -> bool:
    """Whether the word after the role, or after its adjective, says of what it is."""
    for at in (index + 1, index + 2):
        if at >= len(pieces) or pieces[at].gap != " ":
            return False
        if pieces[at].key in words.CHARGED or (pieces[at].key == "in" and _key(pieces, at + 1) == "charge"):
            return True
        if is_of(pieces[at], language) or pieces[at].text[:2].casefold() == "d'":
            return True
        if _stops(pieces[at], language) or pieces[at].key in words.LINKS:
            return False
    return False


def serves_follows(pieces: Sequence[Piece], index: int, language: str) -> bool:
    """Whether an English role is told by whom it serves: *for the night cleaners*, *to the tribunal*."""
    if language != "en" or index + 2 >= len(pieces):
        return False
    leads, whom = pieces[index + 1], pieces[index + 2]
    if leads.gap != " " or whom.gap != " " or whom.key in known_by.NOT_SERVED:
        return False
    return leads.key == "for" or (leads.key == "to" and pieces[index].key in known_by.TO)


def _key(pieces: Sequence[Piece], at: int) -> str:
    return pieces[at].key if at < len(pieces) else ""


def clause_end(pieces: Sequence[Piece], index: int) -> int:
    """The last piece before a mark, a few words on."""
    last = index
    while last + 1 < len(pieces) and last - index < CLAUSE and pieces[last + 1].gap == " ":
        last += 1
    return last


def _stops(piece: Piece, language: str) -> bool:
    """Whether the word ends the role: a verb, *that*, *and*."""
    return piece.key in words.STOPS.get(language, words.EVERY_STOP) or (
        language == "es" and piece.text.endswith("ó")
    )


def _leads_on(piece: Piece, language: str) -> bool:
    if piece.key in words.WHERE_PORTUGUESE:
        return language == "pt"
    if language == "en" and piece.key in words.WHERE_ENGLISH:
        return True
    if piece.text[:2].casefold() in ("d'", "l'") or piece.text == "à":
        return True
    return is_of(piece, language) or piece.key in words.WHERE


def is_of(piece: Piece, language: str) -> bool:
    """Whether the word is *of*."""
    return piece.key in words.OF or (language in ("sw", "mix") and piece.key in words.OF_SWAHILI)


def _is_adjective(pieces: Sequence[Piece], at: int, language: str) -> bool:
    """Whether this word goes with the role before it: by its ending, as initials, or as the last one."""
    if at >= len(pieces) or pieces[at].gap != " " or not pieces[at].key.isalpha():
        return False
    word = pieces[at]
    if word.key in words.LINKS or _stops(word, language):
        return False
    if word.text.isupper() or (
        word.capital and pieces[at - 1].capital and complement_follows(pieces, at, language)
    ):
        return True
    if language == "en" or not word.text.islower():
        return False
    if word.key.endswith(words.ADJECTIVE_ENDINGS):
        return True
    return language in POSTPOSED and (
        at + 1 == len(pieces)
        or pieces[at + 1].gap != " "
        or is_of(pieces[at + 1], language)
        or _stops(pieces[at + 1], language)
    )
