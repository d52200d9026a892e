"""Three harvesters that nobody here wrote read a real node by OAI-PMH, deletions and pages included."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.node import Node
from registry.sharing.harvest import Wanted
from tests.api.harvest.clients import REFUSED, harvested, identifiers
from tests.api.harvest.filled import ERASED, RECORDS, fill
from tests.api.live import serving


@pytest.fixture
def url(any_node: Node) -> Iterator[str]:
    """The address of a full node, on each engine in turn."""
    fill(any_node)
    with serving(any_node) as port:
        yield f"http://127.0.0.1:{port}/oai"


def test_two_harvesters_of_python_agree_with_what_is_kept(url: str, any_node: Node) -> None:
    told = harvested(url)
    first, second = told["sickle"], told["oaipmh"]
    kept = any_node.harvest.page(Wanted(), limit=1000).items
    assert first["ids"] == second["ids"] == [_oai(any_node, item.id) for item in kept]
    assert set(first["deleted"]) == set(second["deleted"]) == {_oai(any_node, one) for one in ERASED}
    assert first["titles"] == {_oai(any_node, i.id): [i.record.account.title] for i in kept if i.record}
    assert first["headers"] == first["commons"] == RECORDS
    assert first["without_deleted"] == RECORDS - len(ERASED)
    for kind in ("type", "source"):
        assert sum(n for name, n in first["sets"].items() if name.startswith(kind)) == RECORDS
    assert first["formats"] == ["oai_dc", "commons"]
    assert first["policy"] == "persistent"
    assert first["one"] == first["ids"][0]
    assert first["refused"] == REFUSED
    assert second["name"] == any_node.settings.node_name
    assert second["mail"] == [any_node.settings.contact_address]


def test_the_harvester_of_debian_finds_as_many(url: str, any_node: Node) -> None:
    kept = {_oai(any_node, item.id) for item in any_node.harvest.page(Wanted(), limit=1000).items}
    assert identifiers(url) == kept


def _oai(node: Node, record_id: str) -> str:
    return f"oai:air-{node.identity.short.lower()}.incident-commons:{record_id}"
