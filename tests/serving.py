"""Web servers on this machine, each in a thread, for as long as a test needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from threading import Thread
from wsgiref.types import WSGIApplication

from werkzeug.serving import WSGIRequestHandler, make_server


class Silent(WSGIRequestHandler):
    """Logs no requests: a thousand such lines hide what a failed test has to say."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def running(server: BaseServer) -> Iterator[None]:
    """Let a server answer; it is closed at the end."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def on_port(app: WSGIApplication, port: int = 0) -> Iterator[int]:
    """An application over HTTP, at any free port or at the one that it speaks of; gives the port."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Silent)
    with running(server):
        yield server.server_port


@contextmanager
def handled_by(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server whose requests go to such a handler; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with running(server):
        yield f"http://127.0.0.1:{server.server_port}"
