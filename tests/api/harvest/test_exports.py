"""Dumps at /exports/: stable addresses, ``latest``, ranges, and 410 once something was erased."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from threading import Event

from flask.testing import FlaskClient

from api.node import Node
from search import Indexer
from tests.api.harvest.filled import erase, shelf_of
from tests.api.stock import identifier, keep, stock
from web.app import create_app
from web.worker import Worker


def made(node: Node) -> tuple[Node, FlaskClient]:
    """The node with dumps switched on, after its worker looked once, and a client."""
    shelf = shelf_of(node)
    sharing = replace(node, exports=shelf)
    keep(node, stock(12))
    Worker(sharing, Indexer(node.settings.index_dir, node.taxonomy)).drain()
    return sharing, create_app(sharing).test_client()


def test_before_the_first_snapshot_the_list_is_empty(client: FlaskClient) -> None:
    assert client.get("/exports/").get_json() == {"items": [], "next": None, "latest": {}}
    assert client.get("/exports/latest/records.csv").status_code == 404


def test_latest_leads_to_an_address_that_stays(node: Node) -> None:
    _, client = made(node)
    answer = client.get("/exports/latest/records.ndjson.gz")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/exports/2026-11-24-12/records.ndjson.gz",
    )
    whole = client.get("/exports/latest/records.ndjson.gz", follow_redirects=True, buffered=True)
    assert len(gzip.decompress(whole.data).splitlines()) == 12
    listed = client.get("/exports/").get_json()["items"]
    assert [one["name"] for one in listed] == ["2026-11-24-12"]
    assert client.get("/exports/2026-11-24-12/", buffered=True).get_json()["files"] == listed[0]["files"]


def test_a_file_is_read_in_parts_and_not_twice(node: Node) -> None:
    _, client = made(node)
    address = "/exports/2026-11-24-12/records.csv"
    whole = client.get(address, buffered=True)
    part = client.get(address, headers={"Range": "bytes=3-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, whole.data[3:10])
    again = client.get(address, headers={"If-None-Match": whole.headers["ETag"]}, buffered=True)
    assert again.status_code == 304
    assert whole.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_after_an_erasure_the_address_says_gone_at_once(node: Node) -> None:
    sharing, client = made(node)
    erase(node, identifier(3))
    for address in ("/exports/2026-11-24-12/records.csv", "/exports/2026-11-24-12/"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert client.get("/exports/latest/records.csv").status_code == 404
    Worker(sharing, Indexer(node.settings.index_dir, node.taxonomy)).drain()
    newest = client.get("/exports/latest/records.csv", follow_redirects=True, buffered=True)
    assert newest.status_code == 200
    assert identifier(3).encode() not in newest.data
    assert identifier(4).encode() in newest.data


def test_no_other_file_of_the_node_is_given_out(node: Node) -> None:
    _, client = made(node)
    for address in ("/exports/../node.key", "/exports/%2e%2e/node.key", "/exports/2026-11-24-12/node.key"):
        assert client.get(address).status_code == 404


def test_the_worker_makes_them_beside_its_other_work(node: Node) -> None:
    sharing, client = made(node)
    stop = Event()
    stop.set()
    Worker(sharing, Indexer(node.settings.index_dir, node.taxonomy)).run(stop)
    manifest = json.loads(
        client.get("/exports/latest/manifest.json", follow_redirects=True, buffered=True).data
    )
    assert manifest["records"] == 12
    checkpoint = client.get("/exports/latest/checkpoint", follow_redirects=True, buffered=True)
    assert checkpoint.data == node.log.newest_note()
    assert checkpoint.data.count(b"\n") == 5, "three lines of text, an empty one, and a signature"
