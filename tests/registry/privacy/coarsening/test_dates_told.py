"""Dates that a text tells: found in four languages, and nothing taken for one."""

from __future__ import annotations

import pytest

from registry.privacy.coarsening import Levels, left_standing
from registry.privacy.coarsening.dates_told import days_without_year, told
from tests.factories import account

DAYS = {
    "On 12 March 2026 the bot answered.": "12 March 2026",
    "It was March 3rd, 2026, at noon.": "March 3rd, 2026",
    "Seen 2026-03-12.": "2026-03-12",
    "Am 12.03.2026 geschehen": "12.03.2026",
    "Le 3 février le système": "3 février",
    "El 5 de marzo de 2026 falló": "5 de marzo de 2026",
    "في 12 مارس 2026 أجاب": "12 مارس 2026",
    "On Thursday 12 March 2026 it began.": "Thursday 12 March 2026",
    "It was Thursday, March 5th.": "Thursday, March 5th",
    "Since Thursday the 12th nobody knew.": "Thursday the 12th",
    "Depuis jeudi 5 mars 2026": "jeudi 5 mars 2026",
    "El jueves, 5 de marzo": "jueves, 5 de marzo",
    "يوم الخميس 5 مارس 2026": "الخميس 5 مارس 2026",
    "Entered on 05/03/2026 by hand": "05/03/2026",
    "Entered on Thu 05/03/2026": "Thu 05/03/2026",
    "Entered on 5-3-2026.": "5-3-2026",
    "Entered on 2026/03/05": "2026/03/05",
    "في ٠٥/٠٣/٢٠٢٦ أجاب": "٠٥/٠٣/٢٠٢٦",
}
NONE = (
    "It may take 3 or 4 tries, in march or by bus.",
    "12 marchers came, 3 mayors spoke.",
    "Version 1.2.3 of 2026",
    "A dose of 10/20 mg",
    "On Monday 3 patients came, and on Thursday 12.",
    "The hotline is 555-20-2026, the ratio 3/4.",
)


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_is_found(text: str, day: str) -> None:
    assert told(text, months=False) == (day,)


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_is_not(text: str) -> None:
    assert told(text, months=True) == ()


def test_a_month_counts_where_even_the_month_is_hidden() -> None:
    text = "Since March 2026 it fails."
    assert told(text, months=False) == ()
    assert told(text, months=True) == ("March 2026",)
    assert told("Between 03/2026 and 2026-04.", months=True) == ("03/2026", "2026-04")


def test_reviewers_are_told_what_the_text_still_says() -> None:
    raw = account(text="On 12 March 2026 the bot doubled a dose.", happened={"from": "2026-03-12"})
    assert left_standing(raw, Levels(date="month")) == ("12 March 2026",)
    assert left_standing(raw, Levels(date="day")) == ()


@pytest.mark.parametrize("answered", ["2026-03", "2026-Q1", "2026"])
def test_a_text_more_exact_than_the_answer_is_told_without_any_choice(answered: str) -> None:
    raw = account(text="On 5 March 2026 the bot doubled a dose.", happened={"from": answered})
    assert left_standing(raw, Levels()) == ("5 March 2026",)
    assert left_standing(raw | {"text": "In 2026 it doubled a dose."}, Levels()) == ()


def test_a_withheld_date_that_the_text_tells_is_told() -> None:
    raw = account(text="In March 2026 the bot doubled a dose.", happened={"from": "withheld"})
    assert left_standing(raw, Levels()) == ("March 2026",)


@pytest.mark.parametrize("written", ["5/3", "3/5", "05/03", "٥/٣"])
def test_day_and_month_without_a_year_are_told(written: str) -> None:
    raw = account(text=f"Since {written}, it fails.", happened={"from": "2026-03-05"})
    assert left_standing(raw, Levels(date="quarter")) == (written,)
    assert left_standing(raw, Levels()) == ()


@pytest.mark.parametrize(
    "text", ["It runs 24/7.", "About 20/40 mg", "3/4/5", "v1.5/3", "1/3.5", "2/3 %", "8/9"]
)
def test_other_numbers_are_no_days(text: str) -> None:
    assert days_without_year(text, ("2026-03-05",)) == ()


def test_months_beside_the_turn_of_the_year_are_near() -> None:
    assert days_without_year("on 30/12 and 2/1 and 15/6", ("2026-01",)) == ("30/12", "2/1")
