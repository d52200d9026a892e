"""Whom an account is about. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from registry.account.types import NARRATIVES, Account

_PARTIES: Final = ("developers", "deployers", "harmed")


def is_about(account: Account, organization: str) -> bool:
    """Whether the organization is named as developer, deployer or harmed party."""
    return is_about_any(account, [folded(organization)])


def is_about_any(account: Account, names: Collection[str]) -> bool:
    """The same for any of these names, which are written without case and runs of blanks."""
    return not parties(account).isdisjoint(names)


def parties(account: Account) -> frozenset[str]:
    """The folded names of all who are named as developer, deployer or harmed party."""
    return frozenset(folded(name) for part in _PARTIES for name in getattr(account.entities, part))


def named_in(raw: Mapping[str, Any]) -> frozenset[str]:
    """The same for an account as JSON."""
    named = raw.get("entities") or {}
    return frozenset(folded(name) for part in _PARTIES for name in named.get(part) or ())


def speaks_of(account: Account, words: str) -> bool:
    """Whether these words stand anywhere in what the public would read of the account."""
    return speaks_of_any(account, [words])


def speaks_of_any(account: Account, names: Iterable[str]) -> bool:
    """The same for any of these names; each text is looked at once."""
    wanted = [name for name in map(folded, names) if name]
    parties = account.entities
    called = (*parties.developers, *parties.deployers, *parties.harmed, *parties.systems)
    told = (getattr(account.response, name) for name in NARRATIVES)
    texts = (account.title, account.text, *told, *called, *account.links)
    return any(name in text for text in map(folded, texts) for name in wanted)


def folded(text: str) -> str:
    """How names and words are compared: as they are read, without case, runs of blanks and marks at the end.

    Forms of one letter are one (NFKC), and what nobody sees is left out: direction marks, zero width.
    """
    if text.isascii():  # the same, much sooner: ASCII has one form of each letter, and none that nobody sees
        return " ".join(text.split()).lower().rstrip(" .,;:")
    plain = unicodedata.normalize("NFKC", text)
    unseen = {ord(letter): None for letter in set(plain) if unicodedata.category(letter) == "Cf"}
    seen = plain.translate(unseen) if unseen else plain
    return unicodedata.normalize("NFKC", " ".join(seen.split()).casefold()).rstrip(" .,;:")
