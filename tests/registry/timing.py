"""Whether two things that must not be told apart take the same time: samples, and what is said of them."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.tries import tries

SAMPLES = tries("COMMONS_SAMPLES", 100, in_ci=2_000)
"""Samples of each kind; the bar is 20,000 (``make timing``)."""
SAMPLES_OF_PASSWORDS = tries("COMMONS_SAMPLES", 100, in_ci=1_000)
"""The same where each takes a fiftieth of a second: a tenth of the bar would be a minute and a half in CI."""
WORST_T = 4.5
WARM = 5
"""Samples at the beginning that fill caches and are not looked at."""
Act = Callable[[int], object]


@dataclass(frozen=True)
class Compared:
    """Two samples of processor time in seconds."""

    first: list[float]
    second: list[float]

    @property
    def difference(self) -> float:
        """Of the medians."""
        return statistics.median(self.first) - statistics.median(self.second)

    @property
    def noise(self) -> float:
        """Standard error of a difference of medians, by the median absolute deviation of each."""
        both = (self.first, self.second)
        return math.sqrt(sum((1.2533 * _deviation(times)) ** 2 / len(times) for times in both))

    @property
    def t(self) -> float:
        """Welch's t, without the slowest twentieth of each, in which other programs got in between."""
        first, second = _trimmed(self.first), _trimmed(self.second)
        spread = sum(statistics.variance(times) / len(times) for times in (first, second))
        return (statistics.mean(first) - statistics.mean(second)) / math.sqrt(spread)

    def __str__(self) -> str:
        return (
            f"{len(self.first)} samples of each: medians {statistics.median(self.first) * 1e6:.1f} and "
            f"{statistics.median(self.second) * 1e6:.1f} µs, {abs(self.difference) / self.noise:.2f} times "
            f"the noise apart (bar 3); Welch t {self.t:+.2f} (bar ±{WORST_T})"
        )


def compare(first: Act, second: Act, samples: int = SAMPLES) -> Compared:
    """Time both, each with the number of the sample.

    They alternate, so that a machine that slows down or speeds up does so for both.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(samples + WARM):
        pairs = list(zip((first, second), times, strict=True))
        for act, kept in pairs if number % 2 else reversed(pairs):
            kept.append(_work_of(act, number))
    return Compared(times[0][WARM:], times[1][WARM:])


def _work_of(act: Act, number: int) -> float:
    """Processor time of this thread in seconds: how busy the machine is does not count."""
    begun = time.thread_time()
    act(number)
    return time.thread_time() - begun


def _deviation(times: list[float]) -> float:
    middle = statistics.median(times)
    resolution = time.get_clock_info("thread_time").resolution
    return 1.4826 * statistics.median(abs(one - middle) for one in times) + resolution


def _trimmed(times: list[float]) -> list[float]:
    return sorted(times)[: -max(1, len(times) // 20)]
