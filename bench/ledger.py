"""The log: adding entries, proofs at a million of them, and pymerkle doing the same work in the same run."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pymerkle import InmemoryTree, SqliteTree, verify_inclusion

from bench.report import Figure
from bench.timing import summarise
from registry.db import migrate
from registry.db.layout import Side
from registry.db.public import PublicDatabase
from registry.ledger import tree
from registry.ledger.envelopes import Coding, Envelope, Op
from registry.ledger.frontier import Frontier
from registry.ledger.hashing import leaf_hash
from registry.ledger.proofs import check_consistency, check_inclusion
from registry.ledger.stored import StoredNodes, append, held_head
from registry.ledger.tree import Place

ENTRIES, THEIR_ENTRIES = 1_000_000, 100_000
KEPT, KEPT_BY_THEM = 20_000, 500
"""Entries added to a database; to theirs fewer, for each takes milliseconds."""
BATCH = 1_000
PROOFS, ROOTS = 2_000, 200
HOME = "A" * 52
TARGET_APPEND, TARGET_PROOF = 10.0, 1.0


class Levels:
    """Hashes in memory, one list a level; fits ``tree.Nodes``."""

    def __init__(self) -> None:
        self._rows: list[list[bytes]] = []
        self.edge = Frontier()

    def add(self, leaf: bytes) -> None:
        """Add a leaf."""
        for level, _, value in self.edge.append(leaf_hash(leaf)):
            if level == len(self._rows):
                self._rows.append([])
            self._rows[level].append(value)

    def read(self, places: Sequence[Place]) -> list[bytes]:
        """Hashes in the order asked for."""
        return [self._rows[level][index] for level, index in places]


def measure() -> list[Figure]:
    """Ours and theirs, in memory and in a SQLite file."""
    leaves = [b"%0350d" % number for number in range(ENTRIES)]
    return [*_ours(leaves), *_theirs(leaves), *_kept(), *_kept_by_them(leaves)]


def _ours(leaves: list[bytes]) -> list[Figure]:
    levels = Levels()
    appended = _each(lambda: [levels.add(leaf) for leaf in leaves], ENTRIES)
    places = random.Random(1).sample(range(ENTRIES), PROOFS)  # noqa: S311 - places to look at, no secrets
    root = tree.root(levels, ENTRIES)

    def included(index: int) -> None:
        path = tree.inclusion_path(levels, index, ENTRIES)
        check_inclusion(index, ENTRIES, leaf_hash(leaves[index]), path, root)

    def consistent(old: int) -> None:
        path = tree.consistency_path(levels, old, ENTRIES)
        check_consistency(old, ENTRIES, path, tree.root(levels, old), root)

    return [
        Figure("log: add an entry in memory, of 1,000,000", appended, "µs", target=TARGET_APPEND),
        _times("  inclusion made and checked", included, places, TARGET_PROOF),
        _times("  consistency made and checked", consistent, [place + 1 for place in places], TARGET_PROOF),
        _times("  root", lambda _: tree.root(levels, ENTRIES - 1), range(ROOTS), TARGET_PROOF),
    ]


def _theirs(leaves: list[bytes]) -> list[Figure]:
    theirs = InmemoryTree()
    appended = _each(lambda: [theirs.append_entry(leaf) for leaf in leaves[:THEIR_ENTRIES]], THEIR_ENTRIES)
    places = random.Random(1).sample(range(1, THEIR_ENTRIES), 20)  # noqa: S311 - places to look at, no secrets

    def included(index: int) -> None:
        proof = theirs.prove_inclusion(index, THEIR_ENTRIES)
        verify_inclusion(theirs.get_leaf(index), theirs.get_root(THEIR_ENTRIES), proof)

    return [
        Figure("pymerkle: add an entry in memory, of 100,000", appended, "µs"),
        _times("  inclusion made and checked", included, places),
        _times("  root", lambda _: theirs.get_root(THEIR_ENTRIES - 1), range(5)),
    ]


def _kept() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        public = PublicDatabase(f"sqlite:///{folder}/public.sqlite")
        migrate.upgrade(public, Side.PUBLIC)
        appended = _each(lambda: _fill(public), KEPT)
        with public.read() as session:
            nodes = StoredNodes(session)
            proof = _times(
                "  inclusion made",
                lambda at: tree.inclusion_path(nodes, at, KEPT),
                range(200),
                TARGET_PROOF * 5,
            )
        public.close()
    return [Figure("log: add an entry to SQLite, 1,000 together", appended, "µs"), proof]


def _kept_by_them(leaves: list[bytes]) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        theirs = SqliteTree(str(Path(folder) / "tree.sqlite"))
        appended = _each(lambda: [theirs.append_entry(leaf) for leaf in leaves[:KEPT_BY_THEM]], KEPT_BY_THEM)
        theirs.con.close()
    return [Figure("pymerkle: add an entry to SQLite, one by one", appended, "µs")]


def _fill(public: PublicDatabase) -> None:
    for start in range(0, KEPT, BATCH):
        with public.work() as session:
            made = (_envelope(number) for number in range(start, start + BATCH))
            append(session, held_head(session), ((one, one.to_bytes()) for one in made))


def _envelope(number: int) -> Envelope:
    return Envelope(
        op=Op.CREATE,
        id=f"AIR-{HOME[:10]}-2026-{number:06d}",
        revision=1,
        previous=None,
        home=HOME,
        tlp="CLEAR",
        kind="report",
        schema=1,
        tax=Coding("0.2.0", "en", ("harm/injury", "severity/minor")),
        commitment="a" * 64,
        size=2_000,
        day="2026-11-24",
    )


def _each(act: Callable[[], object], count: int) -> float:
    """Microseconds for each of so many."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) / count * 1e6


def _times(
    name: str, act: Callable[[int], object], places: Sequence[int], target: float | None = None
) -> Figure:
    taken = []
    for place in places:
        started = time.perf_counter()
        act(place)
        taken.append((time.perf_counter() - started) * 1000)
    return Figure(f"{name} (95th percentile)", summarise(taken).p95, "ms", target=target)
