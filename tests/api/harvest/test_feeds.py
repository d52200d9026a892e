"""Feeds: the newest changes, retractions as updated entries, and what a reader of others makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from flask.testing import FlaskClient

from api.harvest.feeds import ENTRIES
from api.node import Node
from registry.record import store
from registry.record.types import Because, RecordState
from tests.api.harvest.filled import ERASED, erase, fill
from tests.api.live import serving
from tests.api.stock import identifier, index, keep, stock
from tests.outside import packages

READER = Path(packages.__file__).with_name("read_feed.py")
NEWS = date(2026, 12, 24)


def items(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/feeds/feed.json{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/feed+json"
    return answer.get_json()["items"]


def retract(node: Node, record_id: str) -> None:
    with node.public.work() as session:
        record = store.load(session, record_id)
        because = Because("wrong", "It was a spreadsheet.")
        store.revise(session, replace(record, state=RecordState.RETRACTED, because=because, modified=NEWS))
    index(node)


def numbers(found: list[dict[str, Any]]) -> list[str]:
    return [item["url"].rpartition("/")[2] for item in found]


def test_the_newest_changes_come_first(client: FlaskClient, node: Node) -> None:
    keep(node, stock(70))
    assert numbers(items(client)) == [identifier(n) for n in range(69, 69 - ENTRIES, -1)]


def test_a_retraction_is_an_updated_entry(client: FlaskClient, node: Node) -> None:
    keep(node, stock(70))
    before = {item["id"]: item for item in items(client, "?source=own")}
    retract(node, identifier(3))
    first = items(client)[0]
    assert first["title"] == "Retracted: Case 3 of a counting machine"
    assert first["content_text"].startswith("Retracted. wrong. It was a spreadsheet.")
    assert first["date_modified"] == "2026-12-24T00:00:00Z"
    assert first["id"] in before, "the same entry, not another one"
    assert items(client, "?source=own")[0] == first


def test_an_erased_record_is_gone_and_its_grave_is_told(client: FlaskClient, node: Node) -> None:
    keep(node, stock(10))
    erase(node, identifier(3))
    assert identifier(3) not in numbers(items(client))
    root = ET.fromstring(client.get("/feeds/atom.xml").data)  # noqa: S314 - our own answer
    grave = root.find("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert grave is not None
    assert grave.attrib["ref"].endswith(f":{identifier(3)}")
    narrowed = client.get("/feeds/atom.xml?source=own").data
    assert b"deleted-entry" not in narrowed


def test_a_search_narrows_its_feed(client: FlaskClient, node: Node) -> None:
    keep(node, stock(130))
    wanted = [r.id for r in stock(130) if r.provenance.source == "avid"]
    found = numbers(items(client, "?source=avid&sort=date&limit=1"))
    assert found == wanted[::-1][:ENTRIES]
    assert not items(client, "?q=nothingofthekind")


def test_a_wrong_search_is_refused_by_name(client: FlaskClient) -> None:
    answer = client.get("/feeds/atom.xml?colour=red")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/colour"]


def test_whoever_has_it_gets_nothing_again(client: FlaskClient, node: Node) -> None:
    keep(node, stock(3))
    tag = client.get("/feeds/atom.xml").headers["ETag"]
    again = client.get("/feeds/atom.xml", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_reader_of_others_takes_it(node: Node, client: FlaskClient) -> None:
    fill(node)
    retract(node, identifier(7))
    with serving(node) as port:
        told = _read(f"http://127.0.0.1:{port}/feeds/atom.xml")
    assert (told["faults"], told["version"], told["title"]) == ("", "atom10", node.settings.node_name)
    entries = told["entries"]
    assert len(entries) == ENTRIES - len(ERASED)
    assert entries[0]["title"] == "Retracted: Case 7 of a counting machine"
    assert [one["id"] for one in entries] == [one["id"] for one in items(client)]
    assert {one["updated"] for one in entries} == {one["date_modified"] for one in items(client)}


def _read(url: str) -> dict[str, Any]:
    command = [sys.executable, str(READER), url]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def test_the_page_of_a_search_links_to_its_feed(client: FlaskClient, node: Node) -> None:
    keep(node, stock(3))
    page = client.get("/fr/?source=own").get_data(as_text=True)
    assert page.count('href="/feeds/atom.xml?source=own"') == 2
