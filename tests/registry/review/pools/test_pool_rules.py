"""Who fits a report, who is asked at all, and what can be wished."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from registry.errors import Invalid
from registry.review.pools.rules import (
    AHEAD,
    AT_ONCE,
    Candidate,
    Fit,
    Traits,
    Wishes,
    fit,
    in_turn,
    may_be_given,
    read,
)

HEALTH, BIAS, DEATH = "sector/health", "failure/bias", "harm/death"
REPORT = Traits("sw", frozenset({HEALTH}), frozenset({BIAS}), frozenset({DEATH, "harm/physical"}))
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
KNOWN = {"sectors": {HEALTH}, "failures": {BIAS}, "spared": {DEATH}}


def some(*codes: str) -> frozenset[str]:
    return frozenset(codes)


@pytest.mark.parametrize(
    ("wishes", "fits"),
    [
        (Wishes(), Fit.READS),
        (Wishes(languages=some("en", "sw")), Fit.READS),
        (Wishes(languages=some("en")), Fit.NOT),
        (Wishes(sectors=some(HEALTH)), Fit.KNOWS),
        (Wishes(failures=some(BIAS)), Fit.KNOWS),
        (Wishes(sectors=some("sector/finance")), Fit.READS),
        (Wishes(languages=some("en"), sectors=some(HEALTH)), Fit.NOT),
        (Wishes(spared=some(DEATH)), Fit.NOT),
        (Wishes(spared=some("harm/physical"), sectors=some(HEALTH)), Fit.NOT),
        (Wishes(spared=some("harm/child")), Fit.READS),
    ],
)
def test_languages_and_what_is_spared_are_bounds_and_competence_comes_first(
    wishes: Wishes, fits: Fit
) -> None:
    assert fit(wishes, REPORT) is fits


@pytest.mark.parametrize(
    ("wishes", "load", "asked"),
    [
        (Wishes(), AT_ONCE - 1, True),
        (Wishes(), AT_ONCE, False),
        (Wishes(most=2), 1, True),
        (Wishes(most=2), 2, False),
        (Wishes(most=50), AT_ONCE, True),
        (Wishes(until=TODAY), 0, False),
        (Wishes(until=TODAY - timedelta(days=1)), 0, True),
        (Wishes(until=TODAY + timedelta(days=9)), 0, False),
    ],
)
def test_nobody_is_asked_who_pauses_or_holds_enough(wishes: Wishes, load: int, asked: bool) -> None:
    assert may_be_given(wishes, load, TODAY) is asked


def test_the_lightest_is_asked_first_and_who_knows_the_field_is_a_little_lighter() -> None:
    reads = Candidate("reads", Fit.READS, 0)

    def order(ahead: int) -> list[str]:
        return in_turn([reads, Candidate("knows", Fit.KNOWS, AHEAD + ahead)])

    assert order(-1) == ["knows", "reads"]
    assert order(0) == ["reads", "knows"], "equals keep the order in which they came"
    assert order(1) == ["reads", "knows"]
    assert in_turn([Candidate("knows", Fit.KNOWS, AHEAD), reads]) == ["knows", "reads"]
    assert in_turn([]) == []


def test_who_had_it_last_is_asked_last() -> None:
    both = [Candidate("idle", Fit.KNOWS, 0), Candidate("busy", Fit.READS, 9)]
    assert in_turn(both, "idle") == ["busy", "idle"]


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"languages": ["english"]}, "/languages"),
        ({"languages": ["e"]}, "/languages"),
        ({"languages": ["en"] * 21}, "/languages"),
        ({"sectors": ["sector/none-such"]}, "/sectors"),
        ({"failures": [HEALTH]}, "/failures"),
        ({"spared": ["x"]}, "/spared"),
        ({"most": 0}, "/most"),
        ({"most": 101}, "/most"),
        ({"until": "2026-11-23"}, "/until"),
        ({"until": "soon"}, "/until"),
        ({"until": "2027-11-26"}, "/until"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_by_its_name(raw: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(raw, KNOWN, NOW)
    assert [problem.pointer for problem in caught.value.problems] == [pointer]


def test_what_can_be_wished_is_kept_as_it_was_said() -> None:
    raw = {
        "languages": ["EN", "sw"],
        "sectors": [HEALTH],
        "spared": [DEATH],
        "most": 3,
        "until": "2026-11-24",
    }
    assert read(raw, KNOWN, NOW) == Wishes(some("en", "sw"), some(HEALTH), some(), some(DEATH), 3, TODAY)
    assert read({}, KNOWN, NOW) == Wishes()
