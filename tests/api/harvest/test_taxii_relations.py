"""The second collection of TAXII: how records of different nodes belong together."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from api.node import Node
from registry.federation.rules import Mode, Policy
from registry.record.ids import fixed_uuid, object_uuid
from registry.record.types import RecordState
from registry.sharing.stix_terms import MARKINGS
from tests.api.harvest.clients import require_each_once, walked
from tests.api.harvest.filled import relate
from tests.api.harvest.test_taxii import get
from tests.registry.federation.relating import pull
from tests.registry.federation.scene import Scene

ROOT = "/taxii2/api/collections/relations/"
OBJECTS = ROOT + "objects/"
RECORDS = "/taxii2/api/collections/records/objects/?limit=1000"
REFERRED = 3


def everything(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    """All objects beyond those that are always there, by pages of two."""
    found: list[dict[str, Any]] = []
    page = get(client, f"{OBJECTS}?limit=2{query}")
    while page.get("more"):
        found += page["objects"]
        page = get(client, f"{OBJECTS}?limit=2&next={page['next']}{query}")
    found += page.get("objects", [])
    assert len({one["id"] for one in found}) == len(found)
    return found if query else found[REFERRED:]


def ties(client: FlaskClient) -> list[dict[str, Any]]:
    return [one for one in everything(client) if one["type"] == "relationship"]


def test_a_node_without_claims_tells_only_of_itself(client: FlaskClient) -> None:
    whole = get(client, OBJECTS)["objects"]
    assert [one["type"] for one in whole] == ["marking-definition", "marking-definition", "identity"]


def test_it_is_a_relationship_by_the_node_whose_word_it_is(client: FlaskClient, scene: Scene) -> None:
    speaker, tie = everything(client)
    assert (speaker["type"], speaker["name"]) == ("identity", "Third Node")
    assert speaker["id"] == f"identity--{fixed_uuid('node/' + scene.third.identity.short)}"
    records = {one["id"]: one for one in get(client, RECORDS)["objects"]}
    source, target = records[tie["source_ref"]], records[tie["target_ref"]]
    named = [one["external_references"][0]["external_id"] for one in (source, target)]
    assert named == [scene.mine, scene.theirs]
    assert (tie["type"], tie["relationship_type"], tie["created_by_ref"]) == (
        "relationship",
        "same-as",
        speaker["id"],
    )
    assert tie["object_marking_refs"] == [one["id"] for one in MARKINGS]
    assert tie["external_references"][0]["external_id"] == f"{scene.third.identity.id}/{scene.position}"
    assert "revoked" not in tie
    assert get(client, f"{OBJECTS}{tie['id']}/")["objects"] == [tie]
    assert get(client, f"{OBJECTS}{speaker['id']}/")["objects"] == [speaker]
    assert get(client, f"{OBJECTS}?match[type]=relationship")["objects"] == [tie]


def test_what_is_taken_back_is_revoked_and_comes_to_whoever_goes_on(
    client: FlaskClient, scene: Scene
) -> None:
    (_, before) = everything(client)
    last = get(client, f"{ROOT}manifest/?limit=1000")["objects"][-1]["date_added"]
    assert everything(client, f"&added_after={last}") == []
    scene.back()
    (after,) = everything(client, f"&added_after={last}")
    assert (after["id"], after["revoked"]) == (before["id"], True)
    assert after["modified"] > before["modified"]
    assert (after["source_ref"], after["created"]) == (before["source_ref"], before["created"])
    dates = [one["date_added"] for one in get(client, f"{ROOT}manifest/?limit=1000")["objects"]]
    assert dates == sorted(set(dates))


def test_a_time_of_the_clock_misses_nothing_of_a_day_that_is_not_over(
    client: FlaskClient, scene: Scene
) -> None:
    day = scene.here.clock().date().isoformat()
    for moment in (f"{day}T00:00:00Z", f"{day}T23:59:59Z"):
        assert len(everything(client, f"&added_after={moment}")) == 2


def test_one_that_stands_again_has_a_new_id_and_joins_what_the_record_is_now(
    client: FlaskClient, scene: Scene
) -> None:
    (first,) = ties(client)
    scene.retract(scene.mine, RecordState.RETRACTED)
    scene.follower.follow()
    (rests,) = ties(client)
    assert (rests["id"], rests["revoked"]) == (first["id"], True)
    scene.retract(scene.mine, RecordState.REINSTATED)
    scene.follower.follow()
    again, old = ties(client)
    assert old["id"] == first["id"]
    assert old["revoked"]
    assert old["source_ref"] == old["target_ref"] == old["created_by_ref"]
    assert "revoked" not in again
    assert again["source_ref"] == f"incident--{object_uuid(scene.mine, 1)}"
    assert get(client, f"{OBJECTS}{old['id']}/")["objects"] == [old]


def test_an_erased_record_is_named_nowhere_at_once(client: FlaskClient, scene: Scene) -> None:
    (before,) = ties(client)
    scene.erase()
    for _ in range(2):
        (after,) = ties(client)
        assert (after["id"], after["revoked"], after["relationship_type"]) == (
            before["id"],
            True,
            "related-to",
        )
        assert after["modified"] > before["modified"]
        whole = json.dumps(get(client, f"{OBJECTS}?limit=1000"))
        for name in (scene.theirs, scene.mine, before["source_ref"], before["target_ref"]):
            assert name not in whole
        scene.follower.follow()


def test_a_node_that_is_not_heard_any_more_is_revoked(client: FlaskClient, scene: Scene) -> None:
    reader = scene.here.office.puller.reader()
    scene.here.office.peers.set_policy(scene.third.identity.short, Policy(Mode.HIDDEN), reader)
    assert [one.get("revoked") for one in ties(client)] == [True]
    scene.follower.follow()
    scene.here.office.peers.set_policy(scene.third.identity.short, Policy(Mode.SHOW), reader)
    scene.follower.follow()
    assert [one.get("revoked") for one in ties(client)] == [None, True]


def test_clients_of_others_find_everything_once(any_node: Node) -> None:
    """Where claims were made, taken back and made again."""
    scene = relate(any_node)
    for relation in ("part-of", "duplicate-of", "superseded-by"):
        for _ in range(20):
            scene.say(relation=relation)
    scene.back()
    scene.retract(scene.mine, RecordState.RETRACTED)
    scene.follower.follow()
    scene.retract(scene.mine, RecordState.REINSTATED)
    pull(scene.here, scene.third)
    scene.follower.follow()
    found = walked(any_node, "How", "relationship")
    require_each_once(found)
    assert len(found["manifest"]) == REFERRED + 1 + 1 + 2 * 60
    assert len(found["queried"]) == 1 + 2 * 60
    assert len(found["revoked"]) == 1 + 60
