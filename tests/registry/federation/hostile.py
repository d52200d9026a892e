"""The other node behind a real socket, where any address may be answered by something that means no good."""

from __future__ import annotations

import socketserver
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit

from registry.fetching import FetchFailed
from tests.registry.federation.other_node import OtherNode
from tests.serving import running

OK = b"HTTP/1.1 200 OK\r\n"
PIECE = b"\x00\x01" * 32_768
Say = Callable[[Callable[[bytes], None], bytes], None]
"""Answers: gets a way to send bytes and the honest document."""


def endless(send: Callable[[bytes], None], _honest: bytes) -> None:
    """A document that never ends."""
    send(OK + b"\r\n")
    while True:
        send(PIECE)


def drip(send: Callable[[bytes], None], honest: bytes) -> None:
    """The honest document, a byte every twentieth of a second."""
    send(OK + b"Content-Length: %d\r\n\r\n" % len(honest))
    for at in range(len(honest)):
        send(honest[at : at + 1])
        time.sleep(0.05)


def silent(_send: Callable[[bytes], None], _honest: bytes) -> None:
    """Nothing."""


def torn(send: Callable[[bytes], None], honest: bytes) -> None:
    """Half of what was promised."""
    send(OK + b"Content-Length: %d\r\n\r\n" % len(honest) + honest[: len(honest) // 2])


def elsewhere(send: Callable[[bytes], None], _honest: bytes) -> None:
    """A way to this machine's own neighbours."""
    send(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")


def unasked(send: Callable[[bytes], None], _honest: bytes) -> None:
    """That nothing changed since nothing was read."""
    send(b"HTTP/1.1 304 Not Modified\r\n\r\n")


def says(document: bytes | Callable[[bytes], bytes]) -> Say:
    """Another document, or what is made of the honest one."""

    def say(send: Callable[[bytes], None], honest: bytes) -> None:
        body = document if isinstance(document, bytes) else document(honest)
        send(OK + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return say


class HostileNode(OtherNode):
    """Answers an address whose last name begins with a key of ``manners`` in that manner.

    One that ``grows`` publishes a record more whenever its entries are read.
    """

    def __init__(self) -> None:
        super().__init__(seed=3, name="Hostile")
        self.manners: dict[str, Say] = {}
        self.grows = False

    def answer(self, target: str, send: Callable[[bytes], None]) -> None:
        """The bytes at an address, as the manners have it."""
        parts = urlsplit(target)
        query = {name: int(values[0]) for name, values in parse_qs(parts.query).items()}
        name = parts.path.removeprefix("/ledger/").removeprefix("/.well-known/")
        if self.grows and name.startswith("tile"):
            self.publish(1)
        try:
            honest = self.served(parts.path, query)
        except FetchFailed:
            honest = b""
        said = next((say for start, say in self.manners.items() if name.startswith(start)), says(honest))
        said(send, honest)


@contextmanager
def on_a_socket(node: HostileNode) -> Iterator[str]:
    """Serve it on this machine; gives its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                asked = self.request.recv(65_536)
                node.answer(asked.split(b" ")[1].decode("ascii"), self.request.sendall)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server = Server(("127.0.0.1", 0), Handler)
    node.url = f"http://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield node.url
