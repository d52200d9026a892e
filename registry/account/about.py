"""Whom an account is about. Pure."""

from __future__ import annotations

from registry.account.types import NARRATIVES, Account


def is_about(account: Account, organization: str) -> bool:
    """Whether the organization is named as developer, deployer or harmed party."""
    name = organization.strip().casefold()
    parties = account.entities
    named = (*parties.developers, *parties.deployers, *parties.harmed)
    return any(name == party.strip().casefold() for party in named)


def speaks_of(account: Account, words: str) -> bool:
    """Whether these words stand anywhere in what the public would read of the account."""
    wanted = _folded(words)
    parties = account.entities
    names = (*parties.developers, *parties.deployers, *parties.harmed, *parties.systems)
    told = (getattr(account.response, name) for name in NARRATIVES)
    texts = (account.title, account.text, *told, *names, *account.links)
    return bool(wanted) and any(wanted in _folded(text) for text in texts)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
