"""The privacy check on its labelled corpus: recall, precision, time."""

from __future__ import annotations

import time

from bench.report import AT_LEAST, Figure
from registry.privacy import scan
from tests.registry.privacy.corpus import CERTAIN, DOUBTFUL, HALVES, ORIGINS, load
from tests.registry.privacy.measuring import Measured
from tests.registry.privacy.measuring import measure as measure_half

CHECKED = ("EMAIL", "PHONE", "COORDINATES", "CHECKED-ID")
LANGUAGES = ("en", "fr", "es", "ar")
REPORT, ROUNDS = 2_000, 5
TARGET_CHECKED, TARGET_ALL, TARGET_ORIGIN, TARGET_MS = 0.98, 0.95, 0.90, 20
PRECISION = {"certain": 0.97, "doubtful": 0.55}


def measure() -> list[Figure]:
    """Figures of the half that was read and of the half that was held out."""
    figures = [figure for half in HALVES for figure in _half(half, measure_half(half))]
    return [*figures, *_times()]


def _half(half: str, measured: Measured) -> list[Figure]:
    figures = [
        Figure(f"privacy, {half}: recall, both tiers", measured.recall("all"), "", AT_LEAST, TARGET_ALL)
    ]
    for kind in CERTAIN:
        target = TARGET_CHECKED if kind in CHECKED else None
        figures.append(Figure(f"  {kind}, certain tier", measured.certain_recall(kind), "", AT_LEAST, target))
    figures += [Figure(f"  {kind}", measured.recall(kind), "", AT_LEAST) for kind in ("ADDRESS", *DOUBTFUL)]
    figures += [
        Figure(f"  language {code}", measured.recall(f"lang {code}"), "", AT_LEAST) for code in LANGUAGES
    ]
    for origin in ORIGINS:
        figures.append(
            Figure(f"  names, {origin}", measured.recall(f"origin {origin}"), "", AT_LEAST, TARGET_ORIGIN)
        )
    weakest = min((measured.weakest(prefix) for prefix in ("", "lang ", "origin ")), key=measured.recall)
    figures.append(Figure(f"  weakest cell: {weakest}", measured.recall(weakest), ""))
    for tier, target in PRECISION.items():
        figures.append(Figure(f"  precision, {tier} tier", measured.precision(tier), "", AT_LEAST, target))
    return figures


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
