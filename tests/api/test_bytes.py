"""Bytes that are no proper request, sent to the installed web server: refused in words, and never logged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from registry.config import Settings
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from tests.api.live import Caller
from tests.api.process import Served, commons_serve
from tests.api.stock import keep, stock
from tests.conftest import SettableClock
from web.setup import initialise
from web.wiring import build, close

CANARY = "zephyrine-ouedraogo"
"""Stands for a name: it may be in no log, wherever in a request it stood."""
READ = b"GET /api/v1/search?q=zephyrine-ouedraogo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
WRITE = (
    b"POST /api/v1/submissions?zephyrine-ouedraogo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
    b"Content-Type: application/json\r\n"
)
CHUNKED = WRITE + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
NAME = b'{"account": {"title": "zephyrine-ouedraogo"'

REFUSED: dict[str, tuple[bytes, int]] = {
    "no request at all": (b"\x00\x01zephyrine-ouedraogo\r\n\r\n", 400),
    "a request of HTTP 0.9": (b"GET /zephyrine-ouedraogo\r\n\r\n", 400),
    "bytes of no encoding in the address": (
        b"GET /\xff\xfezephyrine-ouedraogo HTTP/1.1\r\nHost: x\r\n\r\n",
        400,
    ),
    "an address too long": (b"GET /?q=" + CANARY.encode() * 500 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a header too long": (READ + b"X-Name: " + CANARY.encode() * 500 + b"\r\n\r\n", 431),
    "a header without end": (READ + b"X-Name: " + CANARY.encode() * 26_200, 431),
    "too many headers": (READ + b"".join(b"X-%d: a\r\n" % n for n in range(70)) + b"\r\n", 431),
    "NUL in a header": (READ + b"X-Name: zephyrine\x00-ouedraogo\r\n\r\n", 400),
    "a header over two lines": (READ + b"X-Name: a\r\n zephyrine-ouedraogo\r\n\r\n", 400),
    "two hosts": (READ + b"Host: zephyrine-ouedraogo\r\n\r\n", 400),
    "a length that is no number": (WRITE + b"Content-Length: zephyrine-ouedraogo\r\n\r\n", 400),
    "a negative length": (WRITE + b"Content-Length: -1\r\n\r\n", 400),
    "two lengths": (WRITE + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
    "a length and chunks": (WRITE + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "a body compressed on the way": (WRITE + b"Transfer-Encoding: gzip\r\n\r\n\x1f\x8b", 400),
    "an expectation that nobody knows": (
        WRITE + b"Expect: zephyrine-ouedraogo\r\nContent-Length: 2\r\n\r\n{}",
        417,
    ),
    "a chunk whose size is no number": (CHUNKED + b"zephyrine-ouedraogo\r\n{}\r\n0\r\n\r\n", 400),
    "the same on a connection to be kept": (
        WRITE + b"Transfer-Encoding: chunked\r\n\r\nzephyrine-ouedraogo\r\n{}\r\n0\r\n\r\n",
        400,
    ),
    "a chunk longer than it says": (CHUNKED + b"2\r\n" + NAME + b"\r\n0\r\n\r\n", 400),
    "a chunk that is cut off": (CHUNKED + b"ff\r\n" + NAME, 400),
    "a body of chunks that is cut off": (CHUNKED + b"2\r\n{}\r\n", 400),
    "chunks beyond the limit": (CHUNKED + b"f425e\r\n" + b" " * 1_000_030 + b"\r\n0\r\n\r\n", 413),
    "chunks whose tail is beyond the limit": (
        CHUNKED + b"f4242\r\n{}" + b" " * 1_000_000 + b"\r\n0\r\n\r\n",
        413,
    ),
    "a body beyond the limit": (WRITE + b"Connection: close\r\nContent-Length: 1000001\r\n\r\n", 413),
    "a body that breaks off": (WRITE + b"Connection: close\r\nContent-Length: 500\r\n\r\n" + NAME, 400),
}


@dataclass(frozen=True)
class Known:
    """The server and the token of a program that it knows."""

    served: Served
    token: str


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    settings, clock = Settings(data_dir=tmp_path_factory.mktemp("bytes") / "node"), SettableClock()
    initialise(settings, clock)
    node = build(settings, clock)
    keep(node, stock(3))
    node.private.directory.add_organization("Lake Health", "an organization like others")
    token = node.private.directory.add_client(
        "Lake Health", "a program", tuple(SCOPES), Way(bearer=True)
    ).token
    close(node)
    with commons_serve(settings.data_dir, "--no-worker", COMMONS_REQUEST_LOG="no") as served:
        yield Known(served, token)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_proper_request_gets_one_answer_in_words(known: Known, name: str) -> None:
    raw, status = REFUSED[name]
    answer = known.served.send(raw.replace(b"%s", known.token.encode()), then_stop=True)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1, answer
    assert head.startswith(b"HTTP/1.1 %d " % status), answer
    assert b"\r\nContent-Type: application/problem+json\r\n" in head + b"\r\n"
    problem = json.loads(body)
    assert problem["status"] == status
    assert problem["detail"].endswith(".")
    assert CANARY not in body.decode()


def test_a_body_in_proper_chunks_is_read(known: Known) -> None:
    raw = CHUNKED.replace(b"%s", known.token.encode()) + b"1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n"
    assert json.loads(known.served.send(raw).partition(b"\r\n\r\n")[2])["errors"][0]["pointer"] == "/account"


def test_after_all_this_it_serves_and_has_logged_nothing_of_it(known: Known) -> None:
    for raw, _ in REFUSED.values():
        known.served.send(raw.replace(b"%s", known.token.encode()), then_stop=True)
    assert Caller(known.served.port).get("/api/v1/search").json["total"] == 3
    lines = [json.loads(line) for line in known.served.log.read_text("utf-8").splitlines()]
    assert {line["status"] for line in lines if line["event"] == "request refused"} == {400, 414, 417, 431}
    for part in (CANARY, known.token, "127.0.0.1", "search", "submissions", "Traceback"):
        assert part not in known.served.log.read_text("utf-8"), part
