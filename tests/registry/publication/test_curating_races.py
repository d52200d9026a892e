"""Readings of a record that are written while the record changes or is erased."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from registry.errors import CommonsError, Stale
from registry.record import store
from registry.record.types import RecordState, Tombstone
from tests.registry.house import House, at_once
from tests.registry.publication.test_curating import PEER, TITLE, erased, published, say

WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
"""PostgreSQL's sessions of this database that wait for another one."""


def test_of_reviewers_who_say_it_at_once_one_is_first(house: House) -> None:
    published(house)
    said = at_once(4, lambda _: say(house))
    assert sum(one is None for one in said) == 1
    assert all(one is None or isinstance(one, CommonsError) for one in said)
    assert house.ask_public("SELECT edition FROM curation") == [(1,)]


def test_nothing_is_left_of_a_reading_that_was_written_while_the_record_was_erased(house: House) -> None:
    for number in range(1, 9):
        record_id = f"AIR-ZZZZZZZZZZ-2026-{number:06d}"
        published(house, record_id)

        def act(turn: int, record_id: str = record_id) -> None:
            if turn:
                desk = house.side.curating
                desk.say(house.people.reviewer, record_id, TITLE, revision=1, edition=0)
            else:
                erased(house, record_id)

        assert at_once(2, act)[0] is None
    assert house.ask_public("SELECT record_id FROM curation") == []


def test_an_erasure_never_waits_for_a_reading_that_waits_for_it(house: House) -> None:
    other = "AIR-ZZZZZZZZZZ-2026-000002"
    published(house)
    published(house, other)
    with ThreadPoolExecutor(1) as pool:
        with house.public.work() as session:
            store.revise(session, replace(store.load(session, PEER), state=RecordState.REVISED))
            session.flush()
            waits = pool.submit(say, house)
            until_it_waits(house, waits)
            store.erase(session, Tombstone(other, "erased-at-home", date(2026, 11, 30)))
        with pytest.raises(Stale):
            waits.result()
    assert house.ask_public("SELECT record_id FROM tombstone") == [(other,)]


def until_it_waits(house: House, other: Future[None]) -> None:
    """Goes on when the other unit waits for this one; on SQLite it has to before it begins."""
    while house.public.engine.dialect.name == "postgresql" and not other.done():
        if house.ask_public(WAITING):
            return
