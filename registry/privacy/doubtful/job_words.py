"""Whether a word of a language in Latin script is a role, and how many hold it."""

from __future__ import annotations

from enum import Enum

from registry.privacy.reading import Piece
from registry.privacy.remembering import remembered
from registry.privacy.words import jobs as words
from registry.privacy.words import roles
from registry.privacy.words.agents import ENDINGS, NOT_PEOPLE
from registry.privacy.words.ordinary import DICTIONARIES, used

RARE, FAMILIAR = 1.5, 12.0
"""Uses in a million of a word for somebody who does something: hardly anybody's work, or many people's."""
SHORTEST = 6


class Rank(Enum):
    """How many people of a place hold a role."""

    HOLDER = 1  # mostly one
    RARE = 2  # one, as far as its ending and its rarity tell
    SOMEBODY = 3  # many, until something tells one apart
    AGENT = 4  # its ending says somebody, nothing more

    @property
    def alone(self) -> bool:
        """Whether *the* is enough to make it one person."""
        return self in (Rank.HOLDER, Rank.RARE)


def rank_of(piece: Piece, language: str) -> Rank | None:
    """The rank of a word; None when it is no role."""
    if piece.key in roles.PEOPLE:
        return Rank.SOMEBODY
    key = piece.key.removeprefix("ex-").removeprefix("vice-").removeprefix("sub-")
    if key in roles.OTHER_SENSE.get(language, ()):
        return None
    if any(one in roles.ONE_HOLDS or _masculine(one) in roles.ONE_HOLDS for one in (key, *_outer_parts(key))):
        return Rank.HOLDER
    small = piece.text.islower() or piece.text[:2] in ("l'", "L'", "d'")
    return _agent(piece.key, language) if small else None


def _outer_parts(key: str) -> tuple[str, ...]:
    """The first and the last part of a role of two: ``surveillant-chef``, ``dam-keeper``."""
    parts = key.split("-")
    return (parts[0], parts[-1]) if len(parts) > 1 else ()


def _masculine(key: str) -> str:
    """The other form of a role in *-a*: ``obispa``, ``obispo``."""
    return key[:-1] + "o" if key.endswith("a") else key


@remembered
def _agent(key: str, language: str) -> Rank | None:
    """Words that end as words for those who do something."""
    endings = ENDINGS.get(language, ENDINGS["en"] if language not in DICTIONARIES else ())
    if len(key) < SHORTEST or not key.endswith(endings) or key in NOT_PEOPLE or not key.isalpha():
        return None
    if key in used(language, FAMILIAR):
        return None
    return Rank.AGENT if key in used(language, RARE) else Rank.RARE


def is_definite(piece: Piece, language: str) -> bool:
    """Whether the word is *the* or *his*; ``a`` is one in Portuguese only."""
    if piece.text[:2] in ("l'", "L'"):
        return True
    return piece.key in words.DEFINITE and (piece.key != "a" or language == "pt")


def is_indefinite(piece: Piece, language: str) -> bool:
    """Whether the word is *a* or *every*; ``a`` is one in English only."""
    return piece.key in words.INDEFINITE and (piece.key != "a" or language in ("en", "mix"))
