"""A mail server for tests: says what it is told to say, and keeps what it takes."""

from __future__ import annotations

import socket
import ssl
from typing import Any

from aiosmtpd.controller import Controller

LOOPBACK = "127.0.0.1"


class Post:
    """What a server does with a message: keep it, or say what it was told to say."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.greeted: list[str] = []
        self.says = {"rcpt": "", "data": ""}

    async def handle_EHLO(self, _s: Any, session: Any, _e: Any, name: str, answers: Any) -> Any:  # noqa: N802 - a name that aiosmtpd gave
        session.host_name = name
        self.greeted.append(name)
        return answers

    async def handle_RCPT(self, _s: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - a name that aiosmtpd gave
        envelope.rcpt_tos.append(address)
        return self.says["rcpt"] or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - a name that aiosmtpd gave
        if not self.says["data"]:
            self.kept.append(envelope)
        return self.says["data"] or "250 OK"


def serving(post: Post, *, implicit: ssl.SSLContext | None = None, **options: Any) -> Controller:
    """A started server."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    server = Controller(post, hostname=LOOPBACK, port=port, ssl_context=implicit, **options)
    server.start()
    return server


class Implicit(Controller):
    """Speaks TLS at once; looks whether it is up with a client that trusts its certificate."""

    def __init__(self, post: Post, context: ssl.SSLContext, trusting: ssl.SSLContext, port: int) -> None:
        super().__init__(post, hostname="localhost", port=port, ssl_context=context)
        self._trusting = trusting

    def _trigger_server(self) -> None:
        """Make one connection, as the base class does, but checked."""
        with (
            socket.create_connection(("localhost", self.port), 5) as raw,
            self._trusting.wrap_socket(raw, server_hostname="localhost") as safe,
        ):
            safe.recv(1024)
