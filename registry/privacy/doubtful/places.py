"""Small places: a village, a camp, a quarter names its people when the story is told with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece
from registry.privacy.words.arabic_people import FUNCTION_WORDS
from registry.privacy.words.ordinary import spelling, used
from registry.privacy.words.places import (
    AFTER_ONLY,
    ARABIC_HOUSES,
    ARABIC_NATURE,
    ARABIC_PLACES,
    ARABIC_SIDES,
    BEFORE_NAME,
    GENERIC,
    NO_PLACE,
    PLACES,
)
from registry.privacy.words.things import things

LONGEST = 5
"""Words of a name, at most."""
EVERYDAY = 150.0
"""Uses in a million of an Arabic word that is the name of no small place."""

_LETTER = r"[\u0621-\u064a]"
_ARABIC = re.compile(
    rf"""(?<!{_LETTER}) (?:[وفبل]|وب|ول)?+ (?:{"|".join(ARABIC_PLACES)})
        (?:\ (?:ال)?(?:صغيرة|نازحين|لاجئين))? \ (?P<name>
        {_LETTER}{{2,20}} (?:\ (?:ال{_LETTER}{{2,18}} | {_LETTER}{{2,12}}(?=[\ ،.])) ){{0,2}} )""",
    re.VERBOSE,
)
_NATURE = re.compile(
    rf"""(?<!{_LETTER}) [وبلف]?
    (?P<name> (?:{"|".join(ARABIC_NATURE)}) \ {_LETTER}{{2,15}} (?:\ ال{_LETTER}{{2,15}})? )
    (?!{_LETTER})""",
    re.VERBOSE,
)
_SIDE = re.compile(
    rf"""(?<!{_LETTER}) (?P<name> {_LETTER}{{3,15}} (?:\ {_LETTER}{{3,15}})?
    \ (?:{"|".join(ARABIC_SIDES)}) (?:\ \d{{1,2}})? )
    (?!\w)""",
    re.VERBOSE,
)
_HOUSES = re.compile(rf"(?:{'|'.join(ARABIC_HOUSES)}) (?P<name>{_LETTER}{{2,15}}(?: {_LETTER}{{3,15}})?)")


class Places:
    """Finds small places."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        pieces = text.pieces
        for index, piece in enumerate(pieces):
            if piece.key in PLACES:
                yield from _named_after(pieces, index)
                if piece.key in AFTER_ONLY:
                    yield from _named_before(pieces, index)
        yield from _arabic(text.text)


def _arabic(text: str) -> Iterator[Finding]:
    """Places named after what they are, after what is there, after a side of the sky, after a house."""
    for pattern, named in ((_ARABIC, True), (_NATURE, False), (_SIDE, True), (_HOUSES, True)):
        for match in pattern.finditer(text):
            start, name = match.start("name"), match["name"]
            first, _, rest = name.partition(" ")
            if named and rest and pattern is _SIDE and not _is_name(first):
                start, first = start + len(first) + 1, rest.partition(" ")[0]
            if _is_name(first if named else rest.partition(" ")[0]):
                yield Finding(start, match.end("name"), Kind.PLACE, certain=False)


def _is_name(word: str) -> bool:
    """Whether what follows a word for a place may be its name and not *which* or *behind*."""
    if word in FUNCTION_WORDS or word in NO_PLACE:
        return False
    return word.startswith("ال") or word in ARABIC_NATURE or spelling(word) not in used("ar", EVERYDAY)


def _named_after(pieces: Sequence[Piece], index: int) -> Iterator[Finding]:
    """*Vereda de La Esperanza*: capitals after the word, particles between them."""
    last, at = index, index + 1
    while at < len(pieces) and at - index <= LONGEST and pieces[at].gap == " ":
        if pieces[at].capital:
            last = at
        elif pieces[at].key not in BEFORE_NAME:
            break
        at += 1
    if last > index:
        first = next(at for at in range(index + 1, last + 1) if pieces[at].capital)
        yield Finding(pieces[first].start, pieces[last].end, Kind.PLACE, certain=False)


def _named_before(pieces: Sequence[Piece], index: int) -> Iterator[Finding]:
    """*Kolwenyi village*."""
    first = index
    while first and index - first < LONGEST and pieces[first].gap == " " and pieces[first - 1].capital:
        if pieces[first - 1].key in GENERIC:
            break
        first -= 1
    if first < index and not all(pieces[at].key in things() for at in range(first, index)):
        yield Finding(pieces[first].start, pieces[index - 1].end, Kind.PLACE, certain=False)
