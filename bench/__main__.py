"""Measure everything, print the table, write ``bench-results/latest.json``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench import (
    collections,
    engine,
    exactness,
    federation,
    intake,
    ledger,
    privacy,
    queue,
    same_event,
    topology,
    wizard,
)
from bench.nodes import CORPORA
from bench.report import Figure, machine, table, write

SECTIONS = (
    privacy,
    exactness,
    intake,
    queue,
    wizard,
    engine,
    same_event,
    ledger,
    federation,
    topology,
    collections,
)
RESULTS = Path("bench-results/latest.json")


def main() -> None:
    """Run every section; needs the external collections beside the repository."""
    if not CORPORA.is_dir():
        sys.exit("bench: needs the external collections beside the repository (../shared/data)")
    figures: list[Figure] = []
    for section in SECTIONS:
        print(f"… {section.__name__}", file=sys.stderr, flush=True)
        measured = _alone(section.measure)
        print(table(measured), file=sys.stderr, flush=True)
        figures += measured
    facts = ", ".join(f"{key} {value}" for key, value in machine().items())
    print(f"Measured on: {facts}\n")
    print(table(figures))
    write(figures, RESULTS)
    missed = [figure.name.strip() for figure in figures if figure.met is False]
    print(f"\n{len(missed)} missed" + (": " + "; ".join(missed) if missed else ""))


def _alone(measure: Callable[[], list[Figure]]) -> list[Figure]:
    """Measure in a process of its own.

    A program that is started counts the memory of whoever started it as its own peak (``wait4``), so what one
    section held would be a figure of the next.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(measure).result()


if __name__ == "__main__":
    main()
