"""What stands before a role: an article, an owner, words that say which, *is*."""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.doubtful.job_words import is_definite, is_indefinite
from registry.privacy.reading import Piece
from registry.privacy.words import jobs as words

BEFORE = 4
"""Words before a role, at most."""


def after_the_article(pieces: Sequence[Piece], index: int, language: str) -> int | None:
    """The first word after the article that belongs to this role; None without one nearby."""
    first = index
    while first and pieces[first].gap == " " and index - first < BEFORE:
        before = pieces[first - 1]
        if is_definite(before, language) or is_indefinite(before, language):
            return first
        if before.key in words.LINKS or before.key in words.EVERY_STOP:
            return None
        if before.text[:2] in ("l'", "L'"):
            return first
        first -= 1
    return None


def owner_before(pieces: Sequence[Piece], index: int) -> int | None:
    """The possessive before a role: *the border post's veterinary officer*; None for none."""
    first = index
    while first and pieces[first].gap == " " and index - first < BEFORE:
        first -= 1
        if pieces[first].text.endswith(("'s", "s'")):
            return first - 1 if joins(pieces, first) else first
        if pieces[first].key in words.OWNING:
            return first
        if pieces[first].key in words.LINKS or pieces[first].key in words.EVERY_STOP:
            return None
    return None


def joins(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the word before goes with this possessive: *border post's*."""
    if not index or pieces[index].gap != " ":
        return False
    lead = pieces[index - 1]
    small = lead.text.islower() and lead.key.isalpha()
    return small and lead.key not in words.LINKS | words.DEFINITE | words.INDEFINITE | words.EVERY_STOP


def is_modified(pieces: Sequence[Piece], owner: int, index: int) -> bool:
    """Whether words between *the town's* and the role say which: *the town's snake catcher*."""
    if not any(pieces[at].text.endswith(("'s", "s'")) for at in range(owner, index)):
        return False
    return index - 1 > owner and any(
        pieces[at].key not in words.PLAIN_ADJECTIVES
        for at in range(owner + 1, index)
        if not pieces[at].text.endswith(("'s", "s'"))
    )


def modified_from(pieces: Sequence[Piece], index: int) -> int:
    """The first of the words that stand right before a role without an article."""
    first = index
    while first and index - first < BEFORE and pieces[first].gap == " " and not pieces[first - 1].capital:
        if pieces[first - 1].key in words.LINKS or pieces[first - 1].key in words.EVERY_STOP:
            break
        first -= 1
    return first


def is_copula(pieces: Sequence[Piece], index: int) -> bool:
    """Whether *is* or *as* stands right before this piece."""
    return index > 0 and pieces[index].gap == " " and pieces[index - 1].key in words.COPULAS
