"""The bound of a day holds against a peer that floods on purpose, over restarts, and where nobody set one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import update

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.federation.models import PeerRow
from registry.federation.office import FederationOffice, open_office
from registry.federation.rate import ANY, DAY_MAX, FIRST_MAX, RATE, bound
from registry.federation.rules import Mode, Policy
from registry.federation.showing import PeerView
from registry.fetching import Fetcher
from registry.record.node import load_node
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.hostile import HostileNode, on_a_socket


@dataclass
class Here:
    """This node, started anew for each pull, and a node that signs another record with each answer."""

    settings: Settings
    public: PublicDatabase
    clock: SettableClock
    flood: HostileNode

    def office(self) -> FederationOffice:
        """What a process that starts now has: nothing of the last one but its database."""
        own = load_node(self.settings.data_dir)
        return open_office(self.public, Fetcher(loopback=True), own, load(), self.clock)

    def follow(self, url: str, max_rate: int | None) -> None:
        peers = self.office().peers
        peers.pin(peers.meet(url), Policy(Mode.SHOW, max_rate=max_rate))

    def pull(self) -> tuple[int, str]:
        pulled = self.office().puller.pull(self.flood.identity.short)
        return pulled.entries, pulled.trouble

    def peer(self) -> PeerView:
        return self.office().peers.read(self.flood.identity.short)

    def taken_today(self, entries: int) -> None:
        """As if so many had been taken today."""
        with self.public.work() as session:
            session.execute(update(PeerRow).values(rate_day=self.clock.now.date(), rate_taken=entries))


@pytest.fixture
def here(bare: Settings, public_db: PublicDatabase, clock: SettableClock) -> Here:
    flood = HostileNode()
    flood.publish(20)
    return Here(bare, public_db, clock, flood)


@pytest.fixture
def url(here: Here) -> Iterator[str]:
    with on_a_socket(here.flood) as address:
        yield address


def test_a_bound_that_somebody_set_holds_over_restarts(here: Here, url: str) -> None:
    here.follow(url, 50)
    here.flood.grows = True
    taken = 0
    for _ in range(6):
        here.flood.publish(15)
        taken += here.pull()[0]
    assert (taken, here.peer().taken, here.peer().trouble) == (50, 50, RATE)
    here.clock.now += timedelta(days=1)
    assert (here.pull(), here.pull()) == ((50, RATE), (0, RATE))
    assert here.peer().shown == 100


def test_where_nobody_set_one_the_usual_one_holds(here: Here, url: str) -> None:
    """The day on which the log was copied first is not over for what comes next."""
    here.follow(url, None)
    assert here.peer().most == FIRST_MAX
    here.taken_today(DAY_MAX + 5)
    assert here.pull() == (20, "")
    assert (here.peer().most, here.peer().used.taken) == (DAY_MAX, 0)
    here.taken_today(DAY_MAX - 7)
    here.flood.publish(10)
    assert (here.pull(), here.pull()) == ((7, RATE), (0, RATE))
    assert here.peer().used.left == 3
    here.clock.now += timedelta(days=1)
    assert here.pull() == (3, "")


def test_a_first_copy_that_never_ends_is_bounded_too(here: Here, url: str) -> None:
    here.follow(url, None)
    here.taken_today(FIRST_MAX - 5)
    assert (here.pull(), here.pull()) == ((5, RATE), (0, RATE))
    assert here.peer().most == FIRST_MAX


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize(("said", "holds"), [(ANY, None), (7, 7)])
def test_what_somebody_said_holds_for_the_first_copy_as_well(
    said: int, holds: int | None, *, first: bool
) -> None:
    assert bound(said, first=first) == holds
