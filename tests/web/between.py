"""Whole applications and a log in memory, with the network between them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from api.node import Node
from registry.federation.office import FederationOffice, open_office
from registry.federation.own_witness import load_witness, make_witness
from registry.federation.pulled import Pulled
from registry.federation.rules import Mode, Policy
from registry.fetching import NO_MORE, Answer, FetchFailed, Why
from registry.record.node import create_node
from registry.record.types import RecordState
from tests.conftest import SettableClock
from tests.factories import settings_in
from tests.registry.federation.other_node import OtherNode
from web.app import create_app
from web.setup import GREEN_LOG
from web.wiring import build, close


class Between:
    """Between nodes: the first is a log in memory, the others are whole applications."""

    def __init__(self, first: OtherNode) -> None:
        self.first = first
        self.apps: dict[str, FlaskClient] = {}
        self.cut = False

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        parts = urlsplit(url)
        if url.startswith(self.first.url):
            if self.cut:
                raise FetchFailed(Why.UNREACHABLE)
            return self.first.get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = self.apps[f"{parts.scheme}://{parts.netloc}"].get(target, headers=dict(headers))
        if answer.status_code != 200:
            raise FetchFailed(Why.STATUS)
        assert len(answer.data) <= limit
        return Answer(200, answer.mimetype or "", answer.data)

    def send(self, url: str, body: bytes, *, limit: int, seconds: float) -> Answer:
        assert seconds > 0
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        if self.cut or base not in self.apps:
            raise FetchFailed(Why.UNREACHABLE)
        answer = self.apps[base].post(parts.path, data=body, content_type="text/plain")
        assert len(answer.data) <= limit
        return Answer(answer.status_code, answer.mimetype or "", answer.data)


class Third:
    """One of the two applications, with its room of other nodes on the network above."""

    def __init__(self, node: Node, between: Between, url: str, clock: SettableClock) -> None:
        self.node, self.url = node, url
        self.office: FederationOffice = open_office(
            node.public,
            between,
            node.identity,
            node.taxonomy,
            clock,
            load_witness(node.settings.data_dir, node.identity, clock),
        )
        between.apps[url] = create_app(node).test_client()

    def follow(self, address: str) -> str:
        met = self.office.peers.meet(address)
        return self.office.peers.pin(met, Policy(Mode.SHOW)).short

    def pull(self, short: str) -> Pulled:
        return self.office.puller.pull(short)

    def states(self, first: OtherNode) -> dict[str, RecordState]:
        found = self.node.records.read_many(list(first.records))
        return {key: record.state for key, record in found.items()}


@contextmanager
def nodes(
    folder: Path, bare: Path, between: Between, clock: SettableClock, *names: str
) -> Iterator[list[Third]]:
    """Applications at ``https://NAME.example``; each has keys of its own."""
    opened = []
    for name in names:
        shutil.copytree(bare, folder / name)
        for own in ("node.json", "node.key", "witness.key", "witness.note"):
            (folder / name / own).unlink()
        for own in ("node.json", "node.key"):
            (folder / name / "green" / own).unlink()
        opened.append(_node(folder / name, name, clock))
    yield [
        Third(one, between, f"https://{name}.example", clock) for name, one in zip(names, opened, strict=True)
    ]
    for one in opened:
        close(one)


def _node(folder: Path, name: str, clock: SettableClock) -> Node:
    make_witness(folder, create_node(folder, clock.now.date(), f"{name}.example"))
    create_node(folder / "green", clock.now.date(), f"{name}.example", GREEN_LOG)
    return build(settings_in(folder, base_url=f"https://{name}.example"), clock)
