"""Importing and searching external collections: seconds, memory, milliseconds, beside Datasette."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from bench import datasette_peer, grow
from bench.nodes import CORPORA, Server, command, memory_mb, node_server
from bench.queries import asked
from bench.report import AT_LEAST, Figure
from bench.timing import Times, time_requests
from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.record.reading import Records
from registry.record.types import PublicRecord
from web.indexing import all_changes

ROUNDS = 5
LARGE = 10_000
MEMORY_SEARCHES = 1_000


def measure() -> list[Figure]:
    """Import, search at about 3,000 and at 10,000 records, memory, and the peer in the same run."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "node"
        figures = _import(folder)
        command(folder, "import", "avid", str(CORPORA / "avid"))
        command(folder, "worker", "--once")
        figures += _search(folder, Path(temporary) / "peer.db", "AIID + AVID", 15, 40)
        grow.grow_to(folder, LARGE)
        command(folder, "worker", "--once")
        figures += _search(folder, Path(temporary) / "large.db", f"{LARGE:,} records", 30, None)
        return figures


def ours(pair: str) -> str:
    """A query and its filter as an address of our API, with facets and highlights."""
    text, _, narrowing = pair.partition("|")
    return f"/api/v1/search?q={quote(text)}&limit=20{narrowing}"


def _import(folder: Path) -> list[Figure]:
    command(folder, "init")
    imported = command(folder, "import", "aiid", str(CORPORA / "aiid_snapshot_2026-02"))
    indexed = command(folder, "worker", "--once")
    return [
        Figure("import and index 1,367 AIID incidents", imported.seconds + indexed.seconds, "s", target=60),
        Figure("  of which import", imported.seconds, "s"),
        Figure("  of which index", indexed.seconds, "s"),
        Figure("  peak memory", max(imported.peak_mb, indexed.peak_mb), "MB", target=400),
    ]


def _search(folder: Path, peer: Path, label: str, median: float, p95: float | None) -> list[Figure]:
    count = datasette_peer.build(_records(folder), peer)
    with node_server(folder) as server:
        mine = time_requests(server, [ours(pair) for pair in asked()], ROUNDS)
        figures = [
            Figure(f"HTTP search, {label} ({count:,}): median", mine.median, "ms", target=median),
            Figure(f"HTTP search, {label}: p95", mine.p95, "ms", target=p95),
        ]
        figures += _memory(server, label)
    with datasette_peer.datasette(peer) as server:
        theirs = time_requests(server, [datasette_peer.address(pair, peer) for pair in asked()], 1)
    return [*figures, *_beside(mine, theirs, label)]


def _memory(server: Server, label: str) -> list[Figure]:
    pairs = asked()
    listed = [ours(pairs[number % len(pairs)]) for number in range(MEMORY_SEARCHES // 2)]
    time_requests(server, listed, 1)
    proportional, resident = memory_mb(server.pid)
    return [
        Figure(f"memory of the whole node after 1,000 searches, {label}", proportional, "MB", target=250),
        Figure("  the same with shared pages counted in every process", resident, "MB"),
    ]


def _beside(mine: Times, theirs: Times, label: str) -> list[Figure]:
    return [
        Figure(f"Datasette, same records and facets, {label}: median", theirs.median, "ms"),
        Figure("  times slower than ours", theirs.median / mine.median, "x", AT_LEAST, 3),
    ]


def _records(folder: Path) -> Iterator[PublicRecord]:
    database = PublicDatabase(Settings(data_dir=folder).public_url)
    for change in all_changes(Records(database)):
        if change.record is not None:
            yield change.record
    database.close()
