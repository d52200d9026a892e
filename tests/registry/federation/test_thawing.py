"""A frozen node is read on when a person here says so, and only where it continues what was read of it."""

from __future__ import annotations

import pytest

from registry.errors import Conflict
from registry.federation.standing import PeerState
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode


@pytest.fixture
def ids(here: Here) -> list[str]:
    """Records that are shown here, of a node that by a mistake signs a shorter log."""
    ids = here.other.publish(3)
    here.follow()
    here.pull()
    here.other.sign(2)
    assert here.pull().trouble == "rollback"
    return ids


def state(here: Here) -> tuple[PeerState, str]:
    found = here.office.peers.read(here.other.identity.short)
    return found.state, found.trouble


def evidence(here: Here) -> list[tuple[object, ...]]:
    return here.ask("SELECT evidence FROM peer")


def test_what_came_meanwhile_is_read(here: Here, ids: list[str]) -> None:
    kept = evidence(here)
    here.other.erase(ids[0])
    here.other.publish(1)
    assert here.pull().trouble == "rollback"
    assert not here.is_gone(ids[0])
    done = here.office.puller.thaw(here.other.identity.short)
    assert (done.trouble, done.entries, done.erased) == ("", 2, [ids[0]])
    assert state(here) == (PeerState.FOLLOWING, "")
    assert (evidence(here), len(kept)) == (kept, 1)


def test_it_is_frozen_again_as_long_as_it_contradicts_itself(here: Here, ids: list[str]) -> None:
    assert here.office.puller.thaw(here.other.identity.short).trouble == "rollback"
    assert state(here) == (PeerState.FROZEN, "rollback")
    assert len(here.shown()) == len(ids)


def test_another_history_is_never_read(here: Here, ids: list[str]) -> None:
    twin = OtherNode()
    twin.publish(5, text="Another history.")
    here.other.note, here.other.leaves, here.other.kept = twin.note, twin.leaves, twin.kept
    assert here.office.puller.thaw(here.other.identity.short).trouble == "fork"
    assert state(here) == (PeerState.FROZEN, "fork")
    assert {one.account.text for one in here.shown().values()} != {"Another history."}
    assert len(here.shown()) == len(ids)


def test_one_that_is_not_frozen_is_left_alone(here: Here) -> None:
    here.other.publish(1)
    short = here.follow()
    with pytest.raises(Conflict, match="not frozen"):
        here.office.puller.thaw(short)
    assert here.shown() == {}
