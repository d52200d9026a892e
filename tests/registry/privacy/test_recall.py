"""What was reached on the corpus is not lost again: floors a little under what was measured.

The held-out half is measured and never read: a miss of it is not printed here either.
"""

from __future__ import annotations

import pytest

from tests.registry.privacy.corpus import FILES, ORIGINS
from tests.registry.privacy.measuring import asked_of_clean, asked_of_demo, measure, most_asked_of_demo

BOTH = {
    "seen": {
        "all": 0.98,
        "ADDRESS": 0.96,
        "BIRTH": 0.95,
        "ID": 0.95,
        "JOB": 0.96,
        "PERSON": 0.98,
        "PLACE": 0.90,
    },
    "practice": {
        "all": 0.975,
        "ADDRESS": 0.95,
        "BIRTH": 0.98,
        "ID": 0.94,
        "JOB": 0.95,
        "PERSON": 0.97,
        "PLACE": 0.97,
    },
    "held_out": {
        "all": 0.952,
        "ADDRESS": 0.80,
        "BIRTH": 0.88,
        "ID": 0.93,
        "JOB": 0.85,
        "PERSON": 0.95,
        "PLACE": 0.92,
    },
}
CERTAIN = {
    "seen": {
        "EMAIL": 1.0,
        "PHONE": 1.0,
        "COORDINATES": 1.0,
        "CHECKED-ID": 1.0,
        "HANDLE": 1.0,
        "URL-TOKEN": 1.0,
        "IP": 1.0,
    },
    "practice": {
        "EMAIL": 0.98,
        "PHONE": 0.98,
        "COORDINATES": 1.0,
        "CHECKED-ID": 1.0,
        "HANDLE": 0.96,
        "URL-TOKEN": 0.97,
        "IP": 1.0,
    },
    "held_out": {
        "EMAIL": 1.0,
        "PHONE": 0.98,
        "COORDINATES": 0.98,
        "CHECKED-ID": 0.98,
        "HANDLE": 0.92,
        "URL-TOKEN": 0.92,
        "IP": 1.0,
    },
}
LANGUAGES = {"seen": 0.98, "practice": 0.95, "held_out": 0.92}
ORIGIN = {"seen": 0.95, "practice": 0.93, "held_out": 0.90}
PRECISION = {"certain": 0.99, "doubtful": 0.59}
CLEAN = {"seen": 8.0, "practice": 10.0, "held_out": 15.0}
"""Questions in a thousand characters of sentences that are clean and written to look as if they were not."""
DEMO, MOST = 4.5, 12
"""Questions in a thousand characters of ordinary reports, and about one of them."""

files = pytest.mark.parametrize("half", FILES)


@files
def test_both_tiers_together_reach_their_floors(half: str) -> None:
    measured = measure(half)
    assert {
        cell: measured.recall(cell) for cell, floor in BOTH[half].items() if measured.recall(cell) < floor
    } == {}


@files
def test_the_certain_tier_reaches_its_floors(half: str) -> None:
    measured = measure(half)
    low = {cell: measured.certain_recall(cell) for cell, floor in CERTAIN[half].items()}
    assert {cell: recall for cell, recall in low.items() if recall < CERTAIN[half][cell]} == {}


@files
def test_no_language_and_no_origin_of_a_name_is_far_behind(half: str) -> None:
    measured = measure(half)
    languages = {f"lang {code}": LANGUAGES[half] for code in ("en", "fr", "es", "ar")}
    floors = languages | {f"origin {origin}": ORIGIN[half] for origin in ORIGINS}
    assert {
        cell: measured.recall(cell) for cell, floor in floors.items() if measured.recall(cell) < floor
    } == {}


@files
@pytest.mark.parametrize("tier", PRECISION)
def test_false_alarms_stay_within_bounds(half: str, tier: str) -> None:
    assert measure(half).precision(tier) >= PRECISION[tier]


@files
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_harmless_text_raises_few_questions(half: str, language: str) -> None:
    asked = asked_of_clean(half, language)
    assert asked.characters > 1_200
    assert asked.per_thousand < CLEAN[half]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_an_ordinary_report_raises_very_few(language: str) -> None:
    asked = asked_of_demo(language)
    assert asked.characters > 10_000
    assert asked.per_thousand < DEMO


def test_no_ordinary_report_tires_its_reporter() -> None:
    assert most_asked_of_demo() <= MOST
