"""Nodes to measure: a folder, the commands run on it, and a server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

CORPORA = Path(__file__).parent.parent.parent / "shared" / "data"
COMMONS = [sys.executable, "-m", "web.cli"]
WIDE = "1000000"
START_LIMIT = 30.0
"""Seconds after which a server that does not answer is a failure."""


@dataclass(frozen=True, slots=True)
class Run:
    """How long a command took, in seconds, and the most memory it held, in MB."""

    seconds: float
    peak_mb: float
    output: str


def environment(folder: Path) -> dict[str, str]:
    """The environment of a node in this folder.

    One program asks for more than any may in earnest, so limits are wide; counting costs what it costs.
    """
    return os.environ | {"COMMONS_DATA_DIR": str(folder), "COMMONS_LIMITS_PERCENT": WIDE}


def command(folder: Path, *arguments: str) -> Run:
    """Run ``commons`` on a node; raises when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [*COMMONS, *arguments],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"commons {' '.join(arguments)} failed")
    return Run(time.perf_counter() - started, usage.ru_maxrss / 1024, output)


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; ``started_after`` is seconds from the command to the first answer."""

    port: int
    pid: int
    started_after: float

    def connection(self) -> HTTPConnection:
        """A connection to it."""
        return HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def serving(
    arguments: list[str], port: int, probe: str, env: dict[str, str] | None = None
) -> Iterator[Server]:
    """A server process, ended at the end."""
    started = time.perf_counter()
    process = subprocess.Popen(arguments, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_answer(port, probe, started)
        yield Server(port, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def node_server(folder: Path, *options: str) -> Iterator[Server]:
    """``commons serve`` on a node, with one web process."""
    port = free_port()
    arguments = [*COMMONS, "serve", "--port", str(port), *options]
    with serving(arguments, port, "/healthz", environment(folder)) as server:
        yield server


def memory_mb(pid: int) -> tuple[float, float]:
    """Memory of a process and all its children: (proportional, resident added up), in MB.

    Forked processes share pages; the proportional size counts a shared page once in the sum.
    """
    parent = psutil.Process(pid)
    family = [parent, *parent.children(recursive=True)]
    proportional = sum(member.memory_full_info().pss for member in family)
    resident = sum(member.memory_info().rss for member in family)
    return proportional / 2**20, resident / 2**20


def _wait_for_answer(port: int, probe: str, started: float) -> None:
    while time.perf_counter() - started < START_LIMIT:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", probe)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nothing answered on port {port}")
