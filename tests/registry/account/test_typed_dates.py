"""Dates as people write them: understood, asked back, or answered with a sentence that helps."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from registry.account import typed_dates
from registry.account.calendars import NOT_OURS, THAI
from registry.account.typed_dates import (
    LOCALES,
    NO_MONTH,
    NO_YEAR,
    QUARTERS,
    TWO_DATES,
    UNREADABLE,
    read,
)

UNDERSTOOD = {
    "Q1 2026": "2026-Q1",
    "2026-Q3": "2026-Q3",
    "T2 2026": "2026-Q2",
    "4T 2025": "2025-Q4",
    "trimestre 2 de 2026": "2026-Q2",
    "1st quarter 2026": "2026-Q1",
    "third quarter of 2026": "2026-Q3",
    "2e trimestre 2026": "2026-Q2",
    "premier trimestre 2026": "2026-Q1",
    "4.º trimestre de 2026": "2026-Q4",
    "1.er trimestre de 2026": "2026-Q1",
    "الربع الثالث ٢٠٢٦": "2026-Q3",
    "2026": "2026",
    " 2026 ": "2026",
    "٢٠٢٦": "2026",
    "۲۰۲۶": "2026",
    "२०२६": "2026",
    "\u200f2026\u200b": "2026",
    "in 2026": "2026",
    "3/2026": "2026-03",
    "03.2026": "2026-03",
    "3 2026": "2026-03",
    "2026-3": "2026-03",
    "202603": "2026-03",
    "March 2026": "2026-03",
    "MARS 2026": "2026-03",
    "Mar. 2026": "2026-03",
    "février 2026": "2026-02",
    "fevrier 2026": "2026-02",
    "marzo de 2026": "2026-03",
    "março de 2026": "2026-03",
    "مارس 2026": "2026-03",
    "آذار ٢٠٢٦": "2026-03",
    "كانون الثاني 2026": "2026-01",
    "Machi 2026": "2026-03",
    "2026年3月": "2026-03",
    "12.03.2026": "2026-03-12",
    "12. 3. 2026": "2026-03-12",
    "2026-03-15": "2026-03-15",
    "2026/3/5": "2026-03-05",
    "20260315": "2026-03-15",
    "2026-03-15T10:00:00Z": "2026-03-15",
    "13/03/2026": "2026-03-13",
    "03/13/2026": "2026-03-13",
    "5/5/2026": "2026-05-05",
    "5 Mar 2026": "2026-03-05",
    "March 5, 2026": "2026-03-05",
    "5th of March 2026": "2026-03-05",
    "1er août 2025": "2025-08-01",
    "5 de marzo de 2026": "2026-03-05",
    "٥ مارس ٢٠٢٦": "2026-03-05",
    "2026-02-31": "2026-02-31",  # that there is no such day is for the account's check to say
}
ASKED_BACK = {
    "03/04/2026": ("2026-04-03", "2026-03-04"),
    "3-4-2026": ("2026-04-03", "2026-03-04"),
    "٣/٤/٢٠٢٦": ("2026-04-03", "2026-03-04"),
    "03 04 2026": ("2026-04-03", "2026-03-04"),
}
REFUSED = {
    "": UNREADABLE,
    "yesterday": UNREADABLE,
    "2026 perhaps": UNREADABLE,
    "1 2 3 2026": UNREADABLE,
    "123/2026": UNREADABLE,
    "2" * 61: UNREADABLE,
    "26": NO_YEAR,
    "3/26": NO_YEAR,
    "15/3/26": NO_YEAR,
    "March": NO_YEAR,
    "13/2026": NO_MONTH,
    "2026-00": NO_MONTH,
    "13/14/2026": NO_MONTH,
    "2024-2025": TWO_DATES,
    "March to May 2026": TWO_DATES,
    "Q1": QUARTERS,
    "Q3 26": QUARTERS,
    "1447": NOT_OURS,
    "9 رمضان 1447": NOT_OURS,
    "1404-05-06": NOT_OURS,
    "5786": NOT_OURS,
    "2569": THAI,
    "มีนาคม 2569": THAI,
}


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD.items())
def test_understood(typed: str, meant: str) -> None:
    assert read(typed).dates == (meant,)


@pytest.mark.parametrize(("typed", "meanings"), ASKED_BACK.items())
def test_asked_back(typed: str, meanings: tuple[str, str]) -> None:
    assert read(typed).dates == meanings


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.items())
def test_refused_with_a_sentence(typed: str, sentence: str) -> None:
    reading = read(typed)
    assert (reading.dates, reading.problem) == ((), sentence)


def test_a_year_of_the_buddhist_calendar_is_reckoned_back() -> None:
    assert read("2569").facts == {"year": 2569, "ours": 2026}


def test_no_two_months_share_a_name_in_any_of_the_languages() -> None:
    named: dict[str, set[int]] = {}
    for code in LOCALES:
        months = Locale.parse(code).months
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in months[context][width].items():
                    named.setdefault(typed_dates.plain(name).rstrip("."), set()).add(number)
    assert {name: numbers for name, numbers in named.items() if len(numbers) > 1} == {}


@given(
    day=st.dates(date(1950, 1, 1), date(2035, 12, 31)),
    locale=st.sampled_from(LOCALES),
    form=st.sampled_from(["long", "medium", "d MMMM y", "d MMM y", "MMMM d, y", "y MMMM d"]),
)
def test_what_any_of_the_languages_writes_is_read(day: date, locale: str, form: str) -> None:
    assert str(day) in read(format_date(day, form, locale=locale)).dates


@given(
    year=st.integers(1950, 2035),
    quarter=st.integers(1, 4),
    locale=st.sampled_from(["en", "fr", "es", "ar"]),
    form=st.sampled_from(["yQQQQ", "yQQQ"]),
)
def test_a_quarter_that_pages_write_is_read(year: int, quarter: int, locale: str, form: str) -> None:
    first = date(year, quarter * 3 - 2, 1)
    assert read(format_skeleton(form, first, locale=locale)).dates == (f"{year}-Q{quarter}",)


@given(day=st.dates(date(1950, 1, 1), date(2035, 12, 31)), sign=st.sampled_from("/- "))
def test_numbers_are_never_guessed(day: date, sign: str) -> None:
    """Day before month or month before day: the true day is always among what is offered."""
    for typed in (
        f"{day.day}{sign}{day.month}{sign}{day.year}",
        f"{day.month}{sign}{day.day}{sign}{day.year}",
    ):
        found = read(typed).dates
        assert str(day) in found
        assert len(found) == (2 if day.day <= 12 and day.day != day.month else 1)


@given(st.text(max_size=80))
def test_anything_is_answered(typed: str) -> None:
    reading = read(typed)
    assert bool(reading.dates) != bool(reading.problem)
