"""Bytes of a log that are not what they should be."""

from __future__ import annotations

from typing import Final

from registry.errors import CommonsError

EXCERPT: Final = 80
"""Characters of a stranger's text that a sentence repeats at most."""


class Refused(CommonsError):
    """A part of a log that cannot be believed.

    ``reason`` is a short stable code for programs, the text one sentence for people.
    """

    message = "This part of the log cannot be believed."

    def __init__(self, reason: str, message: str, **facts: object) -> None:
        self.reason = reason
        super().__init__(message, **{name: _short(fact) for name, fact in facts.items()})


def _short(fact: object) -> object:
    return fact[:EXCERPT] if isinstance(fact, str) else fact
