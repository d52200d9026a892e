"""What is told of review, and that nothing that is kept back follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.review.figures.rules import (
    CARE,
    EDGES,
    REASONS,
    ROWS,
    SMALL,
    TAIL,
    TIMED,
    Moved,
    Tally,
    band,
    figures,
    quarter_of,
)

DAY = date(2026, 11, 28)
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")
ENDS = dict(zip(QUARTERS, (datetime(2026, month, 20, tzinfo=UTC) for month in (2, 5, 8)), strict=True))
cells = st.fixed_dictionaries({row: st.integers(0, 12) for row in ROWS if row != "declined"})
_keys = count()


def steps(quarter: str, row: str, number: int) -> Iterator[Moved]:
    """So many steps that count in a row of a quarter."""
    made = {
        "received": ("submit", "draft", "submitted", None),
        "accepted": ("accept", "in_review", "accepted", None),
        "appeals": ("appeal", "declined", "appealed", None),
        "upheld": ("uphold", "appealed", "in_review", None),
        "rejected": ("reject-appeal", "appealed", "declined", None),
        "split": ("split", "in_review", "in_review", None),
        **{counted: (action, "approved", "done", None) for action, counted in CARE.items()},
    }
    action, old, new, reason = made.get(row) or ("decline", "in_review", "declined", row.partition(":")[2])
    for _ in range(number):
        yield Moved(ENDS[quarter], f"report {next(_keys)}", action, old, new, reason)


def tallied(table: dict[str, dict[str, int]]) -> Tally:
    tally = Tally()
    for quarter, row_counts in table.items():
        for row, number in row_counts.items():
            for step in steps(quarter, row, number):
                tally.take(step)
    return tally


@given(st.fixed_dictionaries(dict.fromkeys(QUARTERS, cells)), st.data())
def test_whatever_is_kept_back_could_be_any_other_small_number(
    table: dict[str, dict[str, int]], data: st.DataObject
) -> None:
    """All that is told is the same for each number that is kept back: so it cannot be computed."""
    told = figures(tallied(table), DAY, 3)
    kept = [(q, row) for q in QUARTERS for row in table[q] if 0 < table[q][row] < SMALL]
    for quarter, row in kept:
        other = {**table, quarter: {**table[quarter], row: data.draw(st.integers(1, SMALL - 1))}}
        assert figures(tallied(other), DAY, 3) == told


@given(st.fixed_dictionaries(dict.fromkeys(QUARTERS, cells)))
def test_what_is_told_is_true(table: dict[str, dict[str, int]]) -> None:
    told = figures(tallied(table), DAY, 3)
    for one in told["quarters"]:
        true = table[one["quarter"]] | {"declined": sum(table[one["quarter"]][row] for row in REASONS)}
        for row, number in one["counts"].items():
            assert number in (None, true[row])
            assert (number is None) is (
                0 < true[row] < SMALL
                or (row == "declined" and any(0 < true[reason] < SMALL for reason in REASONS))
            )
        assert one["declined_at_least"] <= true["declined"]
    for row, whole in told["total"].items():
        parts = REASONS if row == "declined" else (row,)
        true_total = sum(table[quarter][part] for quarter in QUARTERS for part in parts)
        assert whole["value"] == true_total if whole["exact"] else whole["value"] < true_total


def stayed(tally: Tally, days: list[float], quarter: str) -> None:
    for each in days:
        key, end = f"report {next(_keys)}", ENDS[quarter]
        began = end - timedelta(days=each)
        tally.take(Moved(began, key, "submit", "draft", "submitted", None))
        tally.take(Moved(began, key, "add", "submitted", "submitted", None))
        tally.take(Moved(end, key, "claim", "submitted", "in_review", None))


def test_times_are_told_in_whole_days_where_enough_stand_behind_them() -> None:
    tally = Tally()
    stayed(tally, [0.5, 1.9, 3.5, 9, 10], "2026-Q1")
    stayed(tally, [7.0] * (SMALL - 1), "2026-Q2")
    stayed(tally, [1.0] * 18 + [30.0, 40.0], "2026-Q3")
    told = figures(tally, DAY, 0)
    by_quarter = {one["quarter"]: one["times"]["submitted"] for one in told["quarters"]}
    assert by_quarter == {
        "2026-Q1": {"median": 3, "p95": None},
        "2026-Q2": {"median": None, "p95": None},
        "2026-Q3": {"median": 1, "p95": 30},
    }
    assert told["total_times"]["submitted"] == {"median": 1, "p95": 30}
    assert told["total_times"]["changes_requested"] == {"median": None, "p95": None}
    assert TAIL == 20


@pytest.mark.parametrize(("number", "expected"), [(0, "0-4"), (4, "0-4"), (5, "5-9"), (999, "250-999")])
def test_the_running_quarter_and_what_waits_are_told_in_bands(number: int, expected: str) -> None:
    assert band(number) == expected
    assert band(EDGES[-1]) == "1000+"
    tally = Tally()
    for key in range(number):
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        tally.take(Moved(moment, str(key), "submit", "draft", "submitted", None))
    told = figures(tally, DAY, number)
    assert (told["running"]["counts"]["received"], told["waiting"]) == (expected, expected)
    assert told["quarters"] == []


def test_a_vote_that_decides_nothing_counts_as_nothing() -> None:
    tally, moment = Tally(), ENDS["2026-Q1"]
    for action, old, new in (
        ("accept", "in_review", "in_review"),
        ("submit", "changes_requested", "in_review"),
        ("fall-away", "scheduled", "declined"),
        ("relate", "declined", "declined"),
    ):
        tally.take(Moved(moment, "a", action, old, new, "AIR-1"))
    assert not any(tally.counts["2026-Q1"].values())


def test_a_reason_that_no_table_knows_is_told_as_another() -> None:
    tally = Tally()
    tally.take(Moved(ENDS["2026-Q1"], "a", "decline", "in_review", "declined", "words of somebody"))
    assert dict(tally.counts["2026-Q1"]) == {"declined": 1, "declined:other": 1}


def test_quarters_and_states() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
    told: dict[str, Any] = figures(Tally(), DAY, 0)
    assert set(told["running"]["counts"]) == set(ROWS)
    assert set(told["total_times"]) == set(TIMED) >= {"submitted", "in_review", "changes_requested"}


def test_an_accepted_revision_is_no_second_report() -> None:
    tally, key = Tally(), "revised"
    way = [
        ("submit", "draft", "submitted"),
        ("accept", "in_review", "accepted"),
        ("publish", "scheduled", "published"),
        ("reopen", "published", "revising"),
        ("submit", "revising", "submitted"),
        ("accept", "in_review", "accepted"),
        ("publish", "scheduled", "published"),
    ]
    for action, old, new in way:
        tally.take(Moved(ENDS["2026-Q1"], key, action, old, new, None))
    assert tally.counts["2026-Q1"] == {"received": 1, "accepted": 1}


def test_an_appeal_against_a_declined_revision_counts_as_any_other() -> None:
    tally, at = Tally(), ENDS["2026-Q1"]
    for key in map(str, range(SMALL)):
        tally.take(Moved(at, key, "decline-revision", "in_review", "published", "test"))
        tally.take(Moved(at, key, "appeal", "published", "appealed", None))
        tally.take(Moved(at, key, "reject-revision-appeal", "appealed", "published", "other"))
    (told,) = figures(tally, DAY, 0)["quarters"]
    counted = {row: number for row, number in told["counts"].items() if number}
    assert counted == {"appeals": SMALL, "rejected": SMALL}
