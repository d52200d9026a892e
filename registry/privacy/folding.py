"""See through what hides text from a pattern: invisible characters, wide forms, digits of other scripts.

``fold`` gives a text in which every pattern may look for plain characters, with the way back to the
positions in the original (Unicode TR 39, section 4 has the tricks; user input has most of them by
accident: copied from chats, PDF files and right-to-left keyboards).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from registry.privacy.reading import Piece, pieces
from registry.privacy.remembering import remembered

_SPACES = frozenset(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
_STOPS = frozenset("\u3002\uff0e\uff61\ufe52\u2024")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of Hangul that nobody sees."""
_DOTS = frozenset("\u00b7\u2022\u2219\u30fb\u22c5")
"""Dots of middle height: between digits they separate as a full stop does."""
_BLANKS = str.maketrans("\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85", " " * 9)
_BREAKS = frozenset("\u2028\u2029")
_QUOTES = frozenset("\u2018\u2019\u02bc\u02bb\uff07")


_ESCAPED = re.compile(r"&(?:amp;)?(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z]{2,8};)")
"""Signs as HTML writes them: ``&#64;``, ``&commat;``, ``&amp;#64;``."""
_PLAIN = re.compile(r"[ !-%'-~\n]+")
"""What stays as it is."""


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

    @cached_property
    def lower(self) -> str:
        """The text without case."""
        return self.text.lower()

    def says(self, words: Iterable[str]) -> bool:
        """Whether one of these, in small letters, stands anywhere in it, in a word or alone."""
        return any(word in self.lower for word in words)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that these folded characters stand for, with what nobody sees after it."""
        if self.at is None:
            return start, end
        after = self.at[end] if end < len(self.at) else len(self.original)
        return self.at[start], after


def fold(text: str) -> Folded:
    """The text with invisible characters left out, look-alike forms made plain and HTML signs written out."""
    escaped = {match.start(): match for match in _ESCAPED.finditer(text)} if "&" in text else {}
    if text.isascii() and not escaped:
        return Folded(text.translate(_BLANKS), text, None)
    out: list[str] = []
    at: list[int] = []
    after = 0  # the next character
    while (index := after) < len(text):
        if run := _PLAIN.match(text, index):
            after = run.end()
            out.extend(run.group())
            at.extend(range(index, after))
            continue
        written = character = text[index]
        after = index + 1
        if (sign := escaped.get(index)) and (character := _unescaped(sign.group())) != written:
            after = sign.end()
        plain = "°" if character == "º" and not (out and _is_ordinal_after(out[-1])) else _plain(character)
        if not plain:
            continue
        if out and not plain.isascii() and (plain in _DOTS or unicodedata.combining(plain)):
            joined = _joined(out[-1], plain)
            if joined is not None:
                out[-1] = joined
                continue
            plain = "." if plain in _DOTS and out[-1].isdecimal() else plain
        out.append(plain)
        at.append(index)
    return Folded("".join(out), text, tuple(at))


def _is_ordinal_after(before: str) -> bool:
    """Whether a raised o is a letter there: *Nº 4*, *4.º*; after a digit or a mark it is a degree."""
    return before == "." or before.isalpha()


@remembered
def _unescaped(sign: str) -> str:
    """The one character that a sign of HTML stands for, escaped once or twice; its ``&`` for none."""
    character = html.unescape(html.unescape(sign))
    return character if len(character) == 1 else "&"


def _joined(before: str, mark: str) -> str | None:
    """The letter with its accent as one character, or without what fits no letter; None for no accent."""
    if mark in _DOTS:
        return None
    whole = unicodedata.normalize("NFC", before + mark)
    return whole if len(whole) == 1 else before


@remembered
def _plain(character: str) -> str:  # noqa: PLR0911 - one kind of character after the other
    """One character for one character, or '' for what nobody sees."""
    if character.isascii():
        return character.translate(_BLANKS)
    if character in _STOPS:
        return "."
    if character in _BREAKS:
        return "\n"
    if character in _SPACES:
        return " "
    if character in _DASHES:
        return "-"
    if character in _QUOTES:
        return "'"
    if character in _FILLERS or unicodedata.category(character) == "Me":
        return ""
    if unicodedata.category(character) in ("Cf", "Mn") and unicodedata.combining(character) not in range(
        200, 241
    ):
        return ""  # zero width, direction marks, soft hyphens, Arabic vowel signs
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 else character
