"""Queued work: leased by one worker, taken again when it dies, done once it says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from registry import outbox
from registry.db.private import PrivateDatabase
from registry.outbox import BACKOFF, LEASE, MAX_ATTEMPTS, Lease
from tests.conftest import SettableClock
from tests.registry.house import House, at_once

KIND = "test.due"


@pytest.fixture
def private(house: House) -> PrivateDatabase:
    return house.private


def put(private: PrivateDatabase, not_before: datetime, *, kind: str = KIND, number: int = 0) -> str:
    with private.work() as session:
        return outbox.enqueue(session, kind, {"number": number}, not_before)


def put_and_fail(private: PrivateDatabase, now: datetime) -> None:
    with private.work() as session:
        outbox.enqueue(session, KIND, {}, now)
        raise RuntimeError


def take(private: PrivateDatabase, now: datetime, *kinds: str) -> Lease | None:
    with private.work() as session:
        return outbox.lease(session, kinds or (KIND,), now)


def finish(private: PrivateDatabase, lease: Lease, now: datetime) -> bool:
    with private.work() as session:
        return outbox.finish(session, lease, now)


def give_back(private: PrivateDatabase, lease: Lease, now: datetime) -> None:
    with private.work() as session:
        outbox.retry_later(session, lease, now)


def taken(private: PrivateDatabase, now: datetime) -> Lease:
    lease = take(private, now)
    assert lease is not None
    return lease


def test_a_job_is_leased_with_its_content_and_finished_once(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    job = put(private, clock.now, number=7)
    lease = taken(private, clock.now)
    assert (lease.job_id, lease.kind, lease.payload) == (job, KIND, {"number": 7})
    assert take(private, clock.now) is None
    assert finish(private, lease, clock.now)
    assert not finish(private, lease, clock.now)
    assert take(private, clock.now + 2 * LEASE) is None
    with private.read() as session:
        assert outbox.waiting(session) == 0


def test_a_job_is_queued_with_its_cause_or_not_at_all(private: PrivateDatabase, clock: SettableClock) -> None:
    with pytest.raises(RuntimeError):
        put_and_fail(private, clock.now)
    assert take(private, clock.now) is None


def test_a_job_waits_for_its_time(private: PrivateDatabase, clock: SettableClock) -> None:
    put(private, clock.now + timedelta(seconds=10))
    with private.read() as session:
        assert not outbox.is_due(session, KIND, clock.now)
    assert take(private, clock.now) is None
    clock.forward(seconds=10)
    with private.read() as session:
        assert outbox.is_due(session, KIND, clock.now)
    assert take(private, clock.now) is not None


def test_the_job_that_waits_longest_comes_first(private: PrivateDatabase, clock: SettableClock) -> None:
    for minutes in (1, 3, 2):
        put(private, clock.now - timedelta(minutes=minutes), number=minutes)
    assert [taken(private, clock.now).payload["number"] for _ in range(3)] == [3, 2, 1]


def test_a_worker_takes_only_what_it_knows(private: PrivateDatabase, clock: SettableClock) -> None:
    put(private, clock.now, kind="other")
    assert take(private, clock.now) is None
    assert take(private, clock.now, KIND, "other") is not None


def test_a_lapsed_lease_goes_to_the_next_and_the_late_worker_learns_it(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    put(private, clock.now)
    late = taken(private, clock.now)
    clock.forward(seconds=LEASE.total_seconds())
    assert take(private, clock.now) is None
    clock.forward(seconds=1)
    second = taken(private, clock.now)
    assert second.job_id == late.job_id
    assert second.key != late.key
    assert not finish(private, late, clock.now)
    give_back(private, late, clock.now)
    assert take(private, clock.now) is None
    assert finish(private, second, clock.now)


def test_a_lapsed_lease_that_nobody_took_still_counts(private: PrivateDatabase, clock: SettableClock) -> None:
    put(private, clock.now)
    slow = taken(private, clock.now)
    assert finish(private, slow, clock.now + 2 * LEASE)


def test_a_failed_job_rests_longer_each_time_and_then_for_good(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    put(private, clock.now)
    pauses = []
    for _ in range(MAX_ATTEMPTS):
        give_back(private, taken(private, clock.now), clock.now)
        pause = timedelta(0)
        while pause < timedelta(hours=3) and not due(private, clock.now + pause):
            pause += BACKOFF
        pauses.append(pause)
        clock.now += pause
    assert pauses == [BACKOFF * 2 ** min(n, 8) for n in range(MAX_ATTEMPTS)]
    assert take(private, clock.now + timedelta(days=365)) is None
    with private.read() as session:
        assert outbox.waiting(session) == 1


def due(private: PrivateDatabase, now: datetime) -> bool:
    with private.read() as session:
        return outbox.is_due(session, KIND, now)


def test_of_two_workers_one_wins(private: PrivateDatabase, clock: SettableClock) -> None:
    for _ in range(10):
        put(private, clock.now)
        wins = [lease for lease in at_once(2, lambda _: take(private, clock.now)) if lease is not None]
        assert len(wins) == 1
        assert isinstance(wins[0], Lease)
        assert finish(private, wins[0], clock.now)


def test_many_workers_share_many_jobs_without_overlap(private: PrivateDatabase, clock: SettableClock) -> None:
    jobs = {put(private, clock.now, number=number) for number in range(24)}

    def work(_: int) -> list[str]:
        # On PostgreSQL a rival's fresh lease can cost a turn; an empty hand twice means no work.
        mine: list[str] = []
        empty = 0
        while empty < 2:
            lease = take(private, clock.now)
            if lease is None:
                empty += 1
            else:
                mine.append(lease.job_id)
        return mine

    done = [job for share in at_once(4, work) if isinstance(share, list) for job in share]
    assert len(done) == len(set(done))
    assert set(done) == jobs
