"""How many entries of a peer are taken in a day: the rule, and a peer that floods, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.errors import Invalid
from registry.federation.office import FederationOffice, open_office
from registry.federation.rate import ANY, RATE, RATE_MAX, Used, checked, left
from registry.federation.rules import Mode, Policy
from registry.federation.showing import PeerView
from registry.fetching import NO_MORE, Answer, Fetcher
from registry.record.node import load_node
from registry.record.reading import Records
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving

TODAY = date(2026, 11, 29)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LEFT: dict[tuple[int | None, date | None, int], int | None] = {
    (None, None, 0): None,
    (None, TODAY, 10**9): None,
    (10, None, 0): 10,
    (10, TODAY, 0): 10,
    (10, TODAY, 4): 6,
    (10, TODAY, 10): 0,
    (10, TODAY, 11): 0,  # the bound was lowered meanwhile
    (10, BEFORE, 10): 10,
    (10, AFTER, 10): 0,  # the clock went back: the day is not over
    (10, AFTER, 3): 7,
}
"""Bound, day and number of what was taken last → how many entries may be taken today."""


@pytest.mark.parametrize("case", LEFT)
def test_what_may_still_be_taken_today(case: tuple[int | None, date | None, int]) -> None:
    bound, day, taken = case
    assert left(bound, Used(day, taken), TODAY) == LEFT[case]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Used(), Used(TODAY, 5)),
        (Used(BEFORE, 9, 7), Used(TODAY, 5)),
        (Used(TODAY, 9), Used(TODAY, 14)),
        (Used(AFTER, 9), Used(AFTER, 14)),
    ],
)
def test_what_was_taken_adds_up_within_a_day(before: Used, after: Used) -> None:
    assert before.and_(5, TODAY) == after


@pytest.mark.parametrize(("written", "bound"), [(None, None), (0, ANY), (1, 1), (RATE_MAX, RATE_MAX)])
def test_no_bound_is_written_as_nought(written: int | None, bound: int | None) -> None:
    assert checked(written) == bound


@pytest.mark.parametrize("wrong", [-1, RATE_MAX + 1])
def test_what_is_no_bound_is_refused(wrong: int) -> None:
    with pytest.raises(Invalid):
        checked(wrong)


class Noting(Fetcher):
    """The way out, which remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(loopback=True)
        self.asked: list[str] = []

    def get(
        self,
        url: str,
        *,
        limit: int = 0,
        seconds: float = 0,
        tag: str = "",
        headers: Mapping[str, str] = NO_MORE,
    ) -> Answer:
        self.asked.append(urlsplit(url).path)
        return super().get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)


@dataclass
class Here:
    """This node, and two that it follows over HTTP: one that floods and one that does not."""

    office: FederationOffice
    records: Records
    fetcher: Noting
    flood: OtherNode
    calm: OtherNode
    clock: SettableClock

    def pull(self, node: OtherNode) -> tuple[int, str]:
        pulled = self.office.puller.pull(node.identity.short)
        return pulled.entries, pulled.trouble

    def peer(self) -> PeerView:
        return self.office.peers.read(self.flood.identity.short)

    def bound(self, max_rate: int | None) -> None:
        policy = replace(self.peer().policy, max_rate=max_rate)
        self.office.peers.set_policy(self.flood.identity.short, policy, self.office.puller.reader())


@pytest.fixture
def here(bare: Settings, public_db: PublicDatabase, clock: SettableClock) -> Iterator[Here]:
    flood, calm = OtherNode(seed=3, name="Flood"), OtherNode()
    fetcher = Noting()
    office = open_office(public_db, fetcher, load_node(bare.data_dir), load(), clock)
    with serving(flood) as one, serving(calm) as other:
        for url, bound in ((one, 300), (other, None)):
            office.peers.pin(office.peers.meet(url), Policy(Mode.SHOW, max_rate=bound))
        yield Here(office, Records(public_db), fetcher, flood, calm, clock)


def test_a_flood_is_taken_in_days_and_the_rest_waits(here: Here) -> None:
    here.flood.publish(700)
    here.calm.publish(2)
    assert here.pull(here.flood) == (300, RATE)  # in the middle of a bundle
    assert (here.peer().taken, here.peer().used) == (300, Used(here.clock().date(), 300, 400))
    asked = len(here.records.read_many(list(here.flood.records)))
    assert (asked, here.peer().shown) == (300, 300)
    assert here.pull(here.flood) == (0, RATE)
    assert here.pull(here.calm) == (2, "")  # nobody else waits for it
    here.clock.now += timedelta(days=1)
    assert here.pull(here.flood) == (300, RATE)
    here.clock.now += timedelta(days=1)
    assert here.pull(here.flood) == (100, "")
    assert (here.peer().shown, here.peer().used.left, here.peer().trouble) == (700, 0, "")
    assert here.pull(here.flood) == (0, "")


def test_more_on_the_same_day_counts_with_what_was_taken(here: Here) -> None:
    here.flood.publish(200)
    assert here.pull(here.flood) == (200, "")
    here.flood.publish(200)
    assert here.pull(here.flood) == (100, RATE)
    assert here.peer().used.left == 100


def test_a_person_may_raise_lower_and_lift_the_bound(here: Here) -> None:
    here.flood.publish(700)
    assert here.pull(here.flood) == (300, RATE)
    here.bound(500)
    assert here.pull(here.flood) == (200, RATE)
    here.bound(10)
    assert here.pull(here.flood) == (0, RATE)
    here.bound(ANY)
    assert here.pull(here.flood) == (200, "")
    assert len(here.records.read_many(list(here.flood.records))) == 700


def test_nothing_but_a_checkpoint_and_a_proof_is_read_while_it_is_paused(here: Here) -> None:
    here.flood.publish(700)
    here.pull(here.flood)
    here.fetcher.asked.clear()
    here.flood.publish(50)
    assert here.pull(here.flood) == (0, RATE)
    assert set(here.fetcher.asked) == {"/ledger/checkpoint"}
    assert here.peer().used.left == 450


def test_a_fork_is_noticed_while_it_is_paused(here: Here) -> None:
    here.flood.publish(200)
    here.pull(here.flood)
    here.bound(200)
    twin = OtherNode(seed=3, name="Flood")
    twin.publish(250, text="Another history.")
    here.flood.leaves, here.flood.kept = twin.leaves, twin.kept
    here.flood.note, here.flood.size = twin.note, twin.size
    here.flood.sign()
    assert here.pull(here.flood) == (0, "fork")


def test_an_erasure_behind_a_flood_comes_in_its_turn(here: Here) -> None:
    first, *_ = here.flood.publish(300)
    here.pull(here.flood)
    here.flood.erase(first)
    here.flood.sign()
    assert here.pull(here.flood) == (0, RATE)
    assert first in here.records.read_many([first])
    here.clock.now += timedelta(days=1)
    assert here.pull(here.flood) == (1, "")
    assert here.records.read_many([first]) == {}
