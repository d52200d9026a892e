"""The privacy check on its labelled corpus: recall, precision, questions about harmless text, time."""

from __future__ import annotations

import time

from bench.report import AT_LEAST, Figure
from registry.privacy import Kind, scan
from tests.registry.privacy.corpus import CERTAIN, DOUBTFUL, FILES, ORIGINS, load
from tests.registry.privacy.measuring import Measured, asked_of_clean, asked_of_demo, most_asked_of_demo
from tests.registry.privacy.measuring import measure as measure_half
from tests.registry.privacy.pumped import LONG, SHAPES, matching, patterns, worst_shapes

CHECKED = ("EMAIL", "PHONE", "COORDINATES", "CHECKED-ID")
LANGUAGES = ("en", "fr", "es", "ar")
REPORT, ROUNDS = 2_000, 5
TARGET_CHECKED, TARGET_ALL, TARGET_ORIGIN, TARGET_MS, TARGET_PUMPED = 0.98, 0.95, 0.90, 20, 50
PRECISION = {"certain": 0.97, "doubtful": 0.55}
QUESTIONS = 5.0
"""Questions in a thousand harmless characters, at most, before people stop to read them."""
SHORT, WORST = 2_000, 3
"""Characters in which every shape is tried, and shapes that are tried in full length."""


def measure() -> list[Figure]:
    """Figures of the halves that were read, in short, and of the half that was held out."""
    read = [
        _recall(f"privacy, {half}: recall, both tiers", measure_half(half), "all", TARGET_ALL)
        for half in FILES
        if half != "held_out"
    ]
    return [*read, *_held_out(measure_half("held_out")), *_questions(), *_times(), _pumped()]


def _held_out(measured: Measured) -> list[Figure]:
    figures = [_recall("privacy, held_out: recall, both tiers", measured, "all", TARGET_ALL)]
    for kind in CERTAIN:
        target = TARGET_CHECKED if kind in CHECKED else None
        figures.append(Figure(f"  {kind}, certain tier", measured.certain_recall(kind), "", AT_LEAST, target))
    figures += [_recall(f"  {kind}, both tiers", measured, kind) for kind in (*CERTAIN, *DOUBTFUL)]
    figures += [_recall(f"  language {code}", measured, f"lang {code}") for code in LANGUAGES]
    figures += [
        _recall(f"  names, {origin}", measured, f"origin {origin}", TARGET_ORIGIN) for origin in ORIGINS
    ]
    weakest = measured.weakest()
    name = f"  weakest cell: {weakest}, of {measured.labelled[weakest]}"
    figures.append(Figure(name, measured.recall(weakest), ""))
    return figures + _precision(measured)


def _recall(name: str, measured: Measured, cell: str, target: float | None = None) -> Figure:
    return Figure(name, measured.recall(cell), "", AT_LEAST, target)


def _precision(measured: Measured) -> list[Figure]:
    """By tier, by kind of finding and by language."""
    figures = [
        Figure(f"  precision, {tier} tier", measured.precision(tier), "", AT_LEAST, target)
        for tier, target in PRECISION.items()
    ]
    cells = [*(f"kind {kind}" for kind in Kind), *(f"lang {code}" for code in LANGUAGES)]
    return figures + [
        Figure(f"  precision, {cell}", measured.precision(cell), "", AT_LEAST)
        for cell in cells
        if measured.claims[cell]
    ]


def _questions() -> list[Figure]:
    """What is asked about harmless text: sentences that look as if they were not, and ordinary reports."""
    figures = []
    for code in LANGUAGES:
        for what, asked, target in (
            ("hard clean sentences", asked_of_clean("held_out", code), None),
            ("demo reports", asked_of_demo(code), QUESTIONS),
        ):
            name = f"privacy, questions in 1,000 characters, {what}, {code}"
            figures.append(Figure(name, asked.per_thousand, "", target=target))
    return [*figures, Figure("  most questions about one demo report", most_asked_of_demo(), "")]


def _times() -> list[Figure]:
    """Processor milliseconds for a report, by language and in the mean, once the lists are read."""
    taken = {code: _milliseconds(code) for code in LANGUAGES}
    mean = sum(taken.values()) / len(taken)
    figures = [Figure(f"privacy, scan of {REPORT} characters", mean, "ms", target=TARGET_MS)]
    return figures + [Figure(f"  language {code}", value, "ms") for code, value in taken.items()]


def _milliseconds(language: str) -> float:
    text = " ".join(sentence.text for sentence in load("seen") if sentence.language == language)
    scan(text, language)
    started = time.process_time()
    for number in range(ROUNDS):
        scan(text[number * REPORT : (number + 1) * REPORT], language)
    return (time.process_time() - started) / ROUNDS * 1000


def _pumped() -> Figure:
    """The worst pattern on its worst shape; shapes are told apart in short texts."""
    short = {shape: shape.text(SHORT) for shape in SHAPES}
    worst, named = 0.0, ""
    for name, pattern in patterns():
        for shape in worst_shapes(pattern, short, WORST):
            text = shape.text(LONG)
            taken = min(matching(pattern, text) for _ in range(2))
            if taken > worst:
                worst, named = taken, f"{name.removeprefix('registry.privacy.')} on {shape.part!r}"
    title = f"privacy, {len(patterns())} patterns × {len(SHAPES)} shapes of 100 kB, worst: {named}"
    return Figure(title, worst * 1000, "ms", target=TARGET_PUMPED)
