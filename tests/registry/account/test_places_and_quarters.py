"""Places beyond the country, regions of the world, and dates written as quarters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from babel import Locale

from registry.account import Account, Happened, NoDate, check
from registry.account.dates import coarser, first_day, last_day, precision, quarter_of
from registry.account.regions import COUNTRIES_OF, REGION_OF, regions_of
from search import days
from taxonomy import load
from tests.factories import account

TODAY = date(2026, 11, 24)
BAD: list[tuple[dict[str, Any], str, str]] = [
    (account(regions="014"), "/regions", "list of region codes"),
    (account(regions=[14]), "/regions", "list of region codes"),
    (account(regions=["14"]), "/regions/0", "three digits"),
    (account(regions=["002"]), "/regions/0", "three digits"),
    (account(regions=["014", "014"]), "/regions/1", "only once"),
    (account(regions=["014"] * 21), "/regions", "Too many entries"),
    (account(place="Turkana"), "/place", "exact and district"),
    (account(place={"town": "Lodwar"}), "/place/town", "no such field"),
    (account(place={"exact": 3}), "/place/exact", "should be text"),
    (account(place={"district": "x" * 121}), "/place/district", "limit is 120"),
    (account(place={"district": "a\nb"}), "/place/district", "single line"),
    (account(happened={"from": "2026-Q5"}), "/happened/from", "2026-Q1"),
    (account(happened={"from": "2026-q1"}), "/happened/from", "2026-Q1"),
    (account(happened={"from": "2026-Q1-02"}), "/happened/from", "2026-Q1"),
    (account(happened={"from": "2027-Q1"}), "/happened/from", "future"),
    (account(happened={"from": "2026-Q2", "to": "2026-03"}), "/happened/to", "before the beginning"),
    (account(happened={"from": "not known"}), "/happened/from", "2026-Q1"),
    (account(happened={"from": "2026", "to": "unknown"}), "/happened/to", "2026-Q1"),
    (account(happened={"from": "unknown", "to": "2027"}), "/happened/to", "future"),
]
WRITTEN = [
    # written, precision, first day, last day
    ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-Q1", "quarter", date(2024, 1, 1), date(2024, 3, 31)),
    ("2024-Q2", "quarter", date(2024, 4, 1), date(2024, 6, 30)),
    ("2024-Q3", "quarter", date(2024, 7, 1), date(2024, 9, 30)),
    ("2024-Q4", "quarter", date(2024, 10, 1), date(2024, 12, 31)),
    ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
    ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29)),
]
COARSER = [
    # written, at month, at quarter, at year
    ("2026-03-05", "2026-03", "2026-Q1", "2026"),
    ("2026-12-31", "2026-12", "2026-Q4", "2026"),
    ("2026-04", "2026-04", "2026-Q2", "2026"),
    ("2026-Q3", "2026-Q3", "2026-Q3", "2026"),
    ("2026", "2026", "2026", "2026"),
]


@pytest.mark.parametrize(("raw", "pointer", "says"), BAD)
def test_a_bad_place_or_quarter_is_named_and_explained(raw: dict[str, Any], pointer: str, says: str) -> None:
    found = [(one.pointer, str(one)) for one in check(raw, load(), TODAY, complete=True)]
    assert any(where == pointer and says in sentence for where, sentence in found), found


def test_good_ones_pass_and_survive_their_json() -> None:
    raw = account(
        place={"exact": "Clinic 5, by the river", "district": "Turkana"},
        regions=["014", "017"],
        countries=["withheld"],
        happened={"from": "2026-Q1", "to": "2026-Q4"},
    )
    assert check(raw, load(), TODAY, complete=True) == []
    assert Account.from_json(raw).to_json() == raw
    assert (
        Account.from_json(account(place={"exact": None})).to_json() == Account.from_json(account()).to_json()
    )


@pytest.mark.parametrize(("written", "exact", "first", "last"), WRITTEN)
def test_a_date_spans_the_days_that_it_can_mean(written: str, exact: str, first: date, last: date) -> None:
    assert (precision(written), first_day(written), last_day(written)) == (exact, first, last)
    assert days.span(Happened(written)) == (days.number(first), days.number(last))
    days.check(written)


@pytest.mark.parametrize(("written", "month", "quarter", "year"), COARSER)
def test_a_date_gets_coarser_step_by_step(written: str, month: str, quarter: str, year: str) -> None:
    assert [coarser(written, wanted) for wanted in ("day", "month", "quarter", "year")] == [
        written,
        month,
        quarter,
        year,
    ]


@pytest.mark.parametrize("why", list(NoDate))
def test_a_date_may_be_unknown_or_withheld_and_is_never_taken_for_one(why: NoDate) -> None:
    """The end may be known all the same; search then finds it by its end."""
    for end, span in ((None, (days.NEVER, days.NEVER)), ("2026-03", (20260301, 20260331))):
        raw = account(happened={"from": why.value} | ({"to": end} if end else {}))
        assert check(raw, load(), TODAY, complete=True) == []
        told = Account.from_json(raw)
        assert told.to_json()["happened"] == raw["happened"]
        assert told.happened == Happened(why, end)
        assert days.span(told.happened) == span


def test_a_quarter_says_which() -> None:
    assert quarter_of("2026-Q3") == (2026, 3)
    for other in ("2026", "2026-03", "2026-03-05", "spring"):
        with pytest.raises(ValueError, match=other):
            quarter_of(other)


@pytest.mark.parametrize("written", ["2026-Q0", "2026-Q5", "0999", "2026-13", "26-Q1", "2026-Q1 ", ""])
def test_search_refuses_what_is_no_date(written: str) -> None:
    with pytest.raises(ValueError):
        days.check(written)


def test_every_country_lies_in_one_region_that_has_a_name_everywhere() -> None:
    """Antarctica alone lies in none."""
    assert set(load().countries) - set(REGION_OF) == {"AQ"}
    assert len(REGION_OF) == sum(len(countries) for countries in COUNTRIES_OF.values())
    for language in ("en", "fr", "es", "ar"):
        assert set(COUNTRIES_OF) <= set(Locale(language).territories)


def test_regions_of_countries() -> None:
    assert regions_of(["KE", "UG", "FR", "AQ"]) == ("014", "155")
    assert regions_of(["unknown"]) == ()
