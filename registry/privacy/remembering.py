"""Remembering, for the length of a text, what was found out about its words, and then forgetting them.

Detectors ask the same of a word again and again. The words are those of people's reports, so none of
them stays in memory once the text was read: whoever is done with a request or a job calls ``forget``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
MOST = 4096
"""Answers that one function remembers."""
_forgetting: list[Callable[[], None]] = []
_once: set[Callable[[], None]] = set()


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """The function, its last ``MOST`` answers remembered until ``forget``; arguments are hashable."""
    kept = lru_cache(maxsize=MOST)(cast("Callable[..., R]", function))
    _forgetting.append(kept.cache_clear)
    return cast("Callable[P, R]", kept)


def forget_also(clear: Callable[[], None]) -> None:
    """Have the next ``forget`` call this too: a library remembers something, of this text alone."""
    _once.add(clear)


def forget() -> None:
    """Drop everything that was remembered; safe while other threads go on, which then ask anew."""
    for clear in _forgetting:
        clear()
    for clear in tuple(_once):
        _once.discard(clear)
        clear()
