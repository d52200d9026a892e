"""Replace findings by placeholders such as ``[PHONE-1]``; within a report the same thing has the same one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import fold

MARK = re.compile(r"\[(" + "|".join(kind.name.replace("_", "-") for kind in Kind) + r")-(\d{1,4})\]")
"""A placeholder: name of the kind, number."""

PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(kind.name.replace('_', '-') for kind in Kind)})-\d{{1,4}}\]")
"""A placeholder in a text: nothing in it is looked at again."""


@dataclass
class Hidden:
    """What was hidden in one report: remembers which placeholder stands for what, over all its fields."""

    known: dict[tuple[Kind, str], str] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)

    def placeholder(self, kind: Kind, text: str) -> str:
        """The placeholder of this text; spelling, spaces and punctuation do not make another one."""
        key = (kind, _same(text))
        if key not in self.known:
            name = kind.name.replace("_", "-")
            self.taken[name] = self.taken.get(name, 0) + 1
            self.known[key] = f"[{name}-{self.taken[name]}]"
        return self.known[key]

    def heed(self, text: str) -> None:
        """Give out none of the numbers that marks in this text have already."""
        for name, number in MARK.findall(text):
            self.taken[name] = max(self.taken.get(name, 0), int(number))


def hide(text: str, findings: Iterable[Finding], hidden: Hidden) -> str:
    """The text with these findings replaced; they must not overlap."""
    parts, done = [], 0
    for found in sorted(findings, key=lambda one: one.start):
        parts += [text[done : found.start], hidden.placeholder(found.kind, text[found.start : found.end])]
        done = found.end
    return "".join([*parts, text[done:]])


def _same(text: str) -> str:
    folded = unicodedata.normalize("NFKC", fold(text).text).casefold()
    return "".join(character for character in folded if character.isalnum())
