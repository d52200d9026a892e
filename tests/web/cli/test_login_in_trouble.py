"""``commons login`` and ``commons token`` at a node that stumbles: they wait, or say how long to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.serving import running

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[3]
TOKENS = {"access_token": "a.b.c", "token_type": "Bearer", "expires_in": 600, "refresh_token": "r"}
Answer = tuple[int, dict[str, str], dict[str, Any]] | None
"""Status, headers and body; None breaks the line without a word."""


class Stumbling(ThreadingHTTPServer):
    """What a program sees of a node: its description, a device code, and the given answers for tokens."""

    def __init__(self, answers: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.asked = answers, 0
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Stumbling

    def do_GET(self) -> None:
        names = ("token", "device_authorization", "revocation", "introspection")
        self._tell(
            200, {}, {"issuer": self.server.url, **{f"{n}_endpoint": f"{self.server.url}/{n}" for n in names}}
        )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/device_authorization":
            waits = {"device_code": "d", "user_code": "BCDF-GHJK", "interval": 0, "expires_in": 60}
            self._tell(200, {}, waits | {"verification_uri": f"{self.server.url}/device"})
            return
        answer = self.server.answers[self.server.asked]
        self.server.asked += 1
        if answer is None:
            self.close_connection = True
            self.connection.close()
            return
        self._tell(*answer)

    def _tell(self, status: int, headers: dict[str, str], body: dict[str, Any]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_words: object) -> None:
        """Keep quiet."""


@contextmanager
def stumbling(answers: list[Answer]) -> Iterator[Stumbling]:
    server = Stumbling(answers)
    with running(server):
        yield server


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "web.cli", *words],
        cwd=ROOT,
        env=os.environ | {"COMMONS_LOGIN_DIR": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("trouble", [None, (503, {}, {}), (429, {}, {"error": "slow_down"})])
def test_a_poll_that_failed_is_asked_again(tmp_path: Path, trouble: Answer) -> None:
    with stumbling([trouble, (200, {}, TOKENS)]) as node:
        done = run(tmp_path, "login", node.url, "--client", "c")
    assert (done.returncode, node.asked) == (0, 2), done.stderr
    assert "Signed in." in done.stdout


def test_a_refusal_ends_the_waiting(tmp_path: Path) -> None:
    with stumbling([(400, {}, {"error": "access_denied"})]) as node:
        done = run(tmp_path, "login", node.url, "--client", "c")
    assert (done.returncode, node.asked) == (1, 1)
    assert "access_denied" in done.stderr


@pytest.mark.parametrize(
    ("header", "said"), [({"Retry-After": "30"}, "wait 30 seconds"), ({}, "wait a minute")]
)
def test_a_node_that_is_asked_too_often_says_how_long_to_wait(
    tmp_path: Path, header: dict[str, str], said: str
) -> None:
    with stumbling([(429, header, {"error": "temporarily_unavailable"})]) as node:
        port = node.server_address[1]
        kept = {"client_id": "c", "ends": 0, "access_token": "a", "refresh_token": "r"}
        (tmp_path / f"127.0.0.1-{port}.json").write_text(json.dumps(kept))
        done = run(tmp_path, "token", node.url)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "login" not in done.stderr
