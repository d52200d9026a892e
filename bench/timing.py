"""Timing requests one after the other on one connection."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass

from bench.nodes import Server


@dataclass(frozen=True, slots=True)
class Times:
    """Median and 95th percentile in milliseconds, and how many requests."""

    median: float
    p95: float
    count: int


def summarise(milliseconds: list[float]) -> Times:
    """Median and 95th percentile of a list."""
    ordered = sorted(milliseconds)
    return Times(statistics.median(ordered), ordered[int(len(ordered) * 0.95) - 1], len(ordered))


def time_requests(server: Server, paths: Iterable[str], rounds: int) -> Times:
    """Ask every path ``rounds`` times after one unmeasured round; raises on any status but 200."""
    connection = server.connection()
    listed = list(paths)
    taken: list[float] = []
    for number in range(rounds + 1):
        for path in listed:
            started = time.perf_counter()
            connection.request("GET", path, headers={"Accept": "application/json"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"{response.status} for {path}")
            if number:
                taken.append((time.perf_counter() - started) * 1000)
    connection.close()
    return summarise(taken)
