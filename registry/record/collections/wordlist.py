"""A set of words written as running text, which is how people can read and extend it."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, separated by blanks or line breaks."""
    return frozenset(text.split())
