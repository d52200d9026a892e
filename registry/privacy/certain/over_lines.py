"""Numbers that a narrow screen, a letter or a trick breaks over lines: to call, of an account, of a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.certain.checked_ids import accounts_and_cards
from registry.privacy.certain.phones import CALL_WINDOW, LEAST, MOST, rating, said
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_BROKEN = re.compile(
    r"(?<![\w.,+/-])(?<!\d )\(?\+?\d[\d ().-]{0,15}(?:\n\n? {0,2}\d[\d ().-]{0,15}){1,4}(?![\w])(?![,:]\d)"
)
_BREAK = re.compile(r"-? {0,4}\n[\n ]{0,6}")
_DIGITS = re.compile(r"\d")
_BEGINS = re.compile(r"\(?(?:\+|0)")
_GROUPS = re.compile(r"\d[ .-]\d")
_ACCOUNT = re.compile(r"[A-Z3-6]", re.IGNORECASE)
"""How accounts and cards begin; years and counts in a column begin with other digits more often."""
WHOLE = 10
"""Digits of a first line that is a number by itself."""


class OverLines:
    """Finds numbers to call, of accounts and of cards that go on in the next line."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Certain findings."""
        if "\n" not in text.text or not text.has_digit:
            return
        for match in _BROKEN.finditer(text.text):
            end = _end(match.group(), text.text[max(0, match.start() - CALL_WINDOW) : match.start()])
            if end:
                yield Finding(match.start(), match.start() + end, Kind.PHONE, certain=True)
        for found in accounts_and_cards(text.text.replace("\n", " ")):
            if _ACCOUNT.match(text.text, found.start) and text.text.count("\n", found.start, found.end) == 1:
                yield found


def _end(run: str, before: str) -> int:
    """Where the number to call ends, on its second line or a later one; 0 for none."""
    breaks = [match.span() for match in _BREAK.finditer(run.rstrip(" ().-"))]
    ends = [*(start for start, _ in breaks), len(run.rstrip(" ().-"))]
    lines = [
        run[start:end].strip() for start, end in zip([0, *(end for _, end in breaks)], ends, strict=True)
    ]
    for count in range(len(lines), 1, -1):
        if _is_one(lines[:count], " ".join(lines[:count]), before):
            return ends[count - 1]
    return 0


def _is_one(lines: list[str], number: str, before: str) -> bool:
    """Whether these lines are one number, and no list of numbers: it begins as one, or a word says so."""
    first, *rest = lines
    if not LEAST + 1 <= len(_DIGITS.findall(number)) <= MOST or len(_DIGITS.findall(first)) >= WHOLE:
        return False
    if sum(line.startswith("0") for line in rest) > 1:
        return False
    begins = _BEGINS.match(number) or (said(before) is True and _GROUPS.search(first))
    return bool(begins) and rating(number, before) is True
