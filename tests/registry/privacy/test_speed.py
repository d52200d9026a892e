"""Fast on a report, and linear on whatever somebody pumps into it: measured in process time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import registry.privacy
from registry.privacy import TEXT_MAX, scan
from tests.registry.privacy.corpus import load

LANGUAGES = ("en", "fr", "es", "ar")
REPORT, PASTE = 2_000, 20_000
REPORT_MS, PASTE_S, PATTERN_S = 60, 1.5, 0.1  # with room for a busy machine
ATOMS = (
    "a",
    "A",
    "1",
    "1 ",
    "1-",
    "1.",
    "Aa ",
    "a.",
    "a@",
    "@",
    "+1",
    "(1",
    "0",
    "http://",
    "a=",
    "/a",
    "/1",
    "رقم ",
    "شارع ",
    "rue ",
    "calle ",
    "block 1 ",
    "no. ",
    "born ",
    "tel ",
    "lat 1.11 ",
    "1.111,",
    "N ",
    "1° ",
    "A1 ",
    "a_",
    "x_1",
    "::",
    "1:",
    "de la ",
    "only ",
    "' ",
    "12 rue ",
    "Mz. 1 ",
    " ",
    "\n",
    "village A ",
    "instagram ",
    "%",
    "[at] ",
    "a at ",
    " dot a",
    "one ",
    "seven-",
    "ما ",
    "li na ",
    "Room 1, ",
    "1/1/1 ",
)


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def corpus(language: str, length: int) -> str:
    text = " ".join(sentence.text for sentence in load("seen") if sentence.language == language)
    return (text * (length // len(text) + 1))[:length]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_takes_little_time(language: str) -> None:
    text = corpus(language, REPORT)
    scan(corpus(language, PASTE), language)  # lists are read
    assert min(seconds(lambda: scan(text, language)) for _ in range(5)) * 1000 < REPORT_MS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_paste_takes_its_length(language: str) -> None:
    text = corpus(language, PASTE)
    scan(text, language)
    assert seconds(lambda: scan(text, language)) < PASTE_S


@pytest.mark.parametrize("atom", ATOMS)
def test_pumped_text_takes_a_time_in_proportion_to_its_length(atom: str) -> None:
    short, long = ((atom * TEXT_MAX)[:length] for length in (TEXT_MAX // 20, TEXT_MAX // 5))
    scan(short, "en")
    base = min(seconds(lambda: scan(short, "en")) for _ in range(2))
    assert seconds(lambda: scan(long, "en")) < 4 * 3 * base + 0.2


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(registry.privacy.__path__, "registry.privacy."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def test_no_pattern_alone_is_worse_than_linear() -> None:
    slow = {}
    for name, pattern in patterns():
        for atom in ATOMS:
            text = (atom * TEXT_MAX)[: TEXT_MAX // 5]
            taken = seconds(lambda text=text, pattern=pattern: sum(1 for _ in pattern.finditer(text)))  # type: ignore[misc]
            if taken > PATTERN_S:
                slow[name, atom] = taken
    assert slow == {}


def test_the_patterns_were_found() -> None:
    assert len(list(patterns())) > 50
