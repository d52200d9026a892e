"""Showing one page of the report form: its question, values, and what needs attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request

from api.node import the_node
from registry.errors import N_, CommonsError, Problem
from web.pages import forms_choices, forms_place, report_steps, report_ways
from web.pages.chrome import here
from web.pages.forms import Field, Kind, Step, field_of
from web.pages.forms_reading import Typed
from web.pages.messages import gettext
from web.pages.report_conditions import POSSIBLE, holds
from web.pages.report_steps import STEP_OF, THEME_OF
from web.pages.words import facet_title, say, say_refusal, tongue

QUESTION_MARKS = ("?", "؟")
"""A question that ends in one needs no colon before what is wrong with the answer."""
CHANGED = N_("The report was changed in another window.")
RETURNING = "check"
"""What ``?back=`` says on a page that was opened from the answers."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The report being written; without a key it is not stored yet, ``closed`` takes no more answers."""

    key: str | None = None
    lock: int = 0
    account: dict[str, Any] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line of the error summary and where it leads."""

    url: str
    sentence: str


def render_step(
    step: Step,
    draft: Draft,
    values: Typed,
    problems: Sequence[Problem] = (),
    *,
    conflict: CommonsError | None = None,
    suggested: bool = False,
) -> str:
    """The page; ``problems`` and ``conflict`` are listed on top, problems beside their fields too.

    ``suggested`` says that the answer shown is a proposal of the short questions.
    """
    number, total = report_ways.place_in_row(step.slug, draft.account, the_node().taxonomy)
    return render_template(
        "report/step.html",
        step=step,
        theme=THEME_OF.get(step.slug),
        heading=question(step.asks, draft.account),
        asks={one.name: question(one, draft.account) for one in step.fields},
        number=number,
        total=total,
        continues=report_ways.continues(step),
        values=values,
        errors=_beside(step, problems),
        complaints=[_complaint(step, problem, draft.key) for problem in in_order(problems)],
        conflict=say_refusal(conflict, CHANGED) if conflict is not None else None,
        closed=draft.closed,
        key=draft.key,
        lock=draft.lock,
        back=_back(step, draft),
        skip=_skip(step, draft),
        returning=returning(),
        suggested=suggested,
        choices=forms_choices,
        place=forms_place,
    )


def returning() -> bool:
    """Whether the page was opened from the answers, to which it then returns."""
    return request.args.get("back") == RETURNING


def question(asked: Field, account: Mapping[str, Any]) -> str:
    """The question in the reader's language, as it is put for this kind of event."""
    taxonomy = the_node().taxonomy
    if asked.could and holds(POSSIBLE, account, taxonomy):
        return gettext(asked.could)
    return gettext(asked.label) if asked.label else taxonomy.ask(asked.facet, tongue())


def short(asked: Field) -> str:
    """What the question is called where answers are listed."""
    if asked.short or asked.label:
        return gettext(asked.short or asked.label)
    return facet_title(asked.facet)


def address(step: Step, key: str, *, anchor: str = "") -> str:
    """Where a question is changed from the answers."""
    return here(f"/report/{key}/{step.slug}?back={RETURNING}") + (f"#{anchor}" if anchor else "")


def place_of(problem: Problem, key: str | None) -> Complaint:
    """A problem as a line that leads to its field, on whichever page that is."""
    asked = field_of(report_steps.FIELDS, problem)
    if asked is None or key is None:
        return Complaint("", say(problem))
    return Complaint(address(STEP_OF[asked.name], key, anchor=asked.anchor), _sentence(asked, problem))


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


def _sentence(asked: Field, problem: Problem) -> str:
    """What is wrong; sentences that fit any choice say which question they mean."""
    if not asked.facet and asked.kind is not Kind.INTERVAL and asked.kind is not Kind.DATE:
        return say(problem)
    name = short(asked)
    if name.endswith(QUESTION_MARKS):
        return f"{name} {say(problem)}"
    return gettext("%(question)s: %(sentence)s", question=name, sentence=say(problem))


def _back(step: Step, draft: Draft) -> str:
    if draft.key is None:
        return here("/report")
    if returning():
        return here(f"/report/{draft.key}/{report_ways.CHECK}") + f"#{step.row}"
    earlier = report_ways.before(step.slug, draft.account, the_node().taxonomy)
    return here("/report" if earlier is None else f"/report/{draft.key}/{earlier}")


def _skip(step: Step, draft: Draft) -> str | None:
    """Where an optional question leads that is not answered; None for those of the core."""
    if draft.key is None or step.slug not in THEME_OF or returning():
        return None
    return here(f"/report/{draft.key}/{report_ways.after(step.slug, draft.account, the_node().taxonomy)}")
