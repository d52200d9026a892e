"""TAXII 2.1 at /taxii2/: media types, filters, and order; and clients that nobody here wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api.harvest.taxii import MEDIA
from api.node import Node
from registry.record import store
from registry.record.ids import object_uuid
from registry.record.types import Because, RecordState
from registry.sharing.stix_terms import DEFINITION, EXTENSION
from tests.api.harvest.clients import require_each_once, walked
from tests.api.harvest.filled import erase
from tests.api.stock import identifier, keep, stock

ROOT = "/taxii2/api/collections/records/"
OBJECTS = ROOT + "objects/"
FALLEN = (RecordState.RETRACTED, RecordState.REINSTATED)


def get(client: FlaskClient, address: str, **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["Content-Type"] == MEDIA
    return answer.get_json()


def everything(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    """All objects by pages of seven."""
    found: list[dict[str, Any]] = []
    page = get(client, f"{OBJECTS}?limit=7{query}")
    while True:
        found += page.get("objects", [])
        if not page.get("more"):
            return found
        page = get(client, f"{OBJECTS}?limit=7&next={page['next']}{query}")


def judge(node: Node, record_id: str, *states: RecordState) -> None:
    """Bring a record into these states, one after the other."""
    for state in states:
        with node.public.work() as session:
            record = store.load(session, record_id)
            because = Because("wrong", "A sheet did this.")
            store.revise(session, replace(record, state=state, because=because, modified=date(2026, 11, 24)))


def test_discovery_leads_to_the_collections(client: FlaskClient, node: Node) -> None:
    told = get(client, "/taxii2/", Accept=MEDIA)
    assert told["default"] == told["api_roots"][0] == f"{node.settings.base_url}/taxii2/api/"
    assert get(client, "/taxii2/api/")["versions"] == [MEDIA]
    found = get(client, "/taxii2/api/collections/")["collections"]
    assert [one["alias"] for one in found] == ["records", "relations"]
    assert len({one["id"] for one in found}) == 2
    for one in found:
        for name in (one["id"], one["alias"]):
            assert get(client, f"/taxii2/api/collections/{name}/") == one
        assert (one["can_read"], one["can_write"]) == (True, False)


@pytest.mark.parametrize("accept", ["text/html", "application/taxii+json;version=2.0", "application/json"])
def test_whoever_takes_another_type_is_told(client: FlaskClient, accept: str) -> None:
    answer = client.get("/taxii2/", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, MEDIA)
    assert answer.get_json()["http_status"] == "406"


@pytest.mark.parametrize(
    "query",
    [
        "limit=x",
        "limit=-1",
        "limit=1&limit=2",
        "next=x",
        "added_after=junk",
        "added_after=2026-13-01T00:00:00Z",
        "added_after=2026-11-24",
        "match[colour]=red",
        "match[id]=" + ",".join("x" * 200),
    ],
)
def test_a_wrong_parameter_is_refused_in_the_words_of_taxii(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{OBJECTS}?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, MEDIA)
    assert answer.get_json()["title"]


def test_what_is_not_here_is_not_found(client: FlaskClient) -> None:
    for address in (ROOT.replace("records", "others"), OBJECTS + "incident--1/", OBJECTS + "x/versions/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", OBJECTS, 405), ("GET", "/taxii2/other/", 404), ("GET", "/taxii2/api/?x=%ff", 400)],
)
def test_an_address_that_does_not_do_that_says_so_in_the_words_of_taxii(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, MEDIA)
    told = answer.get_json()
    assert set(told) == {"title", "description", "http_status"}
    assert told["http_status"] == str(status)
    assert ("Allow" in answer.headers) == (status == 405)


def test_every_page_size_gives_everything_once_and_in_order(client: FlaskClient, node: Node) -> None:
    keep(node, stock(20))
    whole = get(client, f"{OBJECTS}?limit=1000")
    assert "next" not in whole
    ids = [one["id"] for one in whole["objects"]]
    assert len(ids) == len(set(ids)) == 5 + 3 * 20
    assert [one["id"] for one in everything(client)] == ids
    manifest = get(client, f"{ROOT}manifest/?limit=1000")["objects"]
    assert [line["id"] for line in manifest] == ids
    dates = [line["date_added"] for line in manifest]
    assert dates == sorted(set(dates))


def test_objects_refer_only_to_what_is_there(client: FlaskClient, node: Node) -> None:
    keep(node, stock(12))
    objects = {one["id"]: one for one in everything(client)}
    for one in objects.values():
        refs = [*one.get("object_refs", ()), *one.get("object_marking_refs", ()), *one.get("extensions", ())]
        refs += [one["created_by_ref"]] if "created_by_ref" in one else []
        assert {ref for ref in refs if not ref.startswith("extension-definition--60a3c5c5")} <= set(objects)
    schema = Draft202012Validator(json.loads(DEFINITION["schema"]))
    for one in objects.values():
        if one["type"] == "incident":
            schema.validate(one["extensions"][EXTENSION])


def test_a_time_of_the_clock_misses_nothing_of_a_day_that_is_not_over(
    client: FlaskClient, node: Node
) -> None:
    keep(node, [replace(one, modified=date(2026, 11, 24)) for one in stock(4)])
    for at in ("2026-11-24T00:00:00Z", "2026-11-24T09:30:00.123456789Z", "2026-11-24T23:59:59Z"):
        assert len(everything(client, f"&added_after={at}")) == 12
    assert everything(client, "&added_after=2026-11-25T00:00:01Z") == []
    assert get(client, f"{OBJECTS}?added_after=2026-11-26T00:00:00Z") == {}


def test_filters_narrow(client: FlaskClient, node: Node) -> None:
    keep(node, stock(6))
    key = object_uuid(identifier(2), 0)
    (found,) = get(client, f"{OBJECTS}?match[id]=incident--{key}")["objects"]
    assert found["external_references"][0]["external_id"] == identifier(2)
    assert {one["type"] for one in everything(client, "&match[type]=incident,note")} == {"incident", "note"}
    assert len(everything(client, "&match[type]=identity")) == 2
    assert everything(client, "&match[type]=malware") == []
    assert everything(client, "&match[spec_version]=2.0") == []
    assert len(everything(client, "&match[version]=all,last")) == 5 + 18
    assert everything(client, f"&match[version]={found['modified']}&match[id]={found['id']}") == [found]
    assert get(client, f"{OBJECTS}{found['id']}/")["objects"] == [found]
    assert get(client, f"{OBJECTS}{found['id']}/versions/")["versions"] == [found["modified"]]


def test_markings_are_both_and_unchanged(client: FlaskClient, node: Node) -> None:
    keep(node, stock(1))
    objects = {one["id"]: one for one in everything(client)}
    clear = objects["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]
    white = objects["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"]
    assert (clear["name"], white["name"], white["definition"]) == ("TLP:CLEAR", "TLP:WHITE", {"tlp": "white"})
    marked = objects[f"incident--{object_uuid(identifier(0), 0)}"]
    assert marked["object_marking_refs"] == [clear["id"], white["id"]]


def test_reinstating_gives_a_new_id_and_the_old_one_stays_revoked(client: FlaskClient, node: Node) -> None:
    keep(node, stock(2))
    record_id = identifier(0)
    judge(node, record_id, RecordState.RETRACTED)
    old, new = (object_uuid(record_id, epoch) for epoch in (0, 1))
    first = {one["id"]: one for one in everything(client)}
    assert first[f"incident--{old}"]["revoked"]
    assert first[f"note--{old}"]["content"].startswith("Retracted. wrong.")
    judge(node, record_id, RecordState.REINSTATED)
    then = {one["id"]: one for one in everything(client)}
    assert "revoked" not in then[f"incident--{new}"]
    assert then[f"incident--{old}"]["revoked"]
    assert then[f"incident--{old}"]["name"] == "Erased record"
    assert then[f"incident--{old}"]["modified"] > first[f"incident--{old}"]["modified"]
    assert get(client, f"{OBJECTS}incident--{old}/")["objects"] == [then[f"incident--{old}"]]
    judge(node, record_id, *(FALLEN * 8))
    last = everything(client)
    assert len({one["id"] for one in last}) == len(last)
    assert f"incident--{object_uuid(record_id, 9)}" in {one["id"] for one in last}


def test_an_erased_record_leaves_revoked_ids_and_nothing_else(client: FlaskClient, node: Node) -> None:
    keep(node, stock(2))
    key = object_uuid(identifier(1), 0)
    before = get(client, f"{OBJECTS}incident--{key}/")["objects"][0]
    erase(node, identifier(1))
    after = get(client, f"{OBJECTS}incident--{key}/")["objects"][0]
    assert after["revoked"]
    assert after["modified"] > before["modified"]
    assert before["name"] not in json.dumps(after)
    assert not {"extensions", "description", "lang"} & set(after)
    whole = json.dumps(everything(client))
    assert before["name"] not in whole


def test_clients_of_others_find_everything_once(any_node: Node) -> None:
    """Where records changed, fell, stood again and were erased."""
    keep(any_node, stock(60))
    judge(any_node, identifier(10), *FALLEN)
    judge(any_node, identifier(11), RecordState.RETRACTED)
    erase(any_node, identifier(12), identifier(10))
    found = walked(any_node, "All", "incident")
    require_each_once(found)
    assert len(found["manifest"]) == 5 + 3 * 60 + 2
    assert len(found["queried"]) == 60 + 1
    states = {item.id: item.record for item in any_node.harvest.every()}
    fallen = [key for key, record in states.items() if record and record.state is RecordState.RETRACTED]
    assert len([one for one in found["revoked"] if one.startswith("incident")]) == len(fallen) + 2 + 1
