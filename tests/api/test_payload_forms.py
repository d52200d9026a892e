"""Payloads over real HTTP: in lines of JSON, and as bytes to who asks for them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator

import pytest

from registry.ledger.payload_parts import MEDIA_TYPE, unpacked
from tests.api.conftest import _node
from tests.api.live import Caller, serving
from tests.api.test_ledger import fill


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    with _node(tmp_path_factory.mktemp("log") / "node") as node:
        fill(node)
        with serving(node) as port:
            yield Caller(port)


def test_payloads_come_as_bytes_to_who_asks_for_them(log: Caller) -> None:
    """And in lines to all others: older nodes ask for JSON, browsers for anything."""
    path = "/ledger/payloads?from=0&to=4"
    lines = log.get(path)
    told = [json.loads(line) for line in lines.body.splitlines()]
    answer = log.get(path, Accept=f"{MEDIA_TYPE}, application/x-ndjson;q=0.5")
    assert (answer.headers["Content-Type"], answer.headers["Vary"]) == (MEDIA_TYPE, "Accept")
    assert list(unpacked(answer.body)) == [
        (line["index"], *(b64decode(line.get(name, "")) for name in ("salt", "payload"))) for line in told
    ]
    assert "erased" in told[2]
    for accept in ("application/json", "*/*", f"{MEDIA_TYPE};q=0.1, application/x-ndjson"):
        other = log.get(path, Accept=accept)
        assert (other.headers["Content-Type"], other.body) == ("application/x-ndjson", lines.body)
        assert (other.headers["Vary"], other.headers["ETag"]) == ("Accept", lines.headers["ETag"])
    assert answer.headers["ETag"] != lines.headers["ETag"]
