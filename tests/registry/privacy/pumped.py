"""Texts that make a careless pattern slow, and every pattern of the package, found without a list."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

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
    ("1.", "1", "°"), ("12 ", "Aa ", "12"), ("geo:", "1.", ","), ("\"", "a", "@"), ("", "-", "1"),
    ("http://a/?a=", "a", "&"), ("شارع ", "أ", "١"), ("", "f", ":"), ("of ", "a ", "."), ("[", "A", "-1]"),
)  # fmt: skip
"""What stands before, is repeated, and stands after."""


def shapes() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Names of a hundred shapes or more, and the text of each in any length."""
    for atom in ATOMS:
        yield repr(atom), lambda length, atom=atom: (atom * (length // len(atom) + 1))[:length]  # type: ignore[misc]  # a default argument has no type in a lambda
    for before, middle, after in AROUND:
        yield (
            f"{before!r} {middle!r}… {after!r}",
            lambda length, parts=(before, middle, after): (  # type: ignore[misc]  # a default argument has no type in a lambda
                parts[0] + (parts[1] * (length // len(parts[1]) + 1))[: length - len(parts[0] + parts[2])] + parts[2]
            ),
        )


def modules() -> Iterator[object]:
    """Every module of the package."""
    for module in pkgutil.walk_packages(registry.privacy.__path__, "registry.privacy."):
        yield importlib.import_module(module.name)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern: of modules, of their classes, inside their tables."""
    seen: set[re.Pattern[str]] = set()
    for module in modules():
        for name, value in _inside(getattr(module, "__name__", "?"), vars(module), module):
            if value not in seen:
                seen.add(value)
                yield name, value


def _inside(
    name: str, values: Mapping[str, object], module: object
) -> Iterator[tuple[str, re.Pattern[str]]]:
    for key, value in values.items():
        if isinstance(value, type) and value.__module__ == getattr(module, "__name__", None):
            yield from _inside(f"{name}.{key}", vars(value), module)
        else:
            yield from ((f"{name}.{key}", one) for one in _flat(value))


def _flat(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _flat(one)
    elif isinstance(value, (tuple, list, set, frozenset)) and not all(isinstance(one, str) for one in value):
        for one in value:
            yield from _flat(one)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def matching(pattern: re.Pattern[str], text: str) -> float:
    """Processor time of finding every match of a pattern in a text."""
    return seconds(lambda: exhaust(pattern.finditer(text)))


def exhaust(matches: Iterable[object]) -> None:
    """Take every one of them."""
    for _ in islice(matches, None):
        pass


def slowest(length: int = LONG) -> Iterator[tuple[float, str, str]]:
    """For each pattern the time of its worst shape in seconds, its name, the shape."""
    texts = [(shape, text(length)) for shape, text in shapes()]
    for name, pattern in patterns():
        yield max((matching(pattern, text), name, shape) for shape, text in texts)
