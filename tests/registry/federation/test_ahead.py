"""A stretch is read while the one before it is still being written; all comes out as it would otherwise."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.orm import Session

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.federation.office import FederationOffice, open_office
from registry.federation.pacing import Pace
from registry.federation.pulled import Pulled
from registry.federation.rules import EVERYTHING, Mode, Policy, Scope
from registry.federation.verifying import STRETCH
from registry.fetching import NO_MORE, Answer, Fetcher, FetchFailed, Why
from registry.ledger.tiles import WIDTH
from registry.record.node import load_node
from registry.record.types import RecordState
from taxonomy import load
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving

SERIOUS: Final = Scope(codes=frozenset({"severity/serious"}))
COPIED: Final = ("SELECT count(*) FROM mirror_entry", "SELECT count(*) FROM mirror_payload")
ROOT: Final = Path(__file__).parents[3]
SECONDS: Final = 20.0
"""After which a stretch is written, whether the next one is being read or not."""


class Held(PublicDatabase):
    """Writes the first stretch once payloads of the next were asked for; ``waited``: whether they were."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.asked, self.waited = Event(), list[bool]()

    @contextmanager
    def work(self) -> Iterator[Session]:
        with super().work() as session:
            yield session
            if not self.waited:
                self.waited.append(self.asked.wait(SECONDS))


class Way:
    """The way to the other node; before it gives payloads of the second stretch, something else happens."""

    def __init__(self, here: Here, asked: Event, meanwhile: Callable[[], None]) -> None:
        self._here, self._asked, self._meanwhile = here, asked, meanwhile

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        parts = urlsplit(url)
        if parts.path.endswith("/payloads") and int(parse_qs(parts.query)["from"][0]) >= WIDTH:
            self._asked.set()
            self._meanwhile()
        return self._here.network.get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)


def nothing() -> None:
    """What happens meanwhile where nothing does."""


def no_answer() -> None:
    """The other node does not answer in time."""
    raise FetchFailed(Why.SLOW)


def slowly(office: FederationOffice, short: str) -> None:
    """Let stretches of this peer be as short as they get, to begin with."""
    pace = Pace()
    pace.slower()
    pace.slower()
    office.puller._paces[short] = pace


@contextmanager
def reading_ahead(
    here: Here, settings: Settings, meanwhile: Callable[[], None] = nothing
) -> Iterator[tuple[Held, FederationOffice]]:
    """This node as another process, which writes no stretch before it asks for the next one."""
    public = Held(here.public.address)
    way = Way(here, public.asked, meanwhile)
    office = open_office(public, way, load_node(settings.data_dir), load(), here.clock)
    slowly(office, here.other.identity.short)
    yield public, office
    public.close()


def write(node: OtherNode) -> None:
    """A stretch of records, one of which cannot be believed, and then what is said of them later."""
    ids = node.publish(WIDTH)
    node.given[5] = b"{}"
    for record_id in ids[3:8]:
        node.change(record_id, text="Told anew.")
    node.change(ids[9], RecordState.RETRACTED)
    retracted = replace(node.records[ids[11]], state=RecordState.RETRACTED, revision=2)
    told = retracted.account.to_json()
    told["classification"]["severity"] = ["severity/minor"]
    node.tell(retracted, "published", account=told)  # outside of what some follow by now
    node.erase(ids[10])
    node.leaves += node.leaves[-1:]
    node.publish(3)


KEPT: Final = (
    "SELECT position, substr(record_id, 15), revision, op, standing, reason,"
    " (SELECT length(payload) FROM mirror_payload WHERE mirror_payload.commitment = mirror_entry.commitment)"
    " FROM mirror_entry WHERE peer = :short ORDER BY position"
)
SHOWN: Final = (
    "SELECT substr(record_id, 15), revision FROM record_version"
    " WHERE substr(record_id, 5, 10) = :short ORDER BY record_id, revision"
)


def known(here: Here, node: OtherNode) -> list[list[tuple[Any, ...]]]:
    """All that is here of a node, with its own name left out."""
    return [here.ask(question, short=node.identity.short) for question in (KEPT, SHOWN)]


