"""The second repository of OAI-PMH: what nodes say of how records belong together."""

from __future__ import annotations

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from api.harvest.oai import PAGE
from api.node import Node
from registry.record.types import RecordState
from tests.api.harvest.clients import REFUSED, harvested, identifiers
from tests.api.harvest.filled import relate
from tests.api.harvest.test_oai import NS, back, code, ids
from tests.api.harvest.test_oai import ask as ask_at
from tests.api.live import serving
from tests.registry.federation.relating import pull
from tests.registry.federation.scene import Scene

LIST = "verb=ListRecords&metadataPrefix=commons"


def ask(client: FlaskClient, query: str) -> Element:
    return ask_at(client, query, "/oai/relations")


def named(node: Node, local: str) -> str:
    """An identifier of this repository."""
    return f"oai:air-{node.identity.short.lower()}.incident-commons:{local}"


def identifier(node: Node, scene: Scene) -> str:
    return named(node, f"relation/{scene.third.identity.short}/{scene.position}")


def deleted(root: Element) -> list[str]:
    found = root.findall(".//o:header[@status='deleted']", NS)
    return [one.findtext("o:identifier", "", NS) for one in found]


def test_a_node_without_claims_has_no_items(client: FlaskClient) -> None:
    assert code(ask(client, LIST)) == "noRecordsMatch"
    assert code(ask(client, "verb=ListSets")) == "noSetHierarchy"
    assert ask(client, "verb=Identify").findtext(".//o:baseURL", "", NS).endswith("/oai/relations")


def test_a_claim_is_an_item_with_whose_word_it_is(client: FlaskClient, node: Node, scene: Scene) -> None:
    root = ask(client, LIST)
    assert ids(root) == [identifier(node, scene)]
    found = root.find(".//o:metadata/fn:map", NS)
    assert found is not None
    assert [back(found)] == scene.lines()
    plain = ask(client, f"verb=GetRecord&metadataPrefix=oai_dc&identifier={identifier(node, scene)}")
    assert plain.findtext(".//dc:creator", "", NS) == "Third Node"
    assert [one.text for one in plain.findall(".//dc:relation", NS)] == [
        f"{node.settings.base_url}/records/{one}" for one in (scene.mine, scene.theirs)
    ]
    (name,) = ask(client, "verb=ListSets").findall(".//o:setSpec", NS)
    assert name.text == f"source:{scene.third.identity.id}"
    assert ids(ask(client, f"{LIST}&set={name.text}")) == [identifier(node, scene)]
    assert root.findtext(".//o:setSpec", "", NS) == name.text
    for other in ("source:own", f"source:{scene.third.identity.short}", "source:" + "A" * 52, "type:report"):
        assert code(ask(client, f"{LIST}&set={other}")) == "noRecordsMatch"


@pytest.mark.parametrize("local", ["relation/{0}/99", "relation/{0}/x", "relation/{0}/-1", "{1}"])
def test_what_was_never_said_is_not_there(client: FlaskClient, node: Node, scene: Scene, local: str) -> None:
    asked = named(node, local.format(scene.third.identity.short, scene.mine))
    assert code(ask(client, f"verb=GetRecord&metadataPrefix=oai_dc&identifier={asked}")) == "idDoesNotExist"


def test_what_is_taken_back_is_deleted_on_the_day_of_that(
    client: FlaskClient, node: Node, scene: Scene
) -> None:
    before = scene.here.clock().date()
    scene.here.clock.forward(days=4)
    later = before + timedelta(days=4)
    assert code(ask(client, f"{LIST}&from={later}")) == "noRecordsMatch"
    scene.back()
    root = ask(client, f"{LIST}&from={later}")
    assert deleted(root) == [identifier(node, scene)]
    assert root.findtext(".//o:datestamp", "", NS) == later.isoformat()
    assert root.find(".//o:metadata", NS) is None
    assert code(ask(client, f"{LIST}&until={before}")) == "noRecordsMatch"


def test_it_comes_back_when_its_record_is_reinstated(client: FlaskClient, node: Node, scene: Scene) -> None:
    scene.retract(scene.mine, RecordState.RETRACTED)
    scene.follower.follow()
    assert deleted(ask(client, LIST)) == [identifier(node, scene)]
    scene.retract(scene.mine, RecordState.REINSTATED)
    scene.follower.follow()
    root = ask(client, LIST)
    assert (ids(root), deleted(root)) == ([identifier(node, scene)], [])


def test_an_erased_record_is_named_nowhere_at_once(client: FlaskClient, node: Node, scene: Scene) -> None:
    scene.erase()
    for _ in range(2):
        for prefix in ("oai_dc", "commons"):
            whole = client.get(f"/oai/relations?verb=ListRecords&metadataPrefix={prefix}")
            assert scene.theirs.encode() not in whole.data
            assert scene.mine.encode() not in whole.data
        assert deleted(ask(client, LIST)) == [identifier(node, scene)]
        scene.follower.follow()


@pytest.fixture
def many(any_node: Node) -> Scene:
    """More than a page of claims, one of them taken back."""
    scene = relate(any_node)
    for _ in range(PAGE + 20):
        scene.say(relation="part-of")
    pull(scene.here, scene.third)
    scene.follower.follow()
    scene.back()
    return scene


def test_harvesters_of_others_agree(any_node: Node, many: Scene) -> None:
    with serving(any_node) as port:
        url = f"http://127.0.0.1:{port}/oai/relations"
        told, third = harvested(url), identifiers(url)
    first, second = told["sickle"], told["oaipmh"]
    taken_back = identifier(any_node, many)
    assert first["ids"] == second["ids"]
    assert len(set(first["ids"])) == len(first["ids"]) == PAGE + 21
    assert first["deleted"] == second["deleted"] == [taken_back] == first["ids"][-1:]
    assert first["commons"] == first["headers"] == PAGE + 21
    assert first["sets"] == {f"source:{many.third.identity.id}": PAGE + 21}
    assert first["refused"] == REFUSED
    assert third == set(first["ids"])
