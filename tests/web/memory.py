"""Reading the memory of running processes, as whoever takes a core of them would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")
SHAPES = ("utf-8", "utf-16-le", "utf-32-le")
"""How Python, and the libraries under it, keep text."""
RIGHT = "the right to read the memory of other processes (CAP_SYS_PTRACE)"
"""What it takes: a service lets nobody else look in."""
LONGEST = 24
"""Characters of a word, at most."""


def family(pid: int) -> list[int]:
    """A process and all that it started, and they in turn."""
    children = [
        int(child)
        for listed in (PROC / str(pid) / "task").glob("*/children")
        for child in listed.read_text().split()
    ]
    return [pid, *(found for child in children for found in family(child))]


def regions(pid: int) -> Iterator[bytes]:
    """Everything that a process may read of its own memory; raises ``PermissionError``."""
    with (PROC / str(pid) / "mem").open("rb", buffering=0) as memory:
        for line in (PROC / str(pid) / "maps").read_text().splitlines():
            span, rights, *rest = line.split()
            if "r" not in rights or rest[-1].startswith("[v"):  # what the kernel lends is none of its own
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            memory.seek(start)
            try:
                yield memory.read(end - start)
            except OSError:  # given back since it was listed
                continue


def spoken(pid: int, beginnings: Iterable[str]) -> Iterator[str]:
    """What stands in memory wherever a text begins like this, in any shape, in lower or upper case."""
    wanted = [
        (begin.encode(shape), shape)
        for told in beginnings
        for begin in {told, told.upper()}
        for shape in SHAPES
    ]
    for region in regions(pid):
        for begin, shape in wanted:
            at = region.find(begin)
            while at >= 0:
                yield region[at : at + LONGEST * 4].decode(shape, "ignore")[:LONGEST].lower()
                at = region.find(begin, at + 1)
