"""The installed ``commons serve`` as a process of its own: the web server that people run, not a test's."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMONS = Path(sys.executable).with_name("commons")


@contextmanager
def commons_serve(folder: Path, *options: str) -> Iterator[int]:
    """Serve the node in a folder; gives the port once the server has said that it is ready."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMONS_")}
    server = subprocess.Popen(
        [str(COMMONS), "serve", "--port", str(port), *options],
        env=kept | {"COMMONS_DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == f"Ready: http://127.0.0.1:{port}\n"
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert server.returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
