"""Reading a log of somebody else: over HTTP and as files, partial tiles gone, servers busy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from registry.fetching import Fetcher
from registry.ledger.hashing import leaf_hash
from registry.ledger.reading import PayloadLine
from registry.ledger.refusal import Refused
from registry.ledger.sources import PAUSES, AddressSource, FolderSource
from registry.ledger.tiles import Tile, bundle
from tests.serving import handled_by

LEAVES = [str(number).encode() for number in range(256)]
HASHES = b"".join(leaf_hash(leaf) for leaf in LEAVES)
LINES = [
    {"index": 0, "commitment": "a" * 64, "salt": "AAAA", "payload": "e30="},
    {"index": 1, "commitment": "b" * 64, "erased": True},
    {"index": 2, "commitment": None, "erased": False},
]


@contextmanager
def serving(answers: dict[str, list[tuple[int, bytes]]]) -> Iterator[str]:
    """A server that gives these answers one after the other, the last again and again; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            left = answers.get(self.path, [(404, b"")])
            status, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    with handled_by(Handler) as address:
        yield f"{address}/ledger"


def source(address: str, waited: list[float]) -> AddressSource:
    return AddressSource(address, Fetcher(loopback=True), waited.append)


def test_a_partial_tile_that_went_is_cut_from_the_complete_one(tmp_path: Path) -> None:
    files = {"/ledger/tile/entries/000": [(200, bundle(LEAVES))], "/ledger/tile/0/000": [(200, HASHES)]}
    waited: list[float] = []
    with serving(files) as address:
        log = source(address, waited)
        assert log.tile(Tile(None, 0, 5)) == bundle(LEAVES[:5])
        assert log.tile(Tile(0, 0, 5)) == HASHES[: 5 * 32]
        with pytest.raises(Refused, match="404"):
            log.tile(Tile(1, 0, 1))
    assert waited == []
    (tmp_path / "tile/0").mkdir(parents=True)
    (tmp_path / "tile/0/000").write_bytes(HASHES)
    assert FolderSource(tmp_path).tile(Tile(0, 0, 5)) == HASHES[: 5 * 32]


def test_a_busy_server_is_asked_again_and_not_for_ever() -> None:
    answers = {
        "/ledger/checkpoint": [(429, b""), (503, b""), (200, b"note")],
        "/ledger/key": [(503, b"")],
    }
    waited: list[float] = []
    with serving(answers) as address:
        assert source(address, waited).checkpoint() == b"note"
        assert waited == list(PAUSES[:2])
        with pytest.raises(Refused, match=r"key could not be read \(503\)"):
            source(address, waited).key()
    assert waited == [*PAUSES[:2], *PAUSES]


def test_payloads_are_read_line_by_line() -> None:
    raw = b"".join(json.dumps(line).encode() + b"\n" for line in LINES)
    with serving({"/ledger/payloads?from=0&to=3": [(200, raw)]}) as address:
        assert list(source(address, []).payloads(0, 3)) == [
            PayloadLine(0, "a" * 64, bytes(3), b"{}"),
            PayloadLine(1, "b" * 64, None, None),
            PayloadLine(2, None, None, None),
        ]


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\n",
        b"[]\n",
        b"{}\n",
        b'{"index":"x","commitment":null}\n',
        b'{"index":1,"salt":1}\n',
        b'{"index":1,"commitment":"a","salt":"A","payload":"e30="}\n',
        b"\xff\n",
    ],
)
def test_a_broken_line_is_refused(raw: bytes) -> None:
    with (
        serving({"/ledger/payloads?from=0&to=3": [(200, raw)]}) as address,
        pytest.raises(Refused) as refused,
    ):
        source(address, []).payloads(0, 3)
    assert refused.value.reason == "payload-malformed"


def test_an_address_that_this_node_does_not_call_is_refused() -> None:
    with pytest.raises(Refused, match="address"):
        AddressSource("http://127.0.0.1:9/ledger", Fetcher()).checkpoint()