@pytest.mark.parametrize(
    ("mode", "scope"), [(Mode.SHOW, EVERYTHING), (Mode.HIDDEN, EVERYTHING), (Mode.SHOW, SERIOUS)]
)
def test_reading_ahead_comes_to_the_same(here: Here, bare: Settings, mode: Mode, scope: Scope) -> None:
    """As reading one stretch with each pull does."""
    slow, quick = here.other, OtherNode(7, url="https://quick.example")
    here.network.nodes[quick.url] = quick
    for node in (slow, quick):
        write(node)
    slowly(here.office, here.follow(mode, scope))
    while here.office.puller.pull(slow.identity.short, seconds=0).more:
        pass
    here.other = quick
    short = here.follow(mode, scope)
    with reading_ahead(here, bare) as (public, office):
        pulled = office.puller.pull(short)
    assert public.waited == [True]
    assert (pulled.entries, pulled.trouble) == (len(quick.leaves), "")
    assert known(here, quick) == known(here, slow)
    assert {row[5] for row in known(here, quick)[0]} == {None, "payload-size", "revision-order"}
    assert [row[6] > 0 for row in known(here, quick)[0] if row[3] == "retract"] == [True, True]


def test_what_was_read_is_kept_where_the_next_stretch_does_not_come(here: Here, bare: Settings) -> None:
    write(here.other)
    short = here.follow(Mode.SHOW)
    with reading_ahead(here, bare, no_answer) as (public, office):
        pulled = office.puller.pull(short)
    assert public.waited == [True]
    assert (pulled.entries, pulled.trouble) == (WIDTH, "fetch-slow")
    peer = here.office.peers.read(short)
    assert (peer.taken, peer.trouble) == (WIDTH, "fetch-slow")
    assert here.pull().trouble == ""
    assert here.office.peers.read(short).taken == len(here.other.leaves)


def test_two_that_read_ahead_keep_each_entry_once(here: Here, bare: Settings) -> None:
    """Another process pulls all of it while this one has a stretch on its way and reads the next."""
    write(here.other)
    short, others = here.follow(Mode.HIDDEN), list[Pulled]()

    def another() -> None:
        if not others:
            others.append(Pulled())
            others[0] = here.pull()

    with reading_ahead(here, bare, another) as (_, office):
        pulled = office.puller.pull(short)
    assert (pulled.trouble, others[0].trouble) == ("", "")
    assert pulled.entries + others[0].entries == len(here.other.leaves)
    assert here.office.peers.read(short).taken == len(here.other.leaves)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("step", range(35, 39))
def test_a_pull_that_is_killed_while_it_reads_ahead_goes_on(here: Here, bare: Settings, step: int) -> None:
    """The first stretch takes 34 questions. It is there as a whole or not at all, the second is not."""
    other = here.other
    other.publish(STRETCH + 40)
    with serving(other) as url:
        office = open_office(
            here.public, Fetcher(loopback=True), load_node(bare.data_dir), load(), here.clock
        )
        short = office.peers.pin(office.peers.meet(url), Policy(Mode.HIDDEN)).short
        assert killed(here.public, bare, short, step)
        taken = office.peers.read(short).taken
        assert taken in {0, STRETCH}
        assert [here.ask(question) for question in COPIED] == [[(taken,)]] * len(COPIED)
        pulled = office.puller.pull(short)
    assert (pulled.entries, pulled.trouble) == (len(other.leaves) - taken, "")
    assert here.ask(COPIED[1]) == [(len(other.leaves),)]


def killed(public: PublicDatabase, settings: Settings, short: str, step: int) -> bool:
    """Whether a pull in a process of its own was killed at this step; otherwise it came to its end."""
    command = [sys.executable, "-m", "tests.registry.federation.killed"]
    ended = subprocess.run(
        [*command, public.address, str(settings.data_dir), short, str(step)], cwd=ROOT, check=False
    )
    assert ended.returncode in {0, -signal.SIGKILL}
    return ended.returncode != 0
