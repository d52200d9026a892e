"""Words of a text with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from registry.privacy.remembering import remembered

_WORD = re.compile(r"[^\W\d_]+(?:['ʼ-][^\W\d_]+)*")
_ADDRESS = re.compile(
    r"\b(?:https?|ftp)://\S{1,2000}|\bwww\.\S{1,2000}|(?<!\S)\S{1,100}@\S{1,200}|\[[A-Z-]{2,12}-\d{1,4}\]",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…:;\n\"“”«»¿¡()\[\]؟]")

_STRETCH = "\u0640"
"""The Arabic stroke that joins *to* or *with* to a foreign word or a name."""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class Word(NamedTuple):
    """A word; ``first`` when it begins a sentence, ``gap`` is what stands between it and the word before.

    ``lower`` is without case, and without a possessive ending.
    """

    text: str
    start: int
    end: int
    gap: str
    lower: str

    @property
    def first(self) -> bool:
        """Whether a sentence may begin here."""
        return (
            self.start == 0
            or bool(_ENDS.search(self.gap))
            or (self.gap.strip(" ") != "" and "," not in self.gap)
        )

    @property
    def capital(self) -> bool:
        """Whether it, or a part of it as in ``al-Haddad``, begins with a capital letter."""
        text = self.text
        if text[0].isupper() or text.isalpha():
            return text[0].isupper()
        return any(part[:1].isupper() for part in text.replace("'", "-").split("-"))

    @property
    def initial(self) -> bool:
        """A single capital letter, as in ``J. K.``, and not the end of a number (``BEN/00923-A``)."""
        return len(self.text) == 1 and self.capital and self.gap[-1:] not in ("/", "_") and not self.numbered

    @property
    def shouted(self) -> bool:
        """All in capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def numbered(self) -> bool:
        """Whether digits and a stroke stand right before it."""
        return self.gap[-1:] == "-" and self.gap[-2:-1].isalnum()


def starts(words: Sequence[Word], index: int) -> bool:
    """Whether a sentence starts here; the full stop of an initial ends none."""
    word = words[index]
    return word.first and not (index and words[index - 1].initial and word.gap in (". ", "."))


@remembered
def split(text: str) -> tuple[Word, ...]:
    """Every word, in order; the parts of web and e-mail addresses are none."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    last = 0
    for match in _WORD.finditer(_ADDRESS.sub(_blank, text)):
        start, end = match.span()
        gap = text[last:start]
        if (stretch := text.find(_STRETCH, start, min(end, start + 4))) >= 0:
            start = stretch + 1
        if start < end:
            word = text[start:end]
            yield Word(word, start, end, gap, word.casefold().removesuffix("'s"))
        last = end
