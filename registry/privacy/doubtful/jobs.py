"""Roles that only one person holds: the only midwife of an island, the headmaster, the mayor of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.privacy.doubtful import arabic_jobs, job_kin
from registry.privacy.doubtful.job_phrases import (
    clause_end,
    complement_follows,
    is_of,
    kin_after,
    serves_follows,
    to_the_end,
)
from registry.privacy.doubtful.job_sides import (
    after_the_article,
    is_copula,
    is_modified,
    joins,
    modified_from,
    owner_before,
)
from registry.privacy.doubtful.job_words import Rank, is_definite, rank_of
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece, in_table
from registry.privacy.words import jobs as words
from registry.privacy.words import known_by, roles
from registry.privacy.words.things import things

AHEAD = 5
"""Words between *only* and a role, at most."""


class Jobs:
    """Finds roles that one person holds."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        pieces, taken = text.pieces, -1
        language = language.partition("-")[0]
        for index, piece in enumerate(pieces):
            if index <= taken:
                continue
            span = arabic_jobs.span(pieces, index) if piece.is_arabic else _latin(pieces, index, language)
            if span is not None and not _is_played(pieces, *span):
                first, taken = span
                yield Finding(pieces[first].start, pieces[taken].end, Kind.JOB, certain=False)


def _is_played(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Whether a program plays the role: *the virtual clerk*."""
    beside = range(max(0, first - 1), last + 1)
    return any(in_table(pieces[at], words.MACHINES) for at in beside)


def _latin(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int] | None:
    piece = pieces[index]
    if piece.key in words.ONLY and (span := _only(pieces, index, language)):
        return span
    if piece.key in words.WHO:
        return job_kin.one_who(pieces, index, language) or _one_who(pieces, index)
    if piece.key in roles.COMPOUNDS and _next_is(pieces, index, roles.COMPOUNDS[piece.key]):
        return _compound(pieces, index, language)
    return job_kin.kin_of(pieces, index, language) or _ranked(pieces, index, language)


def _ranked(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int] | None:
    """A word by how many hold what it names, or after a name by what it is of."""
    piece = pieces[index]
    rank = rank_of(piece, language)
    if rank is Rank.SOMEBODY and _next_is(pieces, index, words.WHO) and piece.key in known_by.BODIES:
        return None  # told by what they do
    if rank is None:
        return _unknown_in_apposition(pieces, index, language)
    return _holder(pieces, index, rank, language)


def _compound(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int]:
    """A role of two words, with what stands between it and *the*: *the camp's psychosocial focal point*."""
    held = _holder(pieces, index + 1, Rank.HOLDER, language)
    first, last = held or (index, to_the_end(pieces, index + 1, language))
    return min(first, index), last


def _to_the_end_or_clause(pieces: Sequence[Piece], at: int, language: str) -> int:
    """*The first woman to run the port*."""
    if _next_is(pieces, at, words.THAT_DOES):
        return clause_end(pieces, at)
    return to_the_end(pieces, at, language)


def _next_is(pieces: Sequence[Piece], index: int, table: frozenset[str]) -> bool:
    return index + 1 < len(pieces) and pieces[index + 1].gap == " " and pieces[index + 1].key in table


def _only(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int] | None:
    """*The only Tigrinya interpreter in the county*; a role must follow soon."""
    first = index
    owned = index and pieces[index].gap == " "
    if owned and (pieces[index - 1].text.endswith("'s") or pieces[index - 1].key in words.OWNING):
        first = index - 1 - joins(pieces, index - 1)
    weak = pieces[index].key in words.FIRST_OR_LAST
    for at in range(index + 1, min(index + 1 + AHEAD, len(pieces))):
        if pieces[at].gap != " ":
            break
        if at == index + 1 and pieces[at].key in words.WHO and pieces[at].key != "qui" and not weak:
            return first, clause_end(pieces, at)
        if pieces[at].key in words.TIMES or pieces[at].key in words.EVERY_STOP:
            break
        rank = rank_of(pieces[at], language)
        if pieces[at].key in roles.NOBODY and pieces[at].key.startswith("person"):
            return None
        if rank is not None and not (weak and (rank is Rank.AGENT or pieces[at].key in roles.NOBODY)):
            return first, _to_the_end_or_clause(pieces, at, language)
    before = pieces[index - 1] if index else None
    if before is not None and pieces[index].gap == " " and rank_of(before, language) is Rank.HOLDER:
        return index - 1, to_the_end(pieces, index, language)  # mkunga pekee
    return None


def _holder(pieces: Sequence[Piece], index: int, rank: Rank, language: str) -> tuple[int, int] | None:
    """*The mayor*, *the night porter*, *…, secretary of the union*; never *a mayor*."""
    last = to_the_end(pieces, index, language)
    owner = owner_before(pieces, index)
    if owner is not None:
        told = _is_told_apart(pieces, (owner + 1, index, last), language) or is_modified(pieces, owner, index)
        return (owner, last) if told or rank is not Rank.SOMEBODY else None
    if pieces[index].text[:2].casefold() in ("l'", "d'"):
        return (index, last) if _is_one(pieces, (index, index, last), rank, language) else None
    first = after_the_article(pieces, index, language)
    if first is not None:
        if not is_definite(pieces[first - 1], language):
            return None
        one = _is_one(pieces, (first, index, last), rank, language)
        elided = pieces[first - 1].text[:2] in ("l'", "L'")  # l'ancien maire
        return (first - elided, last) if one else None
    return _without_article(pieces, (index, last), rank, language)


def _is_one(pieces: Sequence[Piece], span: tuple[int, int, int], rank: Rank, language: str) -> bool:
    """Whether the role after *the* is one that a single person holds."""
    first, index, last = span
    if rank.alone:
        return True
    if pieces[index].text.endswith(("'s", "s'")):
        known = pieces[index].key in roles.WORKERS or pieces[index].key in roles.ONE_HOLDS
        return known and kin_after(pieces, index) > index
    if rank is Rank.AGENT:
        return last > index
    return _is_told_apart(pieces, (first, index, last), language)


def _is_told_apart(pieces: Sequence[Piece], span: tuple[int, int, int], language: str) -> bool:
    """Whether a role that many have becomes one: *the night porter*, *el chofer de la ambulancia*."""
    first, index, last = span
    if last > index and complement_follows(pieces, index, language):
        return True
    if last > index and (first < index or index in (0, first)) and serves_follows(pieces, index, language):
        return True
    if last > index and pieces[index + 1].key in known_by.OFFICE:
        return True
    key, before = pieces[index].key, [pieces[at].key for at in range(first, index)]
    if key in roles.HOUSEHOLD and first and pieces[first - 1].key in words.OF_ONE:
        return True
    if key in roles.WORKERS or key in roles.ONE_HOLDS:
        return any(word not in words.PLAIN_ADJECTIVES for word in before)
    return any(word in words.BEFORE_ROLE for word in before)


def _without_article(
    pieces: Sequence[Piece], role: tuple[int, int], rank: Rank, language: str
) -> tuple[int, int] | None:
    """A role after a comma, a name or *is*: *Rehema Mbise, ward officer*, *es celadora del pabellón*."""
    index, last = role
    first = modified_from(pieces, index)
    comma, copula = "," in pieces[first].gap, is_copula(pieces, first)
    named = first > 0 and pieces[first - 1].capital
    starts = first == 0 or pieces[first].gap.strip(" ") not in ("", ",")
    complement = last > index and (
        complement_follows(pieces, index, language)
        or (copula and serves_follows(pieces, index, language))
        or (pieces[index + 1].key in known_by.OFFICE and (comma or copula))
    )
    span = (first if comma or starts or copula else index, last)
    if rank is Rank.HOLDER:
        return span if comma or named or copula or last > index else None
    if pieces[index].key in roles.ONE_HOLDS and complement:
        return span
    if rank is Rank.RARE and copula and language != "en":
        return span
    if rank is Rank.SOMEBODY and comma and named and _is_told_apart(pieces, (first, index, last), language):
        return span
    return span if complement and (comma or starts or copula) else None


def _unknown_in_apposition(pieces: Sequence[Piece], index: int, language: str) -> tuple[int, int] | None:
    """*Folake Leiataua, matai of the shore*: after a name and a comma, a word that is of something."""
    piece = pieces[index]
    if not index or pieces[index].gap != ", " or not piece.text.islower() or len(piece.key) <= 2:  # noqa: PLR2004 - shorter ones are no nouns
        return None
    before = pieces[index - 1]
    if not before.capital or before.key in things() or piece.key in words.NO_HEADS:
        return None
    if (language == "en" and piece.key.endswith("s")) or not complement_follows(pieces, index, language):
        return None
    if not is_of(pieces[index + 1], language):
        return None
    return index, to_the_end(pieces, index, language)


def _one_who(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The one who keeps the key of the well*, *celle qui sonne les cloches*, *the guy who runs …*."""
    before = pieces[index - 1] if index else None
    if before is None or pieces[index].gap != " " or index + 1 >= len(pieces):
        return None
    the = index > 1 and pieces[index - 2].key == "the"
    if before.key in known_by.BODIES and the:
        habit = pieces[index + 1].key.endswith("s") and pieces[index + 1].key not in words.BEING
        return (index - 1, clause_end(pieces, index + 1)) if habit else None
    if before.key not in words.ONE_WHO:
        return None
    if before.key in ("celle", "celui") or (before.key == "one" and the):
        return index - 1, clause_end(pieces, index)
    if pieces[index + 1].key in ("no", "se"):
        return None
    starts = index == 1 or pieces[index - 1].gap != " "
    told = index > 1 and pieces[index - 2].key in words.TELLING
    return (index - 1, clause_end(pieces, index)) if starts or told else None
