"""The other node behind a real web server, for processes that are killed while they read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from tests.registry.federation.other_node import OtherNode
from tests.serving import handled_by


@contextmanager
def serving(node: OtherNode) -> Iterator[str]:
    """Serve it on this machine; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: int(values[0]) for name, values in parse_qs(parts.query).items()}
            body = node.served(parts.path, query)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Nothing: what was asked is in the test."""

    with handled_by(Handler) as node.url:
        yield node.url
