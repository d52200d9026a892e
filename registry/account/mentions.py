"""Which names stand in the free text of an account, where no field says whom it is about. Pure.

A guess that asks a person to look: a name that is a word, too ("Open Review"), counts only as names are
written, not in small letters, unless the whole text is in small letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from registry.account.about import folded
from registry.account.types import NARRATIVES, Account

LEAST: Final = 3
"""Letters that a name has to have: shorter ones stand in other words too often."""


def mentioned(account: Account, names: Collection[str]) -> tuple[str, ...]:
    """Those of these names that stand in the title, the text or the response, in order."""
    told = (getattr(account.response, name) for name in NARRATIVES)
    texts = [_plain(text) for text in (account.title, account.text, *told) if text]
    return tuple(sorted(name for name in set(names) if any(_stands(name, text) for text in texts)))


def _stands(name: str, text: str) -> bool:
    wanted = folded(name)
    if len(wanted) < LEAST:
        return False
    pattern, small = re.escape(wanted).replace(r"\ ", r"\s+"), text == text.lower()
    if not _has_case(wanted):  # scripts without capitals write names next to other letters
        return re.search(pattern, text.casefold()) is not None
    found = re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    return any(small or one.group() != one.group().lower() for one in found)


def _has_case(text: str) -> bool:
    return text.upper() != text.lower()


def _plain(text: str) -> str:
    """The text as names are compared, but for its capitals."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
