"""What is asked before a reading is on the trail, and what erasures of records with readings wait for."""

from __future__ import annotations

from datetime import date

import pytest

from registry.errors import NotFound, Stale
from registry.record import counters, store
from registry.record.types import Tombstone
from tests.registry.house import House, at_once
from tests.registry.publication.test_curating import PEER, published, say, trail


@pytest.mark.parametrize(("field", "edition"), [("title", 1), ("title", 0), ("x" * 5_000, 1), ("a\x00b", 1)])
def test_what_cannot_be_done_leaves_no_step(house: House, field: str, edition: int) -> None:
    published(house)
    say(house)
    with pytest.raises(NotFound):
        house.side.curating.withdraw(house.people.reviewer, PEER, field, edition=edition)
    with pytest.raises(Stale):
        house.side.curating.withdraw(house.people.reviewer, PEER, "severity", edition=2)
    with pytest.raises(Stale):
        say(house)
    assert [one[0] for one in trail(house)] == ["curate-record"]


def test_erasures_at_the_door_and_in_pulls_do_not_wait_for_each_other(house: House) -> None:
    """The door holds the order of changes already when it erases, a pull does not."""
    for number in range(1, 13, 2):
        ids = [f"AIR-ZZZZZZZZZZ-2026-{number + turn:06d}" for turn in (0, 1)]
        for record_id in ids:
            published(house, record_id)

        def act(turn: int, ids: list[str] = ids) -> None:
            with house.public.work() as session:
                if turn:
                    counters.hold(session, counters.CHANGES)
                store.erase(session, Tombstone(ids[turn], "erased-at-home", date(2026, 11, 30)))

        assert at_once(2, act) == [None, None]
