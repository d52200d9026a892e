"""Titles that speak of the same: an organization's own drafts beside what one of its people types. Pure.

Few titles are compared, and they are short, so there is no index: two texts are alike when most of the
telling words of the shorter one stand in the other, stemmed, whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from registry.account import Account
from search.analysis import language_of, terms
from search.resembling import telling_words

LEAST_SHARED = 2
"""Words that must be the same."""
LEAST_SHARE = 0.6
"""Part of the telling words of a title."""


def alike(account: Account, titles: Iterable[tuple[str, str]], limit: int) -> list[str]:
    """Keys of (key, title) whose title resembles this account, the likeliest first."""
    said = _stems(account)
    scored: list[tuple[float, int, int, str]] = []
    for key, title in titles:
        own = _stems(Account(title=title, language=account.language))
        both = len(own & said)
        if own and both >= min(LEAST_SHARED, len(own)) and both / len(own) >= LEAST_SHARE:
            scored.append((-both / len(own), -both, len(scored), key))
    return [key for *_, key in sorted(scored)[:limit]]


def _stems(account: Account) -> frozenset[str]:
    language = language_of(account.language)
    words = (word for word, _ in telling_words(account).values())
    return frozenset(term for word in words for term in terms(word, language)[:1])
