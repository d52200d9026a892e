"""Words of a text with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Word:
    """A word; ``first`` when it begins a sentence, ``gap`` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def lower(self) -> str:
        """Without case, and without a possessive ending."""
        folded = self.text.casefold()
        return folded.removesuffix("'s")

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
        return self.text[0].isupper() or any(
            part[:1].isupper() for part in self.text.replace("'", "-").split("-")
        )

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


def split(text: str) -> Iterator[Word]:
    """Every word, in order; the parts of web and e-mail addresses are none."""
    last = 0
    for match in _WORD.finditer(_ADDRESS.sub(_blank, text)):
        start = (
            match.start() + match.group().find(_STRETCH) + 1
            if _STRETCH in match.group()[:4]
            else match.start()
        )
        if start < match.end():
            yield Word(text[start : match.end()], start, match.end(), text[last : match.start()])
        last = match.end()
