"""Models for personal details as an operator might bring them, good and bad: fakes at the port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from threading import Event
from typing import Any

from registry.privacy import Span

CODE = "bluebird"
"""A code name that no rule of ours finds."""


class Codenames:
    """Finds a code name, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, text: str, language: str) -> Iterable[Span]:
        self.asked += 1
        at = text.find(CODE)
        if at >= 0 and language == "en":
            yield Span(at, at + len(CODE), "person", certain=True)


class Raising:
    """Raises an error whose words are the text."""

    def __init__(self, error: type[BaseException] = RuntimeError) -> None:
        self._error = error

    def __call__(self, text: str, _language: str) -> Iterable[Span]:
        raise self._error(text)


class Hanging:
    """Gives its answer only when it is let go."""

    def __init__(self) -> None:
        self.go, self.asked = Event(), 0

    def __call__(self, text: str, _language: str) -> Iterable[Span]:
        self.asked += 1
        self.go.wait(60)
        return [Span(0, len(text), "person")]


class Endless:
    """Never stops answering."""

    def __call__(self, _text: str, _language: str) -> Iterator[Span]:
        for _ in count():
            yield Span(0, 1, "person")


class Babbling:
    """Answers with what is no finding, and one that is."""

    def __call__(self, text: str, _language: str) -> Iterable[Any]:
        at = text.find(CODE)
        return [None, (0, 3, "weather"), Span(at, at + len(CODE), "person"), Span(0, 10**9, "person")]


def codenames() -> Codenames:
    """A factory as the setting names one."""
    return Codenames()


def broken() -> Codenames:
    """A factory that fails at start."""
    raise OSError("no weights")


def nothing() -> None:
    """A factory that gives no callable."""
