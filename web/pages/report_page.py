"""Showing one page of the report form: widgets, values, and what needs attention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template, request

from api.node import the_node
from registry.errors import CommonsError, Problem
from web.pages import forms_choices, report_steps
from web.pages.chrome import here
from web.pages.forms import Field, Kind, Step, field_of
from web.pages.forms_reading import Typed
from web.pages.messages import gettext
from web.pages.report_steps import PLACE, STEPS
from web.pages.words import facet_title, say, tongue

QUESTION_MARKS = ("?", "؟")
"""A question that ends in one needs no colon before what is wrong with the answer."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line of the error summary and where it leads."""

    url: str
    sentence: str


def render_step(
    step: Step,
    values: Typed,
    problems: Sequence[Problem] = (),
    *,
    key: str | None = None,
    lock: int = 0,
    conflict: CommonsError | None = None,
) -> str:
    """The page; ``problems`` and ``conflict`` are listed on top, problems beside their fields too."""
    return render_template(
        "report/step.html",
        step=step,
        number=PLACE[step.slug] + 1,
        total=len(STEPS),
        needed=len(report_steps.NEEDED),
        values=values,
        errors=_beside(step, problems),
        complaints=[_complaint(step, problem, key) for problem in in_order(problems)],
        conflict=say(conflict) if conflict is not None else None,
        key=key,
        lock=lock,
        back=_back(step, key),
        returning=request.args.get("back") == "check",
        choices=forms_choices,
        question=question,
    )


def question(field: Field) -> str:
    """The question in the reader's language."""
    if field.label:
        return gettext(field.label)
    return the_node().taxonomy.ask(field.facet, tongue())


def short(field: Field) -> str:
    """What the question is called where answers are listed."""
    if field.short or field.label:
        return gettext(field.short or field.label)
    return facet_title(field.facet)


def place_of(problem: Problem, key: str | None) -> Complaint:
    """A problem as a line that leads to its field, on whichever page that is."""
    asked = field_of(report_steps.FIELDS, problem)
    if asked is None or key is None:
        return Complaint("", say(problem))
    step = report_steps.step_of(asked)
    address = here(f"/report/{key}/{step.slug}?back=check") + f"#{asked.anchor}"
    return Complaint(address, _sentence(asked, problem))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of their questions; what belongs to no question comes last."""
    asked = [(field_of(report_steps.FIELDS, problem), problem) for problem in problems]
    places = {field.name: place for place, field in enumerate(report_steps.FIELDS)}
    ordered = sorted(asked, key=lambda pair: places[pair[0].name] if pair[0] else len(places))
    return [problem for _, problem in ordered]


def _beside(step: Step, problems: Sequence[Problem]) -> dict[str, str]:
    found = [(field_of(step.fields, problem), problem) for problem in problems]
    return {field.name: _sentence(field, problem) for field, problem in found if field is not None}


def _complaint(step: Step, problem: Problem, key: str | None) -> Complaint:
    asked = field_of(step.fields, problem)
    if asked is None:
        return place_of(problem, key)
    return Complaint(f"#{asked.anchor}", _sentence(asked, problem))


def _sentence(field: Field, problem: Problem) -> str:
    """What is wrong; sentences that fit any choice say which question they mean."""
    if not field.facet and field.kind is not Kind.INTERVAL and field.kind is not Kind.DATE:
        return say(problem)
    name = short(field)
    if name.endswith(QUESTION_MARKS):
        return f"{name} {say(problem)}"
    return gettext("%(question)s: %(sentence)s", question=name, sentence=say(problem))


def _back(step: Step, key: str | None) -> str:
    place = PLACE[step.slug]
    if key is None or place == 0:
        return here("/report")
    return here(f"/report/{key}/{STEPS[place - 1].slug}")
