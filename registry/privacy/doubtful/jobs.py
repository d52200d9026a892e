"""Roles that only one person holds: the only midwife of an island, the headmaster, the mayor of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece, in_table
from registry.privacy.words import jobs as words

BEFORE, AHEAD, OF = 4, 5, 3
"""Words before a role, words between *only* and a role, words after *of*, at most."""
LONGEST = 9
CLAUSE = 7


class Jobs:
    """Finds roles that one person holds."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        pieces, taken = text.pieces, -1
        for index, piece in enumerate(pieces):
            if index <= taken:
                continue
            span = _arabic(pieces, index) if piece.is_arabic else _latin(pieces, index)
            if span is not None:
                first, taken = span
                yield Finding(pieces[first].start, pieces[taken].end, Kind.JOB, certain=False)


def _latin(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    piece = pieces[index]
    if piece.key in words.ONLY:
        return _only(pieces, index)
    if piece.key in words.WHO:
        return _one_who(pieces, index)
    if _holds(piece) or piece.key in words.PEOPLE:
        return _holder(pieces, index)
    return None


def _holds(piece: Piece) -> bool:
    return (
        piece.key in words.ONE_HOLDS or piece.key.removeprefix("ex-").removeprefix("vice-") in words.ONE_HOLDS
    )


def _only(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The only Tigrinya interpreter in the county*; a role must follow soon."""
    first = index
    if (
        index
        and pieces[index].gap == " "
        and (pieces[index - 1].text.endswith("'s") or pieces[index - 1].key in ("its", "their"))
    ):
        first = index - 1
    for at in range(index + 1, min(index + 1 + AHEAD, len(pieces))):
        if pieces[at].gap != " " or pieces[at].key in words.TIMES:
            break
        if at == index + 1 and pieces[at].key in words.WHO and pieces[at].key != "qui":
            return first, _clause_end(pieces, at)
        if _holds(pieces[at]) or pieces[at].key in words.PEOPLE or _is_agent(pieces[at]):
            return first, _to_the_end(pieces, at)
    before = pieces[index - 1] if index else None
    if before is not None and pieces[index].gap == " " and _holds(before):  # mkunga pekee
        return index - 1, _to_the_end(pieces, index)
    return None


def _holder(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The mayor*, *the night porter*, *…, secretary of the union*; never *a mayor*."""
    first = index
    while (
        first and index - first < BEFORE and pieces[first].gap == " " and not _is_article(pieces[first - 1])
    ):
        first -= 1
    last = _to_the_end(pieces, index)
    many = pieces[index].key in words.PEOPLE
    if (
        first
        and pieces[first].gap == " "
        and _is_article(pieces[first - 1])
        and not _too_far(pieces, first, index)
    ):
        if pieces[first - 1].key in words.INDEFINITE:
            return None
        if pieces[index].text.endswith(("'s", "s'")) and many:
            return None
        return (first, last) if not many or _is_told_apart(pieces, first, index, last) else None
    if pieces[index].text.startswith(("l'", "L'", "d'")) and not many:
        return index, last
    return _in_apposition(pieces, index, last) if not many or last > index + 1 else None


def _is_told_apart(pieces: Sequence[Piece], first: int, index: int, last: int) -> bool:
    """Whether a role that many have becomes one: *the night porter*, *el chofer de la ambulancia*."""
    if pieces[index].key in words.ONE_HOLDS and (last > index or first < index):
        return True
    of = last > index and (pieces[index + 1].key in words.OF or pieces[index + 1].text[:2] == "d'")
    return of or any(pieces[at].key in words.BEFORE_ROLE for at in range(first, index))


def _is_article(piece: Piece) -> bool:
    return piece.key in words.DEFINITE or piece.key in words.INDEFINITE


def _too_far(pieces: Sequence[Piece], first: int, index: int) -> bool:
    """Whether words stand between the article and the role that belong to something else."""
    return index - first > BEFORE - 1 or any(pieces[at].key in words.LINKS for at in range(first, index))


def _in_apposition(pieces: Sequence[Piece], index: int, last: int) -> tuple[int, int] | None:
    """A role after a comma, a name or *is*, without an article: *Rehema Mbise, ward officer*."""
    first = index
    while first and index - first < BEFORE and pieces[first].gap == " " and not pieces[first - 1].capital:
        first -= 1
    marked = "," in pieces[first].gap or (first > 0 and pieces[first - 1].capital) or last > index
    return (first if "," in pieces[first].gap else index, last) if marked else None


def _one_who(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """*The one who keeps the key of the well*, *celle qui sonne les cloches*."""
    before = pieces[index - 1] if index else None
    if before is None or before.key not in words.ONE_WHO or pieces[index].gap != " ":
        return None
    starts = index == 1 or pieces[index - 1].gap != " " or before.key in ("one", "celle", "celui")
    return (
        (index, _clause_end(pieces, index)) if starts or pieces[index - 2].key in ("y", "and", "et") else None
    )


def _to_the_end(pieces: Sequence[Piece], index: int) -> int:
    """The last piece of what the role is of: *of the mothers' club*, *escolar*."""
    last = index
    while last < index + OF and _is_adjective(pieces, last + 1):
        last += 1
    left, start = 0, last
    while last + 1 < len(pieces) and last - start < LONGEST and pieces[last + 1].gap in (" ", "' "):
        following = pieces[last + 1]
        if following.key in words.LINKS or following.text[:2] in ("d'", "l'"):
            left = OF
        elif left:
            left -= 1
        else:
            break
        last += 1
    while last > index and pieces[last].key in words.LINKS and pieces[last].text[:2] not in ("d'", "l'"):
        last -= 1
    return last


def _is_adjective(pieces: Sequence[Piece], at: int) -> bool:
    """Whether this word goes with the role before it: by its ending, as initials, or as the last one."""
    if (
        at >= len(pieces)
        or pieces[at].gap != " "
        or pieces[at].key in words.LINKS
        or not pieces[at].key.isalpha()
    ):
        return False
    word = pieces[at]
    if word.text.isupper() or word.key.endswith(words.ADJECTIVE_ENDINGS):
        return True
    return word.text.islower() and (
        at + 1 == len(pieces) or pieces[at + 1].gap != " " or pieces[at + 1].key in words.LINKS
    )


def _clause_end(pieces: Sequence[Piece], index: int) -> int:
    last = index
    while last + 1 < len(pieces) and last - index < CLAUSE and pieces[last + 1].gap == " ":
        last += 1
    return last


def _is_agent(piece: Piece) -> bool:
    """Whether the word ends as words for those who do something."""
    return len(piece.key) > 5 and piece.text.islower() and piece.key.endswith(words.AGENT_ENDINGS)  # noqa: PLR2004 - as long as a word with such an ending


def _arabic(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    piece = pieces[index]
    if in_table(piece, words.ONLY_ARABIC) and index and pieces[index].gap == " ":
        first = max(0, index - 1)
        return None if in_table(pieces[first], words.TIMES) else (first, _phrase(pieces, index))
    if in_table(piece, words.FIRST_ARABIC) and index + 1 < len(pieces) and pieces[index + 1].gap == " ":
        return None if in_table(pieces[index + 1], words.TIMES) else (index, _run(pieces, index, CLAUSE - 2))
    if piece.key in words.ONE_WHO_ARABIC and index and pieces[index - 1].key in ("هي", "هو", "وهو", "وهي"):
        return index, _run(pieces, index, CLAUSE // 2)
    many = in_table(piece, words.PEOPLE)
    if (many or in_table(piece, words.ONE_HOLDS)) and not (
        index and pieces[index - 1].key in words.INDEFINITE
    ):
        last = _phrase(pieces, index)
        definite = piece.key.startswith(("ال", "وال"))
        return (index, last) if last > index or (definite and not many) else None
    return None


def _phrase(pieces: Sequence[Piece], index: int) -> int:
    """The last word of *head of … of the …*: up to one with *the*, more such words, and *in* a place."""
    last = index
    for at in range(index + 1, min(index + 4, _run(pieces, index, 3) + 1)):
        if pieces[at].key.startswith("ال"):
            last = at
            break
    while (
        last + 1 < len(pieces)
        and pieces[last + 1].gap == " "
        and pieces[last + 1].key.startswith("ال")
        and last - index < CLAUSE
    ):
        last += 1
    if (
        last > index
        and last + 2 < len(pieces)
        and pieces[last + 1].key == "في"
        and pieces[last + 2].gap == " "
    ):
        last += 2
    return last


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
