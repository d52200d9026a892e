"""Seconds that pass when a test says so."""

from __future__ import annotations


class Ticks:
    """In place of ``time.monotonic``."""

    def __init__(self) -> None:
        self.now = 5_000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds
