"""See through what hides text from a pattern: invisible characters, wide forms, digits of other scripts.

``fold`` gives a text in which every pattern may look for plain characters, with the way back to the
positions in the original (Unicode TR 39, section 4 has the tricks; user input has most of them by
accident: copied from chats, PDF files and right-to-left keyboards).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from registry.privacy.reading import Piece, pieces

_SPACES = frozenset(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
_QUOTES = frozenset("\u2018\u2019\u02bc\u02bb\uff07")


@dataclass(frozen=True)
class Folded:
    """A folded text; ``at[i]`` is where its character ``i`` stands in ``original``."""

    text: str
    original: str
    at: tuple[int, ...] | None  # None: both are the same

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words and numbers, read once for every detector."""
        return pieces(self.text)

    @cached_property
    def has_digit(self) -> bool:
        """Whether there is a digit at all; most kinds need one."""
        return any(map(str.isdigit, self.text))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that these folded characters stand for."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """The text with invisible characters left out and look-alike forms made plain."""
    if text.isascii():
        return Folded(text, text, None)
    out: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        plain = _plain(character)
        if plain:
            out.append(plain)
            at.append(index)
    return Folded("".join(out), text, tuple(at))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:  # noqa: PLR0911 - one kind of character after the other
    """One character for one character, or '' for what nobody sees."""
    if character.isascii():
        return character
    if character in _SPACES:
        return " "
    if character in _DASHES:
        return "-"
    if character in _QUOTES:
        return "'"
    if unicodedata.category(character) in ("Cf", "Mn") and unicodedata.combining(character) not in range(
        200, 241
    ):
        return ""  # zero width, direction marks, soft hyphens, Arabic vowel signs
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 else character
