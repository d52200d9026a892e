"""What others have of this node's own log is asked for, of each until it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from registry.federation.own_past import AGAIN
from registry.federation.rules import Mode, Policy
from registry.fetching import FetchFailed, Why
from tests.registry.federation.conftest import Here

NOTE = b"own.example/air-log\n1\nAAAA\n\n"


@pytest.fixture
def own(here: Here) -> str:
    """This node's id; the other one, which has a copy of its log, is followed."""
    here.follow()
    own = here.office.own_past.node_id
    here.other.copies[own] = NOTE
    return own


def notes(here: Here) -> list[bytes]:
    return list(here.office.own_past.notes())


def asked(here: Here, own: str) -> int:
    return here.other.asked.count(f"{here.other.url}/mirror/{own}/checkpoint")


@pytest.mark.usefixtures("own")
def test_each_is_asked_once(here: Here) -> None:
    assert notes(here) == [NOTE]
    here.clock.now += timedelta(days=1)
    assert notes(here) == []


def test_that_there_is_no_copy_is_an_answer(here: Here, own: str) -> None:
    del here.other.copies[own]
    assert notes(here) == []
    here.clock.now += timedelta(days=1)
    assert notes(here) == []
    assert asked(here, own) == 1


@pytest.mark.parametrize("why", [Why.UNREACHABLE, Why.SLOW, Why.BROKEN, Why.LARGE])
def test_who_does_not_answer_is_asked_again_after_a_while(here: Here, own: str, why: Why) -> None:
    here.other.down = why
    assert notes(here) == []
    here.other.down = None
    assert notes(here) == []
    assert asked(here, own) == 1
    here.clock.now += AGAIN
    assert notes(here) == [NOTE]


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_who_is_busy_may_have_a_copy_all_the_same(here: Here, own: str, status: int) -> None:
    here.other.before[own] = busy(status)
    assert notes(here) == []
    del here.other.before[own]
    here.clock.now += AGAIN
    assert notes(here) == [NOTE]


def busy(status: int) -> Callable[[], None]:
    def refuse() -> None:
        raise FetchFailed(Why.STATUS, status)

    return refuse


def test_a_node_that_is_blocked_is_not_asked(here: Here, own: str) -> None:
    here.office.peers.set_policy(here.other.identity.short, Policy(Mode.BLOCKED), here.office.puller.reader())
    assert notes(here) == []
    assert asked(here, own) == 0
