"""Three nodes: the third reads the first from the second's copy, and nobody hears anything twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from api.node import Node
from registry.federation.office import FederationOffice, open_office
from registry.federation.pulling import Pulled
from registry.federation.rules import Mode, Policy
from registry.fetching import Answer, FetchFailed, Why
from registry.ledger.tiles import WIDTH
from registry.record.node import create_node
from registry.record.types import RecordState
from tests.conftest import SettableClock
from tests.factories import settings_in
from tests.registry.federation.other_node import OtherNode
from web.app import create_app
from web.wiring import build, close


class Between:
    """Between nodes: the first is a log in memory, the others are whole applications."""

    def __init__(self, first: OtherNode) -> None:
        self.first = first
        self.apps: dict[str, FlaskClient] = {}
        self.cut = False

    def get(self, url: str, *, limit: int, seconds: float, tag: str = "") -> Answer:
        parts = urlsplit(url)
        if url.startswith(self.first.url):
            if self.cut:
                raise FetchFailed(Why.UNREACHABLE)
            return self.first.get(url, limit=limit, seconds=seconds, tag=tag)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = self.apps[f"{parts.scheme}://{parts.netloc}"].get(target)
        if answer.status_code != 200:
            raise FetchFailed(Why.STATUS)
        assert len(answer.data) <= limit
        return Answer(200, answer.mimetype or "", answer.data)


class Third:
    """One of the two applications, with its room of other nodes on the network above."""

    def __init__(self, node: Node, between: Between, url: str, clock: SettableClock) -> None:
        self.node, self.url = node, url
        self.office: FederationOffice = open_office(node.public, between, node.identity, node.taxonomy, clock)
        between.apps[url] = create_app(node).test_client()

    def follow(self, address: str) -> str:
        met = self.office.peers.meet(address)
        return self.office.peers.pin(met, Policy(Mode.SHOW)).short

    def pull(self, short: str) -> Pulled:
        return self.office.puller.pull(short)

    def states(self, first: OtherNode) -> dict[str, RecordState]:
        found = self.node.records.read_many(list(first.records))
        return {key: record.state for key, record in found.items()}


@pytest.fixture
def between() -> Between:
    return Between(OtherNode(name="First"))


@pytest.fixture
def two(
    tmp_path: Path, bare_folder: Path, between: Between, clock: SettableClock
) -> Iterator[tuple[Third, Third]]:
    """The second and the third node; each has a key of its own."""
    nodes = []
    for name in ("second", "third"):
        shutil.copytree(bare_folder, tmp_path / name)
        (tmp_path / name / "node.json").unlink()
        (tmp_path / name / "node.key").unlink()
        nodes.append(_node(tmp_path / name, name, clock))
    yield (
        Third(nodes[0], between, "https://second.example", clock),
        Third(nodes[1], between, "https://third.example", clock),
    )
    for node in nodes:
        close(node)


def _node(folder: Path, name: str, clock: SettableClock) -> Node:
    create_node(folder, clock.now.date(), f"{name}.example")
    return build(settings_in(folder), clock)


def test_the_third_node_reads_the_first_from_the_second(two: tuple[Third, Third], between: Between) -> None:
    second, third = two
    first = between.first
    one, other, gone = first.publish(3)
    first.publish(WIDTH)
    short = second.follow(first.url)
    second.pull(short)
    between.cut = True
    third.follow(f"{second.url}/mirror/{first.identity.id}")
    assert (third.pull(short).entries, third.pull(short).entries) == (WIDTH + 3, 0)
    assert len(third.states(first)) == WIDTH + 3
    between.cut = False
    first.change(one, RecordState.RETRACTED)
    first.erase(gone)
    first.sign()
    assert third.pull(short).entries == 0  # the copy has not heard of it
    assert second.pull(short).erased == [gone]
    between.cut = True
    assert third.pull(short).erased == [gone]
    for node in two:
        states = node.states(first)
        assert (states[one], states[other]) == (RecordState.RETRACTED, RecordState.PUBLISHED)
        assert gone not in states


def test_a_ring_is_quiet_once_everybody_has_everything(two: tuple[Third, Third], between: Between) -> None:
    """The third follows the first through the second, the second through the third: nothing goes round."""
    second, third = two
    first = between.first
    first.publish(5)
    short = second.follow(first.url)
    second.pull(short)
    third.follow(f"{second.url}/mirror/{first.identity.id}")
    third.pull(short)
    second.follow(f"{third.url}/mirror/{first.identity.id}")
    before = [node.node.records.position() for node in two]
    for _ in range(3):
        for node in two:
            pulled = node.pull(short)
            assert (pulled.entries, pulled.trouble) == (0, "")
    assert [node.node.records.position() for node in two] == before


def test_a_copy_that_lags_freezes_nobody(two: tuple[Third, Third], between: Between) -> None:
    second, third = two
    first = between.first
    first.publish(2)
    short = second.follow(first.url)
    second.pull(short)
    first.publish(2)
    third.follow(first.url)
    third.pull(short)
    third.follow(f"{second.url}/mirror/{first.identity.id}")
    assert third.pull(short).trouble == "relay-behind"
    second.pull(short)
    assert third.pull(short).trouble == ""


@pytest.mark.parametrize(
    "path",
    [
        "/mirror/{other}/checkpoint",
        "/mirror/{first}/tile/0/000",
        "/mirror/{first}/tile/entries/001",
        "/mirror/{first}/tile/entries/000.p/9",
        "/mirror/{first}/payloads?from=0&to=9",
        "/mirror/{first}/payloads?from=1&to=1",
        "/mirror/{first}/payloads?from=x&to=1",
        "/mirror/{first}/consistency?from=3&to=2",
        "/mirror/{first}/consistency?from=0&to=9",
    ],
)
def test_a_copy_serves_nothing_beyond_what_was_signed(
    two: tuple[Third, Third], between: Between, path: str
) -> None:
    second, _ = two
    between.first.publish(3)
    second.pull(second.follow(between.first.url))
    address = path.format(first=between.first.identity.id, other="A" * 52)
    answer = between.apps[second.url].get(address)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_hint_is_taken_from_anybody_and_tells_nothing(two: tuple[Third, Third], between: Between) -> None:
    second, _ = two
    between.first.publish(1)
    second.follow(between.first.url)
    client = between.apps[second.url]
    answers = [
        client.post("/fed/ping", json={"origin": origin, "size": 3})
        for origin in (between.first.identity.origin, "nobody.example/air-log")
    ]
    assert {(answer.status_code, answer.data) for answer in answers} == {(202, b"")}
    for body in (b"", b"[]", b'{"origin": 3}', b"{" * 2000):
        assert client.post("/fed/ping", data=body).status_code in {400, 413}
