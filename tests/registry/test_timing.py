"""How long a refusal takes tells neither who has an account nor how near a guess was (S13 of the bar)."""

from __future__ import annotations

import secrets
import statistics
from collections.abc import Callable

import pytest

from registry.errors import NotFound
from registry.identity.sessions import SignInRefused
from tests.registry.house import House
from tests.registry.timing import SAMPLES_OF_PASSWORDS, WORST_T, Compared, compare

Record = Callable[[str, object], None]
pytestmark = [pytest.mark.alone, pytest.mark.timeout(7200)]
LAST_DIGITS = 4
GUESSES = 1000


def holds(found: Compared, record: Record) -> None:
    record("figures", str(found))
    assert abs(found.difference) < 3 * found.noise, found
    assert abs(found.t) < WORST_T, found


def test_a_known_and_an_unknown_person_are_refused_alike(small_house: House, record_property: Record) -> None:
    def refuse(email: str) -> None:
        with pytest.raises(SignInRefused):
            small_house.side.sessions.sign_in(email, "not the password of anybody")

    found = compare(
        lambda _number: refuse("member@example.org"),
        lambda number: refuse(f"nobody{number % 10}@example.org"),
        SAMPLES_OF_PASSWORDS,
    )
    holds(found, record_property)
    assert statistics.median(found.second) > 0.005, "a password is looked at even if there is nobody"


def test_a_secret_that_is_nearly_right_is_refused_like_any_other(
    small_house: House, record_property: Record
) -> None:
    """The whole way from an id: looking the program up, and comparing."""
    side, home = small_house.side, small_house.people.member.organization_id
    made = side.directory.add_client(home, "Monitor", ["submissions:read"])
    assert made.secret is not None
    near, length = made.secret[:-3], len(made.secret)

    def refuse(secret: str) -> None:
        program = side.oauth.programs.find(made.id)
        assert program is not None
        assert not program.secret_matches(secret)

    guesses = [secrets.token_urlsafe(length)[:length] for _ in range(GUESSES)]
    nearly = [near + guess[:3] for guess in guesses]
    found = compare(
        lambda number: refuse(nearly[number % GUESSES]), lambda number: refuse(guesses[-number % GUESSES])
    )
    holds(found, record_property)


def test_a_receipt_code_that_is_nearly_right_is_refused_like_any_other(
    small_house: House, record_property: Record
) -> None:
    code = small_house.side.intake.receipt(small_house.people.member, small_house.submitted())
    near, length = code[:-LAST_DIGITS], len(code)

    def refuse(wrong: str) -> None:
        with pytest.raises(NotFound):
            small_house.side.following.by_code(wrong)

    def ending(number: int) -> str:
        return f"{(int(code[-LAST_DIGITS:]) + 1 + number % 9999) % 10**LAST_DIGITS:0{LAST_DIGITS}d}"

    def far(number: int) -> str:
        digits = f"{(number * 7_368_787 + 123_456_789_123_456_789) * 1_000_003 % 10**24:024d}"
        return " ".join(digits[start : start + 4] for start in range(0, 24, 4))

    # Made before they are timed: to write one down takes longer for the one kind than for the other.
    nearly, others = (
        [made(number) for number in range(GUESSES)] for made in (lambda n: near + ending(n), far)
    )
    assert {len(one) for one in (*nearly, *others)} == {length}
    found = compare(
        lambda number: refuse(nearly[number % GUESSES]), lambda number: refuse(others[number % GUESSES])
    )
    holds(found, record_property)
