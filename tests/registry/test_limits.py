"""Counting tries: who is told to wait, for how long, and what the store knows of them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from registry.errors import SettingError, TooManyTries
from registry.limits import Limit, Limiter
from tests.conftest import SettableClock, missing

SECRET = "secret-" * 6
THREE = Limit("sign-in", tries=3, seconds=60)


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis of our own."""
    program = shutil.which("redis-server")
    if program is None:
        missing("a Redis server (redis-server)")
    assert program is not None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _wait(port)
    yield f"redis://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "Redis does not answer"
        else:
            return


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
