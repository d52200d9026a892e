"""Texts that make a careless pattern slow, and every pattern of the package, found without a list."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from types import ModuleType

import registry.privacy

LONG = 100_000
"""Characters of a pumped text (security.md, S9)."""
ATOMS = (
    "a", "A", "1", "1 ", "1-", "1.", "Aa ", "a.", "a@", "@", "+1", "(1", "0", "http://", "a=", "/a", "/1",
    "رقم ", "شارع ", "rue ", "calle ", "block 1 ", "no. ", "born ", "tel ", "lat 1.11 ", "1.111,", "N ",
    "1° ", "A1 ", "a_", "x_1", "::", "1:", "de la ", "only ", "' ", "12 rue ", "Mz. 1 ", " ", "\n",
    "village A ", "instagram ", "%", "[at] ", "a at ", " dot a", "one ", "seven-", "ما ", "li na ",
    "Room 1, ", "1/1/1 ", "(", "(((1", "a(at)a", "a [.] ", "[.]", "+1 (0) ", "00 1 ", "0 1/", "1, ",
    "+1\n1", "1|1|", "O0l1", "wa.me/", "a-", "a-a.", "aB1", "=", "a#1111 ", "u/a", "\u0301", "\u200b1",
    "１", "أ", "أبو ", "لي ما ", "قرية ", "a's ", "-a ", "the only ", "of the ", "a. B. ", "XIU ", "شياو",
)  # fmt: skip
"""What is repeated."""
AROUND = (
    ("", "a", "@"), ("+", "1", "x"), ("http://", "a", " "), ("http://a/", "aB1-", "\n"), ("@", "a", "@"),
    ("a@", "a.", "!"), ("", "1 ", "x"), ("(", "1-", ")x"), ("GB82", "1A", "_"), ("", "A", "1"),
    ("1.", "1", "°"), ("12 ", "Aa ", "12"), ("geo:", "1.", ","), ('"', "a", "@"), ("", "-", "1"),
    ("http://a/?a=", "a", "&"), ("شارع ", "أ", "١"), ("", "f", ":"), ("of ", "a ", "."), ("[", "A", "-1]"),
)  # fmt: skip
"""What stands before, is repeated, and stands after."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pumped text: something before, a part again and again, something after."""

    before: str
    part: str
    after: str

    def text(self, length: int) -> str:
        """The text in this length."""
        room = length - len(self.before) - len(self.after)
        return self.before + (self.part * (room // len(self.part) + 1))[:room] + self.after


SHAPES = (*(Shape("", atom, "") for atom in ATOMS), *(Shape(*parts) for parts in AROUND))
"""A hundred or more."""


def modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    for module in pkgutil.walk_packages(registry.privacy.__path__, "registry.privacy."):
        yield importlib.import_module(module.name)


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern once: of modules, of their classes, inside their tables."""
    found: dict[re.Pattern[str], str] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _inside(value, module.__name__):
                found.setdefault(pattern, f"{module.__name__}.{name}")
    return [(name, pattern) for pattern, name in found.items()]


def _inside(value: object, module: str) -> Iterator[re.Pattern[str]]:
    """The patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, type) and value.__module__ == module:
        for one in vars(value).values():
            yield from _inside(one, module)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _inside(one, module)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            if not isinstance(one, str):
                yield from _inside(one, module)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work, without that of tidying the whole test process's memory."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        if collecting:
            gc.enable()


def matching(pattern: re.Pattern[str], text: str) -> float:
    """Processor time of finding every match of a pattern in a text."""
    return seconds(lambda: deque(pattern.finditer(text), maxlen=0))


def worst_shapes(pattern: re.Pattern[str], texts: Mapping[Shape, str], most: int) -> list[Shape]:
    """The shapes that take a pattern longest in these texts."""
    return nlargest(most, texts, key=lambda shape: matching(pattern, texts[shape]))
