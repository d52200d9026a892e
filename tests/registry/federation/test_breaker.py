"""The breaker: a mass withdrawal waits for a person, who allows that one and no other."""

from __future__ import annotations

import pytest

from registry.db import migrate
from registry.db.layout import Side
from registry.errors import Conflict
from registry.federation.rules import BREAKER_COUNT, Mode, Policy, Scope
from registry.federation.showing import PeerView
from registry.federation.verifying import STRETCH
from registry.record import store
from registry.record.types import RecordState, Tombstone
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import DAY

WAVE = BREAKER_COUNT + 1
FRENCH = Scope(languages=frozenset({"fr"}))
STOPPED = "mass-withdrawal"


def retract(here: Here, ids: list[str]) -> None:
    """Not signed yet."""
    for one in ids:
        here.other.change(one, RecordState.RETRACTED)


def grow(here: Here, count: int) -> None:
    for _ in range(count):
        here.other.create()
    here.other.sign()


def allow(here: Here) -> PeerView:
    return here.office.peers.allow_withdrawals(here.other.identity.short)


def peer(here: Here) -> PeerView:
    return here.office.peers.read(here.other.identity.short)


def retracted(here: Here) -> set[str]:
    return {key for key, one in here.shown().items() if one.state is RecordState.RETRACTED}


@pytest.fixture
def ids(here: Here) -> list[str]:
    """Records of two waves and one more, which are shown here."""
    ids = here.other.publish(2 * WAVE + 1)
    here.follow()
    assert here.pull().shown == len(ids)
    return ids


@pytest.mark.parametrize("behind", [0, 600, STRETCH + 600])
def test_what_is_stopped_can_be_allowed_however_much_comes_after_it(
    here: Here, ids: list[str], behind: int
) -> None:
    policy = Policy(Mode.SHOW, FRENCH)  # the rest of the log is only counted, so that this takes no minute
    here.office.peers.set_policy(here.other.identity.short, policy, here.office.puller.reader())
    retract(here, ids[:WAVE])
    grow(here, behind)
    assert [here.pull().trouble, here.pull().trouble] == [STOPPED, STOPPED]
    assert retracted(here) == set()
    assert allow(here).trouble == ""
    assert here.pull().trouble == ""
    assert retracted(here) == set(ids[:WAVE])
    assert (peer(here).taken, peer(here).lag) == (len(here.other.leaves), 0)


def test_in_a_first_copy_too(here: Here) -> None:
    """Nothing of that log was read to its end, so that no checkpoint of it is kept."""
    ids = here.other.publish(STRETCH)
    retract(here, ids[: STRETCH // 5])
    grow(here, 600)
    here.follow(Mode.SHOW)
    assert (here.pull().trouble, peer(here).taken, peer(here).lag) == (STOPPED, STRETCH, STRETCH // 5)
    allow(here)
    assert here.pull().trouble == ""
    assert len(retracted(here)) == STRETCH // 5


def test_the_wave_after_an_allowed_one_stops(here: Here, ids: list[str]) -> None:
    retract(here, ids[:WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    allow(here)
    assert here.pull().trouble == ""
    retract(here, ids[WAVE : 2 * WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    assert retracted(here) == set(ids[:WAVE])


@pytest.mark.parametrize("looked_again", [False, True])
def test_a_wave_that_came_before_the_answer_is_not_what_was_allowed(
    here: Here, ids: list[str], *, looked_again: bool
) -> None:
    """Also where the worker saw both meanwhile: it was the first that stopped the log."""
    retract(here, ids[:WAVE])
    grow(here, 1)
    assert here.pull().trouble == STOPPED
    retract(here, ids[WAVE : 2 * WAVE])
    here.other.sign()
    if looked_again:
        assert here.pull().trouble == STOPPED
    allow(here)
    assert here.pull().trouble == STOPPED
    assert retracted(here) == set(ids[:WAVE])
    allow(here)
    assert here.pull().trouble == ""
    assert retracted(here) == set(ids[: 2 * WAVE])


def test_a_few_more_after_what_was_allowed_go_with_it(here: Here, ids: list[str]) -> None:
    retract(here, ids[:WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    retract(here, ids[WAVE : WAVE + BREAKER_COUNT])
    here.other.sign()
    allow(here)
    assert here.pull().trouble == ""
    assert retracted(here) == set(ids[: WAVE + BREAKER_COUNT])


def test_nothing_is_allowed_ahead(here: Here, ids: list[str]) -> None:
    with pytest.raises(Conflict, match="No mass withdrawal of that node is stopped"):
        allow(here)
    retract(here, ids[:WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    allow(here)
    with pytest.raises(Conflict, match="is stopped"):
        allow(here)
    assert here.pull().trouble == ""
    with pytest.raises(Conflict, match="is stopped"):
        allow(here)


def test_what_is_stopped_is_behind(here: Here, ids: list[str]) -> None:
    """Up to the last entry that withdraws: what follows was not counted."""
    retract(here, ids[:WAVE])
    grow(here, 3)
    here.pull()
    assert (peer(here).trouble, peer(here).lag, peer(here).to_json()["lag"]) == (STOPPED, WAVE, WAVE)
    assert allow(here).lag == WAVE
    here.pull()
    assert (peer(here).taken, peer(here).lag) == (len(here.other.leaves), 0)


def test_another_trouble_does_not_forget_what_is_stopped(here: Here, ids: list[str]) -> None:
    """A node that cannot be reached when the answer comes, or that signs another history by then."""
    retract(here, ids[:WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    here.other.sign(1)
    assert here.pull().trouble == "rollback"
    assert allow(here).trouble == "rollback"


def test_what_passes_after_all_is_not_to_be_allowed(here: Here, ids: list[str]) -> None:
    """One of the records was erased here meanwhile, so that the rest is not too much."""
    retract(here, ids[:WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    with here.public.work() as session:
        store.erase(session, Tombstone(ids[0], "legal", DAY))
    assert here.pull().trouble == ""
    with pytest.raises(Conflict, match="is stopped"):
        allow(here)


def test_before_this_nobody_had_looked_at_what_was_allowed_ahead(here: Here, ids: list[str]) -> None:
    migrate.downgrade(here.public, Side.PUBLIC, "q021")
    with here.public.work() as session:
        session.connection().exec_driver_sql("UPDATE peer SET allowed = size + 500")
    migrate.upgrade(here.public, Side.PUBLIC, "head")
    retract(here, ids[:WAVE])
    here.other.sign()
    assert here.pull().trouble == STOPPED
    allow(here)
    assert here.pull().trouble == ""
