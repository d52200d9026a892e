"""Pieces of a text, read once for every detector that looks words up in tables."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from registry.privacy.remembering import remembered

_PIECE = re.compile(r"(?:[^\s,;:()\[\]{}<>\"“”«»!?¿¡،؛؟…|]|(?<=\d)[,:](?=\d))+")
_ELISION = re.compile(r"(?:[dlnsmtj]|qu)'(?=\w{2})")
_DIGIT = re.compile(r"\d")
_EDGES = "'`*_.‘’-–"
ARABIC = re.compile(r"[\u0620-\u06d3]")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
CLITICS = ("وال", "بال", "فال", "ال", "لل", "و", "ب", "ل", "ف")


class Piece(NamedTuple):
    """A run without spaces and marks; ``gap`` stands before it, ``key`` is how tables spell it.

    Keys are lower case, without accents, without full stops, without *l'* and *d'*; ``has_digit`` tells of
    a digit anywhere in it, ``is_arabic`` of a first letter in Arabic script.
    """

    text: str
    start: int
    end: int
    gap: str
    key: str
    has_digit: bool
    is_arabic: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, article or not."""
        return self.text[:1].isupper() or ("'" in self.text[:3] and self.text.partition("'")[2][:1].isupper())

    @property
    def is_value(self) -> bool:
        """Something that numbers a house or a room: ``12b``, ``C``, ``IV``, ``F-14``."""
        return self.has_digit or len(self.key) == 1 or (self.text.isupper() and is_roman(self.key))


def pieces(text: str) -> tuple[Piece, ...]:
    """Every piece of a text, in order."""
    found, last = [], 0
    for match in _PIECE.finditer(text):
        run = match.group()
        start, end = match.span()
        run = run.rstrip("'.")
        if not run:
            continue
        end = start + len(run)
        plain = run.isascii()
        letters = run.isalpha()
        key = run.lower() if plain and letters else key_of(run)
        digit = not letters and _DIGIT.search(run) is not None
        arabic = not plain and ARABIC.match(run) is not None
        found.append(Piece(run, start, end, text[last:start], key, digit, arabic))
        last = end
    return tuple(found)


@remembered
def key_of(run: str) -> str:
    """How tables spell a word."""
    plain = run.casefold().strip(_EDGES).replace(".", "").removesuffix("'s")
    if elided := _ELISION.match(plain):
        plain = plain[elided.end() :]
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_roman(key: str) -> bool:
    """Whether a key is a Roman number up to 39."""
    return _ROMAN.fullmatch(key) is not None


def in_table(piece: Piece, table: frozenset[str] | dict[str, str]) -> bool:
    """Whether the table has the word, for Arabic also without *the*, *and*, *in*."""
    if piece.key in table:
        return True
    return piece.is_arabic and any(form in table for form in without_clitics(piece.key))


@remembered
def without_clitics(key: str) -> tuple[str, ...]:
    """What is left of an Arabic word without each of *the*, *and*, *in* that it begins with."""
    return tuple(key[len(clitic) :] for clitic in CLITICS if key.startswith(clitic))
