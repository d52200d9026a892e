"""Whether somebody has an account cannot be told from how long a wrong password takes (S13 of the bar)."""

from __future__ import annotations

import math
import os
import statistics
import time

import pytest

from registry.identity.sessions import SignInRefused
from tests.registry.house import House

SAMPLES = int(os.environ.get("COMMONS_SAMPLES", "100"))
"""Samples of each kind; the bar is 20,000 (``COMMONS_SAMPLES=20000``, some twenty minutes)."""
WORST_T = 4.5


def work_of_refusing(house: House, email: str) -> float:
    """Processor time of this thread in seconds: how busy the machine is does not count."""
    begun = time.thread_time()
    with pytest.raises(SignInRefused):
        house.side.sessions.sign_in(email, "not the password of anybody")
    return time.thread_time() - begun


def test_a_known_and_an_unknown_person_are_refused_alike(small_house: House) -> None:
    """Alternating, so that a machine that slows down or speeds up does so for both."""
    known: list[float] = []
    unknown: list[float] = []
    for number in range(SAMPLES + 5):
        pair = [("member@example.org", known), (f"nobody{number % 10}@example.org", unknown)]
        for email, times in pair if number % 2 else reversed(pair):
            times.append(work_of_refusing(small_house, email))
    known, unknown = known[5:], unknown[5:]  # the first ones fill caches
    difference = statistics.median(known) - statistics.median(unknown)
    assert abs(difference) < 3 * noise(known, unknown), f"{difference * 1e6:.0f} µs"
    assert abs(welch(trimmed(known), trimmed(unknown))) < WORST_T
    assert statistics.median(unknown) > 0.005, "a password is looked at even if there is nobody"


def noise(first: list[float], second: list[float]) -> float:
    """Standard error of a difference of medians, by the median absolute deviation of each."""
    return math.sqrt(sum((1.2533 * deviation(times)) ** 2 / len(times) for times in (first, second)))


def deviation(times: list[float]) -> float:
    middle = statistics.median(times)
    return (
        1.4826 * statistics.median(abs(one - middle) for one in times)
        + time.get_clock_info("thread_time").resolution
    )


def trimmed(times: list[float]) -> list[float]:
    """Without the slowest twentieth, in which other programs got in between."""
    return sorted(times)[: -max(1, len(times) // 20)]


def welch(first: list[float], second: list[float]) -> float:
    """Welch's t of two samples."""
    spread = sum(statistics.variance(times) / len(times) for times in (first, second))
    return (statistics.mean(first) - statistics.mean(second)) / math.sqrt(spread)
