"""People known by an office near them or by what they do: the headman's wife, the woman who runs the mill."""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.doubtful.job_phrases import clause_end, is_of, to_the_end
from registry.privacy.doubtful.job_words import is_definite, is_indefinite, rank_of
from registry.privacy.reading import Piece
from registry.privacy.words import jobs as words
from registry.privacy.words import known_by, roles

OFFICE, BEFORE = 3, 4
"""Words from an article to the office, and before whoever does something, at most."""


def kin_of(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int] | None:
    """*The wife of the village headman*, *la viuda del comisario*, *la femme de l'imam*; never *a son of*."""
    if pieces[index].key not in known_by.KIN or not _may_be_the(pieces, index, language):
        return None
    at = index + 1
    if at >= len(pieces) or pieces[at].gap != " " or not is_of(pieces[at], language):
        return None
    for office in range(at + 1, min(at + 2 + OFFICE, len(pieces))):
        piece = pieces[office]
        if piece.gap != " " or is_indefinite(piece, language) or piece.key in words.EVERY_STOP:
            return None
        if is_office(piece, language):
            the = any(is_definite(pieces[one], language) for one in range(at, office + 1))
            return (index, to_the_end(pieces, office, language)) if the else None
    return None


def _may_be_the(pieces: Sequence[Piece], index: int, language: str) -> bool:
    """Whether a word before it, or *l'* on it, may say that there is one; *a* says that there are more."""
    if is_definite(pieces[index], language):
        return True
    return index > 0 and pieces[index].gap == " " and not is_indefinite(pieces[index - 1], language)


def is_office(piece: Piece, language: str) -> bool:
    """Whether one person of a place holds what the word names, whoever else is called so."""
    key = piece.key
    held = key in roles.ONE_HOLDS or (key.endswith("a") and key[:-1] + "o" in roles.ONE_HOLDS)
    return held and key not in roles.OTHER_SENSE.get(language, ())


def one_who(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int] | None:
    """*The woman who runs …*, *l'homme qui répare …*, *the nun who keeps …*: what somebody does for a living.

    ``index`` is that of *who*.
    """
    first = index - 1
    if first < 0 or not _is_habit(pieces, index):
        return None
    somebody = pieces[first]
    if somebody.key not in known_by.BODIES and rank_of(somebody, language) is None:
        return None
    if somebody.text[:2] not in ("l'", "L'"):
        article = _article(pieces, first, language)
        if article is None:
            return None
        first = article + 1
    return first, clause_end(pieces, index)


def _is_habit(pieces: Sequence[Piece], index: int) -> bool:
    """Whether *who* stands close to its word here, and after it what people do day by day."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return (
        pieces[index].gap == " " and after is not None and after.gap == " " and after.key in known_by.HABITS
    )


def _article(pieces: Sequence[Piece], first: int, language: str) -> int | None:
    """Where *the* stands, a few words before; None for none, or for *a*."""
    for at in range(first - 1, max(-1, first - BEFORE), -1):
        if pieces[at + 1].gap != " " or pieces[at].key in words.EVERY_STOP:
            return None
        if is_definite(pieces[at], language):
            return at
        if is_indefinite(pieces[at], language):
            return None
    return None
