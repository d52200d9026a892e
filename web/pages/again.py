"""Classifying an accepted report a second time: what waits, and the report with its six questions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid, Problem
from registry.identity.rules import Actor, Permission
from registry.review.coding.rules import CORE, Given
from web.pages import forms_choices, people, preview
from web.pages.chrome import here
from web.pages.forms import Field, Kind
from web.pages.messages import gettext
from web.pages.words import label, say

blueprint = Blueprint("again", __name__)


@blueprint.get("/review/again")
def waiting() -> str:
    """Reports of the sample that this reviewer may classify."""
    actor = people.require_actor(Permission.REVIEW)
    return render_template(
        "review/again_list.html", tasks=the_node().private.reviewing.second_coding.waiting(actor)
    )


@blueprint.get("/review/<key:key>/again")
def item(key: str) -> str:
    """The report without any code, and the questions."""
    return _page(people.require_actor(Permission.REVIEW), key)


@blueprint.post("/review/<key:key>/again")
def save(key: str) -> Response | tuple[str, int]:
    """Keep the answers; what is missing is said, and nothing that was chosen is lost."""
    actor = people.require_actor(Permission.REVIEW)
    try:
        the_node().private.reviewing.second_coding.save(actor, key, [_given(facet) for facet in CORE])
    except Invalid as invalid:
        return _page(actor, key, invalid.problems), 422
    flash(gettext("Thank you. Your codes are kept apart from the first ones."))
    return redirect(here("/review/again"), 303)


def _given(facet: str) -> Given:
    codes = list(dict.fromkeys(request.form.getlist(facet)))
    main = request.form.get(_main(facet), "")
    codes.sort(key=lambda code: code != main)
    return Given(facet, tuple(codes))


def _page(actor: Actor, key: str, problems: tuple[Problem, ...] = ()) -> str:
    task = the_node().private.reviewing.second_coding.read(actor, key)
    said: dict[str, str] = {}
    for problem in problems:
        facet = problem.pointer.split("/")[2] if problem.pointer.count("/") > 1 else CORE[0]
        said.setdefault(facet, say(problem))
    return render_template(
        "review/again.html",
        task=task,
        questions=[_question(facet) for facet in CORE],
        mains={facet: _mains(facet) for facet in CORE},
        values=request.form or MultiDict(),
        errors=said,
        choices=forms_choices,
        **preview.reading(task.account, ""),
    )


def _question(facet: str) -> Field:
    one = the_node().taxonomy.facets[facet].cardinality == "one"
    return Field(Kind.ONE if one else Kind.MANY, facet, f"/classification/{facet}", facet=facet, needed=True)


def _mains(facet: str) -> list[tuple[str, str]]:
    """What may be said to be the main one of several; nothing where there is no main one."""
    found = the_node().taxonomy.facets[facet]
    if not found.primary:
        return []
    return [("", gettext("The first of them")), *((code, label(code)) for code in found.values)]


def _main(facet: str) -> str:
    return f"main-{facet}"
