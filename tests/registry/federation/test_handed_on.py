"""Whether a peer hands on this node's log: known when it is met, and soon after it begins to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.config import Settings
from registry.federation.descriptor import PATH, Mirror
from registry.federation.looks import SOONER
from registry.federation.models import PeerRow
from registry.federation.rules import EVERYTHING
from registry.record.node import NodeIdentity, load_node
from tests.registry.federation.conftest import Here


@pytest.fixture
def own(bare: Settings) -> NodeIdentity:
    return load_node(bare.data_dir)


def hand_on(here: Here, own: NodeIdentity) -> None:
    """The other node says from now on that it hands on the log of this one."""
    address = f"{here.other.url}/mirror/{own.id}"
    here.other.mirrors = [Mirror(own.id, "This node", address, EVERYTHING.to_json())]


def cosign(here: Here) -> None:
    """As if the other node had cosigned the first entry of this node's log."""
    with here.public.work() as session:
        session.get_one(PeerRow, here.other.identity.short).cosigned = 1


def looks(here: Here) -> int:
    """How often the other node's descriptor was read."""
    return here.other.asked.count(here.other.url + PATH)


def is_known(here: Here) -> bool:
    return here.office.peers.read(here.other.identity.short).mirrors_us


def look(here: Here) -> int:
    """Look again; gives how often the descriptor was read for that."""
    before = looks(here)
    here.office.peers.look_again(here.other.identity.short)
    return looks(here) - before


def test_it_is_known_from_the_first_meeting(here: Here, own: NodeIdentity) -> None:
    hand_on(here, own)
    here.follow()
    assert is_known(here)


def test_meeting_again_says_what_is_so_now(here: Here, own: NodeIdentity) -> None:
    here.follow()
    assert not is_known(here)
    hand_on(here, own)
    here.follow()
    assert is_known(here)
    here.other.mirrors = []
    here.follow()
    assert not is_known(here)


def test_one_that_cosigned_is_looked_at_each_hour_until_it_hands_on(here: Here, own: NodeIdentity) -> None:
    here.follow()
    assert (look(here), look(here)) == (1, 0)
    cosign(here)
    assert (look(here), look(here), is_known(here)) == (1, 0, False)
    hand_on(here, own)
    here.clock.now += SOONER - timedelta(seconds=1)
    assert look(here) == 0
    here.clock.now += timedelta(seconds=1)
    assert (look(here), is_known(here)) == (1, True)
    here.clock.now += SOONER
    assert look(here) == 0


def test_one_that_never_cosigned_is_looked_at_once_a_day(here: Here) -> None:
    here.follow()
    assert look(here) == 1
    here.clock.now += SOONER
    assert look(here) == 0
    here.clock.now += timedelta(days=1)
    assert (look(here), look(here)) == (1, 0)
