"""Reading forms: what was typed → JSON answers of an account, leniently.

Blanks, Windows line ends, a missing ``https://`` and country names in the reader's language are all
fine. What cannot be read at all becomes a problem at the field's pointer; the rest is for the
account's own check to judge, so that form and API never disagree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.account import Answer
from registry.errors import N_, Problem
from taxonomy import Taxonomy
from web.pages.forms import Field, Kind, Step
from web.pages.words import locale

UNITS = {"hours": 1, "days": 24, "weeks": 168}
"""Units of an interval in hours."""
AMOUNT_DIGITS = 6
NO_COUNTRY = ("unknown", "withheld")
"""Answers that stand in place of countries."""

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
        if question.kind is Kind.MANY:
            answer: Any = _many(question, typed, taxonomy, result.problems)
        elif question.kind is Kind.TOLD:
            answer = list(_told(question, typed, taxonomy))
        elif question.kind is Kind.COUNTRIES:
            answer = _countries(question, typed, taxonomy)
        else:
            answer = _SIMPLE[question.kind](question, typed, result.problems)
        result.answers[question.pointer] = answer
    return result


def _text(question: Field, typed: Typed, _: list[Problem]) -> str:
    text = typed.get(question.name, "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if question.kind is Kind.LONG else " ".join(text.split())


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
    """A date as precise as it was typed: year, year and month (or quarter, as Q1), or the day."""
    year, month, day = (typed.get(f"{question.name}-{part}", "").strip() for part in ("year", "month", "day"))
    if not (year or month or day):
        return None
    complete = year and (month or not day)
    if not complete:
        missing = N_("Write the year too; a year alone is enough.")
        problems.append(
            Problem(question.pointer, N_("Write the month too, or leave the day out.") if year else missing)
        )
        return None
    month = month.upper() if month[:1] in ("q", "Q") else month and month.zfill(2)
    return "-".join(part for part in (year, month, day and day.zfill(2)) if part)


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


def _many(question: Field, typed: Typed, taxonomy: Taxonomy, problems: list[Problem]) -> list[str]:
    """The codes ticked, in the taxonomy's order; the main one first."""
    ticked = list(dict.fromkeys(code.strip() for code in typed.getlist(question.name) if code.strip()))
    order = {code: place for place, code in enumerate(taxonomy.facets[question.facet].values)}
    ticked.sort(key=lambda code: order.get(code, len(order)))
    main = typed.get(f"{question.name}-main", "").strip()
    if main and main not in ticked:
        message = N_(
            "The main answer is not among those you ticked. Tick it too, or choose another main one."
        )
        problems.append(Problem(question.pointer, message))
    return sorted(ticked, key=lambda code: code != main)


def _told(question: Field, typed: Typed, taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    for code in taxonomy.facets["audience"].values:
        state = typed.get(f"{question.name}-{code.partition('/')[2]}", "").strip()
        if state:
            yield {"audience": code, "state": state}


def _countries(question: Field, typed: Typed, taxonomy: Taxonomy) -> list[str]:
    names = _country_names(taxonomy)
    written = (" ".join(entry.split()) for entry in typed.getlist(question.name))
    codes = [names.get(_fold(entry), entry) for entry in written if entry]
    codes += [code for code in NO_COUNTRY if code in typed.getlist(f"{question.name}-none")]
    return list(dict.fromkeys(codes))


def _country_names(taxonomy: Taxonomy) -> dict[str, str]:
    """Folded name or code → code; English names and those of the reader's language."""
    local = locale().territories
    names = {_fold(name): code for code, name in taxonomy.countries.items()}
    names |= {_fold(local[code]): code for code in taxonomy.countries if code in local}
    return names | {_fold(code): code for code in taxonomy.countries}


def _fold(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


_SIMPLE: dict[Kind, Callable[[Field, Typed, list[Problem]], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.LANGUAGE: _text,
    Kind.DATE: _date,
    Kind.ONE: _one,
    Kind.NAMES: _lines,
    Kind.LINKS: _links,
    Kind.INTERVAL: _interval,
}
