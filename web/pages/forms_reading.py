"""Reading forms: what was typed → JSON answers of an account, leniently.

Blanks, Windows line ends, a missing ``https://``, dates in many forms and country names in the reader's
language are all fine. What cannot be read at all becomes a problem at the field's pointer; the rest is
for the account's own check to judge, so that form and API never disagree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.account import Answer, typed_dates
from registry.account.languages import meant
from registry.errors import N_, Problem
from taxonomy import Taxonomy
from web.pages import forms_choices, forms_place
from web.pages.forms import UNSAID, Field, Kind, Step
from web.pages.words import day

UNITS = {"hours": 1, "days": 24, "weeks": 168}
"""Units of an interval in hours."""
AMOUNT_DIGITS = 6
INVISIBLE = ("Cc", "Cf", "Z")
"""Categories of signs that leave a text empty when there is nothing else in it."""

NOT_BOTH = N_("Write a date, or choose one of the answers below it, not both.")
WHICH = N_("Write which other language it is: its name, or its code.")
NOT_CHOSEN = N_(
    "To use the language that you wrote, choose “Another language” in the list; or empty that line."
)
TWO_MEANINGS = N_("This can be %(first)s or %(second)s. Choose which, or write the month as a word.")

Typed = MultiDict[str, str]


@dataclass(slots=True)
class Read:
    """Answers by pointer, and what could not be read."""

    answers: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_step(step: Step, typed: Typed, taxonomy: Taxonomy) -> Read:
    """The answers of one page."""
    result = Read()
    for question in step.fields:
        if question.kind in (Kind.MANY, Kind.MAIN):
            answer: Any = _many(question, typed, taxonomy)
        elif question.kind is Kind.TOLD:
            answer = list(_told(question, typed, taxonomy))
        elif question.kind is Kind.COUNTRIES:
            answer = forms_place.read(question, typed, taxonomy)
        else:
            answer = _SIMPLE[question.kind](question, typed, result.problems)
        result.answers[question.pointer] = answer
    return result


def _text(question: Field, typed: Typed, _: list[Problem]) -> str:
    text = typed.get(question.name, "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if all(unicodedata.category(sign).startswith(INVISIBLE) for sign in text):
        return ""
    return text if question.kind is Kind.LONG else " ".join(text.split())


def _language(question: Field, typed: Typed, problems: list[Problem]) -> str | None:
    """The language that was chosen, or the other one that was written beside the list."""
    code, other = (typed.get(name, "").strip() for name in (question.name, f"{question.name}-other"))
    if code != forms_choices.OTHER and other in ("", code):
        return code
    if code == forms_choices.OTHER and other:
        return meant(other)
    problems.append(Problem(question.pointer, NOT_CHOSEN if other else WHICH))
    return None


def _one(question: Field, typed: Typed, _: list[Problem]) -> list[str]:
    code = typed.get(question.name, "").strip()
    return [code] if code else []


def _lines(question: Field, typed: Typed, _: list[Problem]) -> list[str]:
    lines = (" ".join(line.split()) for line in typed.get(question.name, "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _links(question: Field, typed: Typed, problems: list[Problem]) -> list[str]:
    lines = _lines(question, typed, problems)
    return [line if "://" in line else f"https://{line}" for line in lines]


def _date(question: Field, typed: Typed, problems: list[Problem]) -> str | None:
    """A date as precise as it was typed, of two meanings the one that was chosen; or why there is none."""
    text = typed.get(question.name, "").strip()
    unsaid = [code for code in UNSAID if question.needed and code in typed.getlist(f"{question.name}-none")]
    if len(unsaid) + bool(text) > 1:
        problems.append(Problem(question.pointer, NOT_BOTH))
        return None
    if not text:
        return next(iter(unsaid), None)
    reading = typed_dates.read(text)
    if len(reading.dates) == 1:
        return reading.dates[0]
    chosen = typed.get(f"{question.name}-meant", "")
    if chosen in reading.dates:
        return chosen
    problems.append(Problem(question.pointer, *_unread(reading)))
    return None


def _unread(reading: typed_dates.Reading) -> tuple[str, dict[str, object]]:
    if reading.dates:
        first, second = (day(one) for one in reading.dates)
        return TWO_MEANINGS, {"first": first, "second": second}
    if reading.problem == typed_dates.UNREADABLE:
        return reading.problem, {"year": "2026", "month": day("2026-03"), "day": day("2026-03-15")}
    return reading.problem, reading.facts


def _interval(question: Field, typed: Typed, problems: list[Problem]) -> dict[str, Any] | None:
    answer = typed.get(question.name, "").strip()
    amount = typed.get(f"{question.name}-amount", "").strip()
    if answer not in ("", Answer.AFTER):
        return {"answer": answer}
    if not answer and not amount:
        return None
    unit = UNITS.get(typed.get(f"{question.name}-unit", "hours"))
    if unit is None or not (amount.isdecimal() and len(amount) <= AMOUNT_DIGITS):
        problems.append(Problem(question.pointer, N_("Write how long as a whole number, such as 3.")))
        return None
    return {"answer": Answer.AFTER.value, "hours": int(amount) * unit}


def _many(question: Field, typed: Typed, taxonomy: Taxonomy) -> list[str]:
    """The codes ticked, in the taxonomy's order; the main one first, where one is known."""
    ticked = list(dict.fromkeys(code.strip() for code in typed.getlist(question.facet) if code.strip()))
    order = {code: place for place, code in enumerate(taxonomy.facets[question.facet].values)}
    ticked.sort(key=lambda code: order.get(code, len(order)))
    main = typed.get(f"{question.facet}-main", "").strip()
    return sorted(ticked, key=lambda code: code != main)


def _told(question: Field, typed: Typed, taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    for code in taxonomy.facets["audience"].values:
        state = typed.get(f"{question.name}-{code.partition('/')[2]}", "").strip()
        if state:
            yield {"audience": code, "state": state}


_SIMPLE: dict[Kind, Callable[[Field, Typed, list[Problem]], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.LANGUAGE: _language,
    Kind.DATE: _date,
    Kind.ONE: _one,
    Kind.NAMES: _lines,
    Kind.LINKS: _links,
    Kind.INTERVAL: _interval,
}
