"""Writing records, or what is said of them, into one file one by one, with a few of them in memory.

Parquet is written by a program of its own (``parquet_child``), which gets the rows as lines of JSON:
its library takes a hundred megabytes of memory, and nobody else has to carry them.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, Protocol

from registry.errors import Unavailable
from registry.formulas import guard
from registry.record.canonical import canonical
from registry.record.types import PublicRecord
from registry.sharing.dumps.columns import Column, Row, as_text

Write = Callable[[PublicRecord], object]
WriteRow = Callable[[Row], object]
CHILD: Final = "registry.sharing.dumps.parquet_child"
CHILD_SECONDS: Final = 600
"""Seconds that the child may take after its last row."""
RETRY_AFTER: Final = 60


class Told(Protocol):
    """What has a form as JSON."""

    def to_json(self) -> dict[str, Any]:
        """The whole of it."""


@contextmanager
def files(folder: Path, name: str, columns: tuple[Column, ...]) -> Iterator[Callable[[Told, Row], None]]:
    """A file of this name in each format; gives what writes one thing, and the row that it is in tables."""
    with (
        jsonl(folder / f"{name}.ndjson.gz") as whole,
        table(folder / f"{name}.csv", columns) as sheet,
        parquet(folder / f"{name}.parquet", columns) as columnar,
    ):

        def write(one: Told, row: Row) -> None:
            whole(one)
            sheet(row)
            columnar(row)

        yield write


@contextmanager
def jsonl(path: Path) -> Iterator[Callable[[Told], object]]:
    """One a line, its canonical JSON (RFC 8785); packed where the name ends in ``.gz``."""
    with _opened(path) as out:
        yield lambda one: out.write(canonical(one.to_json()) + b"\n")


@contextmanager
def table(path: Path, columns: tuple[Column, ...]) -> Iterator[WriteRow]:
    """CSV (RFC 4180) in UTF-8 with the mark by which spreadsheets know it; no cell is a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([column.name for column in columns])
        yield lambda row: writer.writerow([guard(as_text(one)) for one in row.values()])


@contextmanager
def parquet(path: Path, columns: tuple[Column, ...]) -> Iterator[WriteRow]:
    """Apache Parquet; raises ``Unavailable`` when the program that writes it fails."""
    shape = json.dumps([[column.name, column.type] for column in columns])
    command = [sys.executable, "-m", CHILD, str(path.resolve()), shape]
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603 - our own program
            try:
                yield lambda row: _hand(child, row)
                _end(child)
            finally:
                child.kill()
    except BrokenPipeError as error:
        raise Unavailable(retry_after=RETRY_AFTER) from error


def _hand(child: subprocess.Popen[bytes], row: Row) -> None:
    if child.stdin is not None:
        child.stdin.write(json.dumps(list(row.values())).encode("ascii") + b"\n")


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        child.stdin.close()
    if child.wait(CHILD_SECONDS) != 0:
        raise Unavailable(retry_after=RETRY_AFTER)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    if path.suffix != ".gz":
        with path.open("wb") as out:
            yield out
        return
    # Without name and time in its head, so that equal records give equal bytes (RFC 1952 section 2.3).
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        yield packed
