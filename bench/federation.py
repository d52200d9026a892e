"""Following other nodes: records a second, bytes of a look with nothing new, cost beside a large copy.

The peer is a log in memory (``peer_log``), so figures are of the reader alone; only the look with
nothing new goes to a real server. ``python -m bench.federation`` prints these figures alone.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from bench.known import stock
from bench.nodes import command, node_server
from bench.peer_log import URL, PeerLog
from bench.report import AT_LEAST, Figure, table
from registry.db import migrate
from registry.db.layout import Side
from registry.db.public import PublicDatabase
from registry.federation.office import FederationOffice, open_office
from registry.federation.remote import Getter
from registry.federation.rules import Mode, Policy
from registry.fetching import Fetcher
from registry.ledger.exact import base64_of
from registry.record.node import identity_of
from taxonomy import load

RECORDS: Final = 20_480
NEW: Final = 100
KNOWN: Final = (1_000, 10_000, 100_000, 1_000_000)
LOOKS: Final = 50
DISK: Final = 4_096
"""Records of which the bytes on disk are weighed."""
TARGET_RATE, TARGET_IDLE, TARGET_GROWTH = 20_000, 500, 1.5


def measure() -> list[Figure]:
    """Rates of three modes, the idle look, and the cost of a hundred new records beside many known ones."""
    return [*_rates(), *_disk(), *_idle(), *_growth()]


def _rates() -> list[Figure]:
    log = PeerLog()
    log.publish(RECORDS)
    log.make_ready(0)
    names = {
        Mode.HIDDEN: "pull, verify and keep, 2 KB each",
        Mode.HOLD: "  the same, and each waits for a reviewer",
        Mode.SHOW: "  the same, and each is shown (not indexed)",
    }
    figures = []
    for mode, name in names.items():
        seconds, worked = _pull(log, mode)
        figures.append(Figure(name, RECORDS / seconds, "a second", AT_LEAST, TARGET_RATE))
        figures.append(Figure("    in a second of one core", RECORDS / worked, "", AT_LEAST))
    return figures


def _pull(log: PeerLog, mode: Mode) -> tuple[float, float]:
    """Seconds by the clock and of the processor; on a machine that is shared they differ."""
    with _here(log) as (office, _):
        short = office.peers.pin(office.peers.meet(URL), Policy(mode)).short
        worked = time.process_time()
        seconds = _timed(office, short, RECORDS)
        return seconds, time.process_time() - worked


def _disk() -> Iterator[Figure]:
    """Bytes of the public database for each record, copied only and shown as well; bytes over the line."""
    log = PeerLog()
    log.publish(DISK)
    for mode, name in ((Mode.HIDDEN, "copied"), (Mode.SHOW, "copied and shown")):
        log.given = 0
        with _here(log) as (office, public):
            short = office.peers.pin(office.peers.meet(URL), Policy(mode)).short
            before = _size(public)
            _timed(office, short, DISK)
            yield Figure(f"disk of a record of 2 KB, {name}", (_size(public) - before) / DISK, "bytes")
    yield Figure("  over the line, not compressed", log.given / DISK, "bytes")


def _size(public: PublicDatabase) -> int:
    public.settle()
    return Path(public.address.removeprefix("sqlite:///")).stat().st_size


def _growth() -> Iterator[Figure]:
    first = 0.0
    for known in KNOWN:
        taken = _beside(known)
        first = first or taken
        target = None if known == KNOWN[0] else first * TARGET_GROWTH
        yield Figure(f"pull of {NEW} new beside {known:,} known", taken, "ms", target=target)


def _beside(known: int) -> float:
    """Milliseconds of the fastest of five pulls of a hundred new records each: noise only adds."""
    log = PeerLog(known)
    with _here(log) as (office, public):
        short = office.peers.pin(office.peers.meet(URL), Policy(Mode.SHOW)).short
        stock(public, log, short)
        taken = []
        for _ in range(5):
            log.publish(NEW)
            taken.append(_timed(office, short, NEW) * 1000)
    return min(taken)


def _timed(office: FederationOffice, short: str, wanted: int) -> float:
    started = time.perf_counter()
    pulled = office.puller.pull(short)
    taken = time.perf_counter() - started
    if (pulled.entries, pulled.trouble) != (wanted, ""):
        raise RuntimeError(f"a pull of {wanted} gave {pulled.to_json()}")
    return taken


@contextmanager
def _here(getter: Getter) -> Iterator[tuple[FederationOffice, PublicDatabase]]:
    own = identity_of({"created": "2026-11-01", "key": base64_of(b"k" * 32), "origin": "own.example/air-log"})
    taxonomy = load()
    assert taxonomy.countries  # read once, before anything is measured
    with TemporaryDirectory() as folder:
        public = PublicDatabase(f"sqlite:///{folder}/public.sqlite")
        migrate.upgrade(public, Side.PUBLIC)
        yield open_office(public, getter, own, taxonomy, lambda: datetime.now(UTC)), public
        public.close()


class Counted:
    """A connection that counts the bytes of both directions."""

    def __init__(self, line: socket.socket, counts: list[int]) -> None:
        self._line, self._counts = line, counts

    def sendall(self, data: bytes) -> None:
        """Send and count."""
        self._counts[0] += len(data)
        self._line.sendall(data)

    def recv_into(self, buffer: bytearray) -> int:
        """Take and count."""
        count = self._line.recv_into(buffer)
        self._counts[0] += count
        return count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)


def _idle() -> list[Figure]:
    """Bytes of question and answer, with headers, of a look at a node that has nothing new."""
    counts = [0]

    def dial(place: tuple[str, int], seconds: float) -> socket.socket:
        return cast(socket.socket, Counted(socket.create_connection(place, seconds), counts))

    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        command(folder, "init")
        command(folder, "worker", "--once")
        with node_server(folder) as server, _here(Fetcher(loopback=True, dial=dial)) as (office, _):
            met = office.peers.meet(f"http://127.0.0.1:{server.port}")
            short = office.peers.pin(met, Policy(Mode.SHOW)).short
            office.puller.pull(short)
            counts[0] = 0
            _timed(office, short, 0)
            weighed, worked = counts[0], time.process_time()
            for _ in range(LOOKS):
                _timed(office, short, 0)
            worked = time.process_time() - worked
    return [
        Figure("a look at a node with nothing new", weighed, "bytes", target=TARGET_IDLE),
        Figure("  work of the reader", worked / LOOKS * 1000, "ms"),
    ]


if __name__ == "__main__":
    print(table(measure()))
