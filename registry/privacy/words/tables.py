"""Wide tables of words, written as text and read as sets of keys."""

from __future__ import annotations

from registry.privacy.reading import key_of


def table(*lines: str) -> frozenset[str]:
    """The words of these lines as keys (see ``reading.key_of``)."""
    return frozenset(key_of(word) for line in lines for word in line.split())


def raw(*lines: str) -> frozenset[str]:
    """The words of these lines as they are written."""
    return frozenset(word for line in lines for word in line.split())


def ordered(*lines: str) -> tuple[str, ...]:
    """The words of these lines in their order."""
    return tuple(word for line in lines for word in line.split())
