"""What was reached on the corpus is not lost again: floors a little under what was measured.

The held-out half is measured and never read: a miss of it is not printed here either.
"""

from __future__ import annotations

import pytest

from tests.registry.privacy.corpus import FILES, ORIGINS
from tests.registry.privacy.measuring import measure

BOTH = {
    "seen": {
        "all": 0.97,
        "ADDRESS": 0.93,
        "BIRTH": 0.95,
        "ID": 0.93,
        "JOB": 0.93,
        "PERSON": 0.97,
        "PLACE": 0.88,
    },
    "practice": {
        "all": 0.95,
        "ADDRESS": 0.84,
        "BIRTH": 0.95,
        "ID": 0.92,
        "JOB": 0.88,
        "PERSON": 0.95,
        "PLACE": 0.94,
    },
    "held_out": {
        "all": 0.92,
        "ADDRESS": 0.63,
        "BIRTH": 0.84,
        "ID": 0.93,
        "JOB": 0.62,
        "PERSON": 0.93,
        "PLACE": 0.88,
    },
}
CERTAIN = {
    "seen": {
        "EMAIL": 1.0,
        "PHONE": 1.0,
        "COORDINATES": 1.0,
        "CHECKED-ID": 1.0,
        "HANDLE": 0.96,
        "URL-TOKEN": 0.95,
        "IP": 1.0,
    },
    "practice": {
        "EMAIL": 0.97,
        "PHONE": 0.98,
        "COORDINATES": 0.98,
        "CHECKED-ID": 0.98,
        "HANDLE": 0.94,
        "URL-TOKEN": 0.94,
        "IP": 0.97,
    },
    "held_out": {
        "EMAIL": 0.98,
        "PHONE": 0.93,
        "COORDINATES": 0.93,
        "CHECKED-ID": 0.96,
        "HANDLE": 0.89,
        "URL-TOKEN": 0.84,
        "IP": 0.96,
    },
}
LANGUAGES = {"seen": 0.93, "practice": 0.93, "held_out": 0.88}
ORIGIN = {"seen": 0.90, "practice": 0.90, "held_out": 0.82}
PRECISION = {"certain": 0.97, "doubtful": 0.55}

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
