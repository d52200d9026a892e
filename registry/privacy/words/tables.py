"""Wide tables of words, written as text and read as sets of keys."""

from __future__ import annotations

from registry.privacy.reading import key_of


def table(*lines: str) -> frozenset[str]:
    """The words of these lines as keys (see ``reading.key_of``)."""
    return frozenset(key_of(word) for line in lines for word in line.split())
