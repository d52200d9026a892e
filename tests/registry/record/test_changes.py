"""Followers read every change in order, miss none, and numbers are given out once."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.errors import Unavailable
from registry.record import counters, store
from registry.record.reading import Records
from registry.record.types import Tombstone
from tests.registry.house import House, at_once
from tests.registry.record.samples import DAY, incoming, record, told


def act(house: House, step: tuple[str, int]) -> None:
    """Create, revise or erase the record of this number, whatever fits its state."""
    verb, number = step
    key = f"aiid:{number}"
    known = {row.id: row.state for row in house.ask_public("SELECT id, state FROM record")}
    with house.public.work() as session:
        if known.get(key) == "erased":
            return
        if verb == "erase" and key in known:
            store.erase(session, Tombstone(key, "safety", DAY))
        elif key in known:
            store.revise(session, replace(store.load(session, key), account=told(title=verb + str(number))))
        else:
            store.create(session, record(key))


def follow(records: Records, limit: int) -> dict[str, str | None]:
    """What a follower holds after reading from the start in parts of this size: id → title."""
    held: dict[str, str | None] = {}
    position = 0
    while batch := records.changes_since(position, limit):
        positions = [change.seq for change in batch]
        assert positions == sorted(set(positions))
        assert positions[0] > position
        held |= {c.record_id: c.record.account.title if c.record else None for c in batch}
        position = positions[-1]
    assert position == records.position()
    return held


steps = st.lists(st.tuples(st.sampled_from(["revise", "erase", "again"]), st.integers(1, 4)), max_size=12)


@given(steps, st.integers(1, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_follower_ends_with_exactly_what_is_there(
    small_house: House, done: list[tuple[str, int]], limit: int
) -> None:
    for step in done:
        act(small_house, step)
    held = follow(small_house.records, limit)
    known = {row.id: row.state for row in small_house.ask_public("SELECT id, state FROM record")}
    assert set(held) == set(known)
    for key, title in held.items():
        assert title == (None if known[key] == "erased" else small_house.records.read(key).account.title)


def test_a_revised_record_moves_to_the_end(house: House) -> None:
    for number in (1, 2, 3):
        act(house, ("create", number))
    act(house, ("revise", 1))
    act(house, ("erase", 2))
    after = [(c.seq, c.record_id, c.record is None) for c in house.records.changes_since(0)]
    assert after == [(3, "aiid:3", False), (4, "aiid:1", False), (5, "aiid:2", True)]
    assert [c.record_id for c in house.records.changes_since(0, 1)] == ["aiid:3"]
    assert house.records.changes_since(5) == []
    assert house.records.position() == 5


def test_an_empty_database_has_no_changes(house: House) -> None:
    assert house.records.changes_since(0) == []
    assert (house.records.position(), house.records.count()) == (0, 0)


def test_numbers_are_given_once_to_rivals(house: House) -> None:
    def take(number: int) -> list[int]:
        taken: list[int] = []
        for _ in range(6):
            with house.public.work() as session:
                first = counters.take(session, "things", number % 3 + 1)
            taken += range(first, first + number % 3 + 1)
        return taken

    shares = at_once(4, take)
    numbers = sorted(number for share in shares if isinstance(share, list) for number in share)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 6 * (1 + 2 + 3 + 1)


def test_a_number_taken_in_a_unit_that_fails_is_given_again(house: House) -> None:
    with house.public.work() as session:
        assert counters.take(session, "things") == 1
    with house.public.read() as session:
        assert counters.take(session, "things") == 2
    with house.public.work() as session:
        assert counters.take(session, "things") == 2


def test_holding_a_counter_takes_nothing(house: House) -> None:
    with house.public.work() as session:
        counters.hold(session, "things")
        assert counters.take(session, "things") == 1
        counters.hold(session, "things")
        assert counters.take(session, "things", 5) == 2
        assert counters.take(session, "others") == 1


def keep_in_the_end(house: House, record_id: str) -> None:
    """Store a record; a writer that is told to come back because others write comes back."""
    for _ in range(20):
        with suppress(Unavailable), house.public.work() as session:
            store.keep_external(session, incoming(record_id), "0.2.0", DAY)
            return
    raise AssertionError("the database was busy for minutes")


def test_positions_become_visible_in_their_order(house: House) -> None:
    """Writers on four threads; a reader that looks all the time never sees a smaller position appear."""
    rng = random.Random(7)  # noqa: S311 - the choice of ids is no secret
    ids = rng.sample(range(1000), 40)

    def run(number: int) -> list[int]:
        if number == 4:
            seen: list[int] = []
            deadline = time.monotonic() + 60
            while len(seen) < len(ids) and time.monotonic() < deadline:
                seen += [c.seq for c in house.records.changes_since(seen[-1] if seen else 0)]
            return seen
        for key in ids[number::4]:
            keep_in_the_end(house, f"aiid:{key}")
        return []

    results = at_once(5, run)
    assert results[4] == list(range(1, 41))
    assert house.records.count() == 40
