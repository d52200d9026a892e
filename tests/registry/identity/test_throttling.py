"""Guessing passwords: slowed down for guessers, never for whom they try to be (S14 of the bar)."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from registry.errors import TooManyTries
from registry.identity.throttling import ACCOUNT, CODE, DEVICE, HOUR, MINUTE, NEAR, PLACE, SignInThrottle
from registry.limits import Limiter
from tests.conftest import SettableClock
from tests.registry.house import SECRET

TRIES = int(os.environ.get("COMMONS_TRIES", "1000"))
"""Tries of each attack; the bar is 10,000 (``COMMONS_TRIES=10000``)."""
VICTIM = "amina@health.example"


class Ticks:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def throttle(clock: SettableClock, ticks: Ticks) -> SignInThrottle:
    return SignInThrottle(Limiter("memory://", SECRET, clock, ticks))


def guess(throttle: SignInThrottle, account: str, place: str, device: str | None = None) -> bool:
    """A try with a wrong password; whether it was looked at."""
    try:
        throttle.first_step(account, place, device)
    except TooManyTries:
        return False
    throttle.failed(place, device)
    return True


def test_one_guesser_runs_dry_first_and_the_victim_signs_in_from_anywhere(throttle: SignInThrottle) -> None:
    looked_at = sum(guess(throttle, VICTIM, "198.51.100.7") for _ in range(TRIES))
    assert looked_at == NEAR[0].tries
    throttle.first_step(VICTIM, "203.0.113.5", None)  # a new phone at home
    throttle.first_step(VICTIM, "198.51.100.7", "known")  # even from the guesser's own network


def test_many_guessers_together_get_ten_tries_a_minute_and_the_known_browser_its_own(
    throttle: SignInThrottle, ticks: Ticks
) -> None:
    looked_at: Counter[int] = Counter()
    for number in range(TRIES):
        ticks.now += 0.2
        looked_at[int(ticks.now // 60)] += guess(throttle, VICTIM, f"2001:db8:{number:x}::")
        if number % 100 == 99:
            throttle.first_step(VICTIM, "203.0.113.5", "known")
            throttle.passed(VICTIM, "203.0.113.5", "known")
    assert max(looked_at.values()) <= ACCOUNT[0].tries == 10
    assert sum(looked_at.values()) <= ACCOUNT[1].tries


def test_over_an_hour_it_is_slower_than_ten_a_minute(throttle: SignInThrottle, ticks: Ticks) -> None:
    looked_at = 0
    for number in range(TRIES):
        ticks.now += HOUR / TRIES
        looked_at += guess(throttle, VICTIM, f"2001:db8:{number:x}::")
    assert looked_at <= ACCOUNT[1].tries


def test_one_place_tries_few_accounts_and_all_places_together_a_bounded_number(
    throttle: SignInThrottle,
) -> None:
    """Credential stuffing: another account at each try."""
    one = sum(guess(throttle, f"{n}@example.org", "198.51.100.7") for n in range(TRIES))
    assert one == PLACE[0].tries
    all_places = sum(guess(throttle, f"{n}@example.net", f"2001:db8:{n:x}::") for n in range(TRIES))
    assert all_places <= 600
    throttle.first_step(VICTIM, "203.0.113.5", "known")


def test_a_stolen_browser_cookie_gives_ten_tries_a_minute_too(throttle: SignInThrottle) -> None:
    looked_at = sum(guess(throttle, VICTIM, f"2001:db8:{n:x}::", "known") for n in range(TRIES))
    assert looked_at == DEVICE[0].tries == 10
    throttle.first_step(VICTIM, "203.0.113.5", None)


def test_colleagues_behind_one_address_sign_in_within_the_same_minute(throttle: SignInThrottle) -> None:
    for number in range(200):
        account = f"{number}@health.example"
        throttle.first_step(account, "198.51.100.7", None)
        throttle.passed(account, "198.51.100.7", None)


def test_who_signs_in_starts_anew(throttle: SignInThrottle) -> None:
    for _ in range(4):
        for _ in range(NEAR[0].tries - 1):
            assert guess(throttle, VICTIM, "203.0.113.5")
        throttle.first_step(VICTIM, "203.0.113.5", None)
        throttle.passed(VICTIM, "203.0.113.5", None)


def test_waiting_helps(throttle: SignInThrottle, ticks: Ticks) -> None:
    while guess(throttle, VICTIM, "203.0.113.5"):
        continue
    with pytest.raises(TooManyTries) as slow:
        throttle.first_step(VICTIM, "203.0.113.5", None)
    ticks.now += int(str(slow.value.facts["retry_after"]))
    throttle.first_step(VICTIM, "203.0.113.5", None)


def test_codes_after_a_stolen_password_are_few_and_the_known_browser_has_its_own(
    throttle: SignInThrottle, ticks: Ticks
) -> None:
    looked_at = 0
    for _ in range(TRIES):
        ticks.now += 86_400 / TRIES
        try:
            throttle.second_step("person", None)
            looked_at += 1
        except TooManyTries:
            continue
    assert looked_at <= CODE[2].tries == 50, "of a million codes three are good: a chance of 1 in 6,000 a day"
    throttle.second_step("person", "known")


def test_at_no_percent_nothing_is_counted(clock: SettableClock) -> None:
    off = SignInThrottle(Limiter("memory://", SECRET, clock), 0)
    assert all(guess(off, VICTIM, "198.51.100.7") for _ in range(100))
    few = SignInThrottle(Limiter("memory://", SECRET, clock), 10)
    assert sum(guess(few, VICTIM, "198.51.100.7") for _ in range(100)) == 1


def test_the_bar_is_in_the_table() -> None:
    assert (ACCOUNT[0].tries, ACCOUNT[0].seconds) == (10, MINUTE)
    assert (DEVICE[0].tries, DEVICE[0].seconds) == (10, MINUTE)
