"""The installed ``commons serve`` as a process of its own: the web server that people run, not a test's."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COMMONS = Path(sys.executable).with_name("commons")


@dataclass(frozen=True)
class Served:
    """A running server: its port, the file that takes what it logs, and its first process."""

    port: int
    log: Path
    pid: int

    def send(self, raw: bytes, *, then_stop: bool = False) -> bytes:
        """Send bytes as they are and read until the server ends the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(raw)
            if then_stop:
                connection.shutdown(socket.SHUT_WR)
            answer = bytearray()
            while piece := connection.recv(65536):
                answer += piece
            return bytes(answer)


@contextmanager
def commons_serve(folder: Path, *options: str, **variables: str) -> Iterator[Served]:
    """Serve the node in a folder, from the moment that it says it is ready.

    ``variables`` are settings by their names in the environment; without any there are no limits.
    """
    log = folder.with_suffix(".log")
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMONS_")}
    with log.open("wb") as errors:
        server = subprocess.Popen(
            [str(COMMONS), "serve", "--port", str(port), *options],
            env=kept | {"COMMONS_DATA_DIR": str(folder), "COMMONS_LIMITS_PERCENT": "0"} | variables,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == f"Ready: http://127.0.0.1:{port}\n"
        yield Served(port, log, server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert server.returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
