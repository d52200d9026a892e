"""Fast on a report, and linear on whatever somebody pumps into it: measured in process time.

The patterns are found, not listed: each of the package is tried, and none can be made where it is not found.
"""

from __future__ import annotations

import ast
import inspect
import re

import pytest

from registry.privacy import TEXT_MAX, scan
from tests.registry.privacy.corpus import load
from tests.registry.privacy.pumped import (
    LONG,
    SHAPES,
    Shape,
    matching,
    modules,
    patterns,
    seconds,
    worst_shapes,
)

pytestmark = pytest.mark.alone

LANGUAGES = ("en", "fr", "es", "ar")
REPORT = 2_000
REPORT_S, LONGEST_S, PATTERN_S = 0.06, 6.0, 0.15
"""Three times what is promised, for a busy machine."""
SHORT, WORST = 1_000, 2
"""Characters in which every shape is tried, and shapes that are tried in full length."""
WHOLE = (
    "1 ", "a.", "(((1", "شارع ", "Aa ", "a@", "12 rue ", "only ", "+1", "لي ما ", "1|1|", "\u200b1",
    "1°2′3″N ", "amina at gmail dot ", "0712 345 678 ", "AMINA ")  # fmt: skip
"""What is pumped through the whole scan."""


def corpus(language: str, length: int) -> str:
    """Sentences of a language, as many as make up this length."""
    text = " ".join(sentence.text for sentence in load("seen") if sentence.language == language)
    return (text * (length // len(text) + 1))[:length]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_takes_little_time(language: str) -> None:
    text = corpus(language, REPORT)
    scan(corpus(language, 10 * REPORT), language)  # lists are read
    assert min(seconds(lambda: scan(text, language)) for _ in range(5)) < REPORT_S


def test_the_longest_text_takes_its_length() -> None:
    text = corpus("ar", TEXT_MAX)
    assert seconds(lambda: scan(text, "ar")) < LONGEST_S


@pytest.mark.parametrize("part", WHOLE)
def test_pumped_text_takes_a_time_in_proportion_to_its_length(part: str) -> None:
    short, long = (Shape("", part, "").text(length) for length in (TEXT_MAX // 40, TEXT_MAX // 10))
    scan(short, "en")
    base = min(seconds(lambda: scan(short, "en")) for _ in range(2))
    assert seconds(lambda: scan(long, "en")) < 4 * 3 * base + 0.2


def test_no_pattern_takes_long_on_any_shape() -> None:
    assert len(SHAPES) >= 100
    short = {shape: shape.text(SHORT) for shape in SHAPES}
    slow = {}
    for name, pattern in patterns():
        for shape in worst_shapes(pattern, short, WORST):
            text = shape.text(LONG)
            taken = matching(pattern, text)
            if taken > PATTERN_S and (taken := min(matching(pattern, text) for _ in range(3))) > PATTERN_S:
                slow[name, shape] = taken
    assert slow == {}


def test_a_pattern_that_goes_back_and_forth_would_be_seen() -> None:
    """The test above would fail for a careless pattern: its worst shape is tried, and grows as a square."""
    careless = re.compile(r"\w+@")
    shape, *_ = worst_shapes(careless, {shape: shape.text(SHORT) for shape in SHAPES}, WORST)
    times = [min(matching(careless, shape.text(length)) for _ in range(2)) for length in (2_000, 8_000)]
    assert times[1] > 8 * times[0]


def test_every_pattern_is_made_where_it_is_found() -> None:
    """Patterns are compiled in modules or classes; a function that made one would hide it from the test."""
    assert len(patterns()) > 100
    hidden = []
    for module in modules():
        if module.__name__ in MADE_OF_NAMES:
            continue
        tree = ast.parse(inspect.getsource(module))
        functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
        for node in (inner for function in functions for inner in ast.walk(function)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re":
                hidden += [f"{module.__name__}:{node.lineno}"] if node.attr in _MAKING else []
        hidden += [
            f"{module.__name__}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in ("re", "regex")
        ]
    assert hidden == []


MADE_OF_NAMES = ("registry.privacy.coarsening.marks",)
"""Makes patterns of names that an account holds: their words in a row, nothing that goes back and forth."""
_MAKING = (
    "compile",
    "match",
    "fullmatch",
    "search",
    "split",
    "sub",
    "subn",
    "findall",
    "finditer",
    "template",
)
"""What of ``re`` takes a pattern as it is written."""
