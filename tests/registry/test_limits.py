"""Counting tries: who is told to wait, for how long, and what the store knows of them."""

from __future__ import annotations

import io
import json
import multiprocessing
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
import redis

from registry.errors import NotFound, SettingError, TooManyTries
from registry.limits import Limit, Limiter
from registry.limits.counting import PAUSE, SILENCE
from registry.limits.stores import NAMES_MAX, SWEEP_EVERY, MemoryStore
from tests.conftest import SettableClock
from tests.redis_server import RedisServer
from tests.registry.house import at_once
from tests.registry.knocking import knock
from tests.ticks import Ticks

SECRET = "secret-" * 6
THREE = Limit("sign-in", tries=3, seconds=60)


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server.address
    server.stop()


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> str:
    if request.param == "memory":
        return "memory://"
    address: str = request.getfixturevalue("redis_address")
    return address


@pytest.fixture
def limiter(store: str, clock: SettableClock, tmp_path: Path) -> Limiter:
    return Limiter(store, SECRET + str(tmp_path), clock)


def test_the_try_after_the_last_is_told_how_long_to_wait(limiter: Limiter) -> None:
    for left in (3, 2, 1):
        assert limiter.look(THREE, "a@example.org").remaining == left
        limiter.take(THREE, "a@example.org")
    with pytest.raises(TooManyTries) as refused:
        limiter.take(THREE, "a@example.org")
    assert 1 <= refused.value.facts["retry_after"] <= 60
    assert limiter.look(THREE, "a@example.org").remaining == 0


def test_others_and_other_limits_are_counted_apart(limiter: Limiter) -> None:
    for _ in range(3):
        limiter.take(THREE, "a", "b")
    limiter.take(THREE, "ab")
    limiter.take(THREE, "a")
    limiter.take(Limit("other", 1, 60), "a", "b")


def test_a_rightful_try_starts_the_count_anew(limiter: Limiter) -> None:
    for _ in range(3):
        limiter.take(THREE, "a")
    limiter.forget(THREE, "a")
    limiter.take(THREE, "a")


def test_what_comes_to_nothing_is_given_back(limiter: Limiter) -> None:
    for _ in range(5):
        with pytest.raises(NotFound), limiter.taken(THREE, "a"):
            raise NotFound
    assert limiter.look(THREE, "a").remaining == 3
    for _ in range(3):
        with limiter.taken(THREE, "a"):
            pass
    with pytest.raises(TooManyTries), limiter.taken(THREE, "a"):
        pytest.fail("nothing is done without a try")
    assert limiter.look(THREE, "a").remaining == 0


def test_time_gives_tries_back(limiter: Limiter) -> None:
    soon, deadline = Limit("soon", tries=1, seconds=1), time.monotonic() + 10
    limiter.take(soon, "a")
    refused = 0
    while True:
        assert time.monotonic() < deadline
        try:
            limiter.take(soon, "a")
        except TooManyTries:
            refused += 1
        else:
            break
    assert refused


def test_the_store_holds_no_word_of_who_came(redis_address: str, clock: SettableClock) -> None:
    Limiter(redis_address, SECRET, clock).take(THREE, "203.0.113.9", "amina@health.example")
    kept = redis.Redis.from_url(redis_address)
    names = [name.decode() for name in kept.scan_iter()]
    assert names
    assert not [name for name in names if "203.0" in name or "amina" in name]


def test_aliases_mean_nothing_tomorrow_or_elsewhere(clock: SettableClock) -> None:
    limiter = Limiter("memory://", SECRET, clock)
    today = limiter.alias("203.0.113.9")
    assert limiter.alias("203.0.113.9") == today
    assert Limiter("memory://", SECRET + "x", clock).alias("203.0.113.9") != today
    assert limiter.alias("203.0.113", "9") != limiter.alias("203.0.113.", "9")
    clock.forward(days=1)
    assert limiter.alias("203.0.113.9") != today


def test_a_clock_that_is_set_back_locks_nobody_out(limiter: Limiter) -> None:
    """Counting goes by seconds since the start, or by the clock of Redis."""
    for _ in range(3):
        limiter.take(THREE, "a")
    with mock.patch("time.time", return_value=time.time() - 3 * 3600), pytest.raises(TooManyTries) as refused:
        limiter.take(THREE, "a")
    assert refused.value.facts["retry_after"] <= 60


def test_redis_whose_own_clock_went_back_begins_anew(redis_address: str, clock: SettableClock) -> None:
    limiter, kept = Limiter(redis_address, SECRET, clock), redis.Redis.from_url(redis_address)
    name = f"commons:limits:sign-in:{limiter.alias('sign-in', 'late')}"
    kept.rpush(name, *[round((time.time() + 3600) * 1_000_000)] * 3)
    assert limiter.look(THREE, "late").remaining == 3
    limiter.take(THREE, "late")
    assert limiter.look(THREE, "late").remaining == 2


