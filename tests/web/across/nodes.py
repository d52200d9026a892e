"""Nodes with people and databases of their own, each behind a real web server on this machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bench.nodes import free_port
from registry.config import Settings
from registry.federation.judging import Judgment
from registry.federation.own_witness import make_witness
from registry.federation.pulled import Pulled
from registry.federation.rules import Mode, Policy
from registry.fetching import Fetcher
from registry.identity.rules import Actor, Role
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.record import store
from registry.record.node import create_node
from registry.record.types import RecordState
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.merging import Merge
from registry.review.aftercare.views import ChangeView
from tests.conftest import SettableClock
from tests.factories import PASSWORD, People, account, keep_details, publish
from tests.serving import on_port
from tests.web.town import Town
from web.app import create_app
from web.setup import GREEN_LOG
from web.wiring import build, close

LEAST: Final = 3
"""Partners that it takes at each node before "seen here too" is told."""
SAID: Final = {
    "text": "The same here.",
    "language": "en",
    "happened": {"from": "2026-05", "to": None},
    "countries": ["KE"],
}


@dataclass(frozen=True)
class Place:
    """One of the nodes, and where it is reached."""

    town: Town
    url: str

    @property
    def id(self) -> str:
        return self.town.node.identity.id

    @property
    def short(self) -> str:
        return self.town.node.identity.short

    def publish(self, title: str, **changes: Any) -> str:
        """Take a report the whole way and sign; gives the id of its record."""
        found = publish(self.town.node, self.town.people, account(title=title, **changes))
        self.sign()
        return found

    def sign(self) -> None:
        self.town.node.log.publish()

    def say(self, kind: Kind, record: str, *whos: Actor) -> None:
        """Have members say something of a record; published and signed as far as enough say so."""
        side, people = self.town.side, self.town.people
        for who in whos:
            made = side.intake.create(
                who, SAID, channel="form", submit=True, telling_of=Telling(kind, record)
            )
            key = made.view.summary.id
            side.reviews.claim(people.reviewer, key)
            keep_details(side, people.reviewer, key)
            side.reviews.accept(people.reviewer, key)
        side.publication.publish_batch()
        self.sign()

    def partner(self, name: str, descriptor: str) -> Actor:
        """A member of one more organization, described so in public."""
        side = self.town.side
        organization = side.directory.add_organization(f"{name} House", descriptor)
        person = side.directory.add_person(f"of-{name}@example.org", name, PASSWORD)
        side.directory.grant(person, organization, [Role.MEMBER])
        return side.sessions.actor_of(person)

    def follow(self, other: Place, mode: Mode = Mode.SHOW, *, by_way_of: Place | None = None) -> None:
        """Pin another node's key, read from itself or from a third node's copy."""
        peers = self.town.node.federation.peers
        address = other.url if by_way_of is None else f"{by_way_of.url}/mirror/{other.id}"
        peers.pin(peers.meet(address), Policy(mode))

    def set_mode(self, other: Place, mode: Mode) -> None:
        federation = self.town.node.federation
        federation.peers.set_policy(other.short, Policy(mode), federation.puller.reader())

    def pull(self, *others: Place) -> list[Pulled]:
        """Read on in the logs of others; all of it is to be read without trouble."""
        found = [self.town.node.federation.puller.pull(other.short) for other in others]
        assert [one.trouble for one in found] == [""] * len(others)
        return found

    def judge(self, record: str, *, shows: bool, reason: str = "harmful") -> None:
        """Have a reviewer show a record of another node, or leave it out; and sign."""
        desk, actor = self.town.side.foreign, self.town.people.reviewer
        revision = desk.read(actor, record).waiting.record.revision
        desk.decide(actor, record, Judgment(revision, shows=shows, reason="" if shows else reason))
        self.sign()

    def judge_all(self) -> int:
        """Have a reviewer show whatever waits; gives how many records that were."""
        found = self.town.side.foreign.waiting(self.town.people.reviewer).lines
        for one in found:
            self.judge(one.waiting.record.id, shows=True)
        return len(found)

    def trust(self, other: Place, *, trusted: bool = True) -> None:
        """Let another node's reviews count here, or no more."""
        federation = self.town.node.federation
        federation.peers.trust_reviews(other.short, federation.puller.reader(), trusted=trusted)

    def reword(self, record: str, text: str) -> None:
        """The next revision of a record of this node, signed."""
        with self.town.node.public.work() as session:
            old = store.load(session, record)
            words = replace(old.account, text=text)
            store.revise(session, replace(old, state=RecordState.REVISED, account=words))
        self.sign()

    def group(self, record: str, other: str) -> None:
        """Have two reviewers say that two records tell of one event, and the door do it."""
        self._merging(record, other, "one-event", "group")

    def merge(self, record: str, other: str) -> None:
        """Have two reviewers merge a record into another one, and the door do it."""
        self._merging(record, other, "same-event", "merge")

    def change(self, record: str, kind: str, reason: str) -> None:
        """Have two reviewers change a record, and the door do it."""
        self.approve(record, kind, reason)
        assert self.town.side.record_changes.carry_out(early=True) == [record]
        self.sign()

    def approve(self, record: str, kind: str, reason: str) -> str:
        """The same up to the door, which does it with its next batch; gives the key of the change."""
        wish = Proposal(kind, reason, "", self.town.node.records.read(record).revision)
        changes, people = self.town.side.reviewing.care.changes, self.town.people
        made = changes.propose(people.reviewer, record, wish)
        return changes.approve(people.other_reviewer, made.id, expected=made.lock).id

    def related(self, record: str) -> dict[str, Any]:
        """What the API of this node says points to a record."""
        return self.read(f"{record}/related")

    def read(self, path: str) -> dict[str, Any]:
        """What the API of this node says below ``records``."""
        url = f"{self.url}/api/v1/records/{path}"
        found: dict[str, Any] = json.loads(Fetcher(loopback=True).get(url, limit=10**6, seconds=30).body)
        return found

    def page(self, record: str) -> str:
        """The text of a record's page."""
        return self.town.visitor().open(f"/records/{record}").text

    def _merging(self, record: str, other: str, reason: str, kind: str) -> None:
        records, merging = self.town.node.records, self.town.side.reviewing.care.merging
        seen = [records.read(one).revision for one in (record, other)]
        wish = Merge(other, reason, "", *seen, kind=kind)
        self._approved(merging.propose(self.town.people.reviewer, record, wish))

    def _approved(self, change: ChangeView) -> None:
        changes = self.town.side.reviewing.care.changes
        changes.approve(self.town.people.other_reviewer, change.id, expected=change.lock)
        assert self.town.side.record_changes.carry_out(early=True) == [change.record_id]
        self.sign()


@contextmanager
def placed(
    name: str, folder: Path, settings: Settings, people: People, clock: SettableClock
) -> Iterator[Place]:
    """A node with a key of its own, made of a copy in ``settings.data_dir`` of one with people."""
    for file in ("node.json", "node.key", "witness.key", "witness.note", "green/node.json", "green/node.key"):
        (folder / file).unlink()
    make_witness(folder, create_node(folder, clock.now.date(), f"{name}.example"))
    create_node(folder / "green", clock.now.date(), f"{name}.example", GREEN_LOG)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = replace(settings, base_url=url, node_name=f"{name.title()} Node", allow_loopback=True)
    node = build(settings, clock)
    app = create_app(node)
    try:
        with on_port(app, port):
            yield Place(Town(node, app, people, clock), url)
    finally:
        close(node)


def copied(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target
