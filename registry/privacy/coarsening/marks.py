"""Putting marks in place of names that an account no longer gives, wherever they stand in its texts. Pure.

A system that is not named under "system" and is named in the first sentence is named. Whatever of a
name overlaps another is taken out with it, so that hiding more never brings anything back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.privacy import remembering
from registry.privacy.folding import fold

SHORTEST = 3
"""Characters of a name from which it is looked for in texts; shorter ones stand in too many words."""
ELLIPSIS = "…"
_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins inside another, as in ``MediBot``."""
_PARTS = re.compile(r"\d+|[^\W\d_]+|[^\w\s-]+")
"""Words, numbers and signs of a name; blanks, hyphens and underscores between them are a matter of taste."""
_WITHOUT_CLEAR_EDGES = 0x0590
"""Scripts from here on join words, or put nothing between them (Hebrew, Arabic, Thai, Chinese …)."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A name to take out, and the mark that stands for it."""

    name: str
    mark: str
    large: bool = False
    """Whether it is taken out only where it begins with a capital letter: a word of a name, alone."""


def is_looked_for(name: str) -> bool:
    """Whether the name is long enough to be found in texts without harming other words."""
    return len("".join(fold(name).text.split())) >= SHORTEST


def stands_in(name: str, text: str) -> bool:
    """Whether the name stands in the text, however short it is."""
    return bool(fold(name).text.strip()) and _pattern(name).search(fold(text).text) is not None


def as_it_stands(name: str, text: str) -> tuple[str, ...]:
    """How the name is written wherever it stands in the text, plural and possessive with it."""
    folded = fold(text)
    spans = (folded.span(*match.span()) for match in _pattern(name).finditer(folded.text))
    return tuple(text[start:end] for start, end in spans)


def stands_in_link(name: str, link: str) -> bool:
    """Whether a web address holds the name, written together or with signs between its words."""
    return is_looked_for(name) and _bare(name) in _bare(link)


def marked(text: str, gone: Sequence[Gone], limit: int) -> str:
    """The text with marks in place of names; of a longer text than ``limit`` the marks are dots."""
    spans = _merged(_spans(text, gone))
    if not spans:
        return text
    written = _written(text, spans)
    if len(written) > limit:
        written = _written(text, dict.fromkeys(spans, ELLIPSIS))
    return written


Span = tuple[int, int]


def _spans(text: str, gone: Iterable[Gone]) -> Iterable[tuple[Span, str]]:
    folded = fold(text)
    for one in gone:
        if is_looked_for(one.name):
            for match in _pattern(one.name).finditer(folded.text):
                if not one.large or match[0][:1].isupper():
                    yield folded.span(match.start(), match.end()), one.mark


def _merged(found: Iterable[tuple[Span, str]]) -> dict[Span, str]:
    """Spans that overlap become one; the mark is that of the name which begins first, the longer of two."""
    merged: list[tuple[int, int, str]] = []
    for (start, end), mark in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
        if merged and start < merged[-1][1]:
            first, last, kept = merged[-1]
            merged[-1] = (first, max(last, end), kept)
        else:
            merged.append((start, end, mark))
    return {(start, end): mark for start, end, mark in merged}


def _written(text: str, spans: Mapping[Span, str]) -> str:
    parts, done = [], 0
    for (start, end), mark in spans.items():
        parts += [text[done:start], mark]
        done = end
    return "".join([*parts, text[done:]])


def _pattern(name: str) -> re.Pattern[str]:
    """What finds a name however it is joined: ``medibot3000``, ``MEDI-BOT 3000``, ``MediBot 3000s``."""
    remembering.forget_also(re.purge)  # ``re`` keeps what it compiled, and so the name
    parts = _PARTS.findall(_TOGETHER.sub(" ", fold(name).text.strip()))
    inner = r"[\s_-]*".join(map(_part, parts)) or r"\s+".join(map(re.escape, fold(name).text.split()))
    if any(ord(character) >= _WITHOUT_CLEAR_EDGES for character in name):
        return re.compile(inner, re.IGNORECASE)
    left = r"(?<![^\W_])" if parts and parts[0][:1].isalnum() else ""
    right = r"(?:'?s)?(?![^\W_])" if parts and parts[-1][-1:].isalnum() else ""
    return re.compile(f"{left}{inner}{right}", re.IGNORECASE)


def _part(part: str) -> str:
    """Letters of one part, which may be broken by a hyphen; numbers and signs are as they are."""
    return "-?".join(map(re.escape, part)) if part.isalpha() else re.escape(part)


def _bare(text: str) -> str:
    return "".join(character for character in fold(text).text.casefold() if character.isalnum())