def test_redis_forgets_what_no_longer_counts(redis_address: str, clock: SettableClock) -> None:
    limiter, kept = Limiter(redis_address, SECRET, clock), redis.Redis.from_url(redis_address)
    limiter.take(THREE, "once")
    name = f"commons:limits:sign-in:{limiter.alias('sign-in', 'once')}"
    assert 0 < kept.ttl(name) <= 60


def test_all_processes_share_one_count_in_redis(redis_address: str) -> None:
    """Four processes try at once, and exactly as many get through as one of them alone would."""
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as pool:
        passed = list(pool.map(knock, [redis_address] * 4, [40] * 4))
    assert sum(passed) == 50


def test_redis_may_go_away_and_come_back(tmp_path: Path, clock: SettableClock, logged: io.StringIO) -> None:
    server, ticks = RedisServer(tmp_path), Ticks()
    server.start()
    first, second = (Limiter(server.address, SECRET, clock, ticks) for _ in range(2))
    first.take(THREE, "203.0.113.9")
    assert second.look(THREE, "203.0.113.9").remaining == 2
    server.stop()
    for _ in range(3):
        first.take(THREE, "203.0.113.9")  # let through, and counted here
    with pytest.raises(TooManyTries):
        first.take(THREE, "203.0.113.9")
    server.start()
    ticks.forward(PAUSE)
    for _ in range(3):
        first.take(THREE, "203.0.113.9")  # shared again, begun anew
    assert second.look(THREE, "203.0.113.9").remaining == 0
    server.stop()
    (line,) = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert (line["event"], line["kind"]) == ("limits store does not answer", "limits")
    assert "203.0" not in logged.getvalue()


def test_a_store_that_stays_away_is_asked_seldom_and_noted_once_a_minute(
    clock: SettableClock, logged: io.StringIO
) -> None:
    ticks = Ticks()
    limiter = Limiter("redis://127.0.0.1:1", SECRET, clock, ticks)
    with mock.patch.object(limiter._shared, "count", wraps=limiter._shared.count) as asked:
        for _ in range(int(3 * SILENCE)):
            limiter.look(THREE, "a")
            ticks.forward(1)
    assert asked.call_count == 3 * SILENCE / PAUSE
    assert len(logged.getvalue().splitlines()) == 3


def test_a_redis_that_hangs_is_not_waited_for(clock: SettableClock, logged: io.StringIO) -> None:
    """It takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        limiter = Limiter(f"redis://127.0.0.1:{deaf.getsockname()[1]}", SECRET, clock)
        started = time.monotonic()
        for _ in range(3):
            limiter.take(THREE, "a")
        assert time.monotonic() - started < 2
    assert len(logged.getvalue().splitlines()) == 1


def test_when_the_store_does_not_answer_each_process_counts_by_itself(clock: SettableClock) -> None:
    first, second = (Limiter("redis://127.0.0.1:1", SECRET, clock) for _ in range(2))
    for _ in range(3):
        first.take(THREE, "a")
    with pytest.raises(TooManyTries):
        first.take(THREE, "a")
    assert second.look(THREE, "a").remaining == 3
    first.forget(THREE, "a")
    assert first.look(THREE, "a").remaining == 3


def test_a_store_that_nobody_knows_is_a_bad_setting(clock: SettableClock) -> None:
    with pytest.raises(SettingError, match="limits_store"):
        Limiter("carrier-pigeon://coop", SECRET, clock)


def test_threads_that_try_at_once_get_no_more_than_one_after_the_other(clock: SettableClock) -> None:
    limiter, fifty = Limiter("memory://", SECRET, clock), Limit("at once", 50, 60)
    tried = at_once(200, lambda _number: limiter.take(fifty, "all"))
    assert sum(not isinstance(one, TooManyTries) for one in tried) == 50


def test_a_crowd_of_names_fills_no_memory() -> None:
    ticks = Ticks()
    store = MemoryStore(ticks)
    for number in range(NAMES_MAX + 50_000):
        store.count(f"name {number}", 3, 60, adding=True)
        ticks.forward(0.0001)
    assert len(store._ends) <= NAMES_MAX
    assert store.count(f"name {NAMES_MAX + 49_999}", 3, 60, adding=False).used == 1
    ticks.forward(60 + SWEEP_EVERY)
    store.count("last", 3, 60, adding=True)
    assert list(store._ends) == ["last"]


def test_counting_costs_less_than_a_tenth_of_a_millisecond(clock: SettableClock) -> None:
    """The processor's time of this thread, at a limit that is often reached."""
    limiter, busy = Limiter("memory://", SECRET, clock), Limit("busy", 600, 60)
    rounds = 20_000
    started = time.thread_time()
    for number in range(rounds):
        try:
            limiter.take(busy, str(number % 20))
        except TooManyTries:
            continue
    assert (time.thread_time() - started) / rounds < 0.0001
