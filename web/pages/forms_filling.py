"""Filling forms: the answers of an account → the values of inputs, the inverse of ``forms_reading``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from web.pages import forms_choices, forms_place
from web.pages.forms import UNSAID, Field, Kind, Step, get
from web.pages.forms_reading import UNITS, Typed
from web.pages.words import day


def fill_step(step: Step, account: Mapping[str, Any]) -> Typed:
    """What the inputs of a page hold when the account was answered before."""
    values: Typed = MultiDict()
    for question in step.fields:
        answer = get(account, question.pointer)
        if answer:
            for name, value in _FILL[question.kind](question, answer):
                values.add(name, value)
    return values


def unit_of(hours: int) -> tuple[int, str]:
    """An interval in the largest unit that keeps it whole: 72 hours are 3 days."""
    for unit in ("weeks", "days"):
        if hours and hours % UNITS[unit] == 0:
            return hours // UNITS[unit], unit
    return hours, "hours"


Pairs = Sequence[tuple[str, str]]


def _text(question: Field, answer: str) -> Pairs:
    return [(question.name, answer)]


def _language(question: Field, answer: str) -> Pairs:
    if answer in forms_choices.LANGUAGES:
        return [(question.name, answer)]
    return [(question.name, forms_choices.OTHER), (f"{question.name}-other", answer)]


def _lines(question: Field, answer: list[str]) -> Pairs:
    return [(question.name, "\n".join(answer))]


def _date(question: Field, answer: str) -> Pairs:
    return [(f"{question.name}-none", answer) if answer in UNSAID else (question.name, day(answer))]


def _codes(question: Field, answer: list[str]) -> Pairs:
    return [(question.name, code) for code in answer]


def _many(question: Field, answer: list[str]) -> Pairs:
    main = [(f"{question.facet}-main", answer[0])] if len(answer) > 1 else []
    return [*((question.facet, code) for code in answer), *main]


def _interval(question: Field, answer: dict[str, Any]) -> Pairs:
    pairs = [(question.name, answer["answer"])]
    if "hours" in answer:
        amount, unit = unit_of(answer["hours"])
        pairs += [(f"{question.name}-amount", str(amount)), (f"{question.name}-unit", unit)]
    return pairs


def _told(question: Field, answer: list[dict[str, str]]) -> Pairs:
    return [(f"{question.name}-{told['audience'].partition('/')[2]}", told["state"]) for told in answer]


_FILL: dict[Kind, Callable[[Field, Any], Pairs]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.LANGUAGE: _language,
    Kind.DATE: _date,
    Kind.ONE: _codes,
    Kind.MANY: _many,
    Kind.MAIN: _many,
    Kind.COUNTRIES: forms_place.fill,
    Kind.NAMES: _lines,
    Kind.LINKS: _lines,
    Kind.INTERVAL: _interval,
    Kind.TOLD: _told,
}
