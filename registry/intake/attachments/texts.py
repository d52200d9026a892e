"""Text as evidence: letters, line ends and tabs. What hides or turns letters is written out. Pure.

The marks that turn the direction of writing are used to show one thing and mean another
(https://trojansource.codes); the invisible ones can carry words that nobody sees. Marks that Arabic, Persian
and Indic writing need (joiners, and the two that merely have a direction) stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import Final

_ANSI = re.compile(r"\x1b\[[0-9;:?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,1000}(?:\x07|\x1b\\)")
"""Colours and titles of terminals (ECMA-48)."""
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u0600-\u0605\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180e\u200b"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Whatever may be invisible. Not in it: joiners, U+200E, U+200F, U+061C and the soft hyphen."""
HIDDEN_MAX: Final = 100_000
"""Marks of these that a text may hold; more are no text."""
_LINE_ENDS: Final = frozenset("\u2028\u2029\x85\x0c\x0b")
_SHOWN: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f")
"""Signs of Arabic and Syriac numbers and verses, which only count as invisible."""
_EMOJI: Final = frozenset("\ufe0e\ufe0f")
"""Choose between two looks of the sign before them; one alone carries nothing."""
_PICTOGRAPHS = ("So", "Sm", "Sk", "Po", "Nd")


class NotText(ValueError):
    """Bytes that are no text in UTF-8."""


def plain(raw: bytes) -> str:
    """The text with line ends of one kind and nothing invisible; raises ``NotText``."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText from error
    if "\x00" in text:
        raise NotText
    text = _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if sum(1 for _ in islice(_HIDDEN.finditer(text), HIDDEN_MAX + 1)) > HIDDEN_MAX:
        raise NotText
    return _HIDDEN.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SHOWN:
        return character
    if character in _LINE_ENDS:
        return "\n"
    if character in _EMOJI and found.start() and _is_sign(found.string[found.start() - 1]):
        return character
    return f"[U+{ord(character):04X}]"


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in _PICTOGRAPHS
