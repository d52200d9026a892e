"""From text to words, and from a word to its plain form: case, accents and Arabic variants folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 40
"""Letters of a word that count; what is longer is not a word that anyone looks for."""
_ARABIC_VARIANTS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ؤ": "و", "ئ": "ي"}
)
# Letters and digits with the marks that may stand on or in them (accents typed apart, Arabic vowels).
WORD = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+")


def find_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and letters of every word of a text, in order. Apostrophes and hyphens part words."""
    for match in WORD.finditer(plain_links(text)):
        yield match.start(), match.end(), match.group()


def plain_links(text: str) -> str:
    """The text with underscores blanked, so that they part words; its length stays the same."""
    return text.replace("_", " ")


def fold(word: str) -> str:
    """The plain form of a word: lower case, no accents, like Arabic letters alike, at most 40 letters.

    Not cached: what people type goes through it, and that is not kept.
    """
    cut = word[:LONGEST]
    if cut.isascii():
        return cut.lower()
    apart = unicodedata.normalize("NFKD", cut.casefold().translate(_ARABIC_VARIANTS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.translate(_ARABIC_VARIANTS)[:LONGEST]
