"""Lines between nodes that can be cut: a relay on a socket of its own that a test holds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Final

PIECE: Final = 4096


class Line:
    """Carries what comes to its port to another one. ``left`` are the bytes of answers until it is cut."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._door = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._serve)
        self._thread.start()
        self.left: int | None = None
        self.carried = 0

    @property
    def url(self) -> str:
        """The address of this end."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def cut(self, after: int = 0) -> None:
        """Let so many bytes of answers through, and then nothing."""
        self.left = after

    def heal(self) -> None:
        """Carry everything again."""
        self.left = None

    def close(self) -> None:
        """Listen no more."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            with near, suppress(OSError):
                self._carry(near)

    def _carry(self, near: socket.socket) -> None:
        """One question and its answer; the one who asks closes (``Connection: close``)."""
        if self.left == 0:
            return
        with socket.create_connection(("127.0.0.1", self._target), timeout=10) as far:
            far.sendall(near.recv(65_536))
            while piece := far.recv(PIECE):
                whole = piece if self.left is None else piece[: self.left]
                near.sendall(whole)
                self.carried += len(whole)
                if self.left is not None:
                    self.left -= len(whole)
                    if self.left == 0:
                        return


@contextmanager
def line(target: int) -> Iterator[Line]:
    """A line to a port of this machine."""
    made = Line(target)
    try:
        yield made
    finally:
        made.close()
