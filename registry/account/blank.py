"""Whether a text shows anything at all. Pure."""

from __future__ import annotations

import unicodedata
from typing import Final

_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Fillers of Hangul and the empty pattern of Braille: letters by their category, and nothing to see."""
_SHOWN: Final = frozenset("LNPS")
"""Categories of letters, numbers, punctuation and signs; what is left are blanks, marks and controls."""


def is_blank(text: str) -> bool:
    """Whether nobody would see a letter, a number or a sign in it: zero width, directions, lone accents."""
    return not any(unicodedata.category(sign)[0] in _SHOWN and sign not in _BLANK_LETTERS for sign in text)
