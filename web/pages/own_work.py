"""A reviewer's own work: what they wish to be given, and taking the next report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.rules import Permission
from registry.review.pools.keeping import to_json
from registry.review.pools.rules import AT_ONCE, AT_ONCE_MAX
from registry.review.pools.service import FACETS
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed
from web.pages.words import label, say

blueprint = Blueprint("own_work", __name__)
WISHES_PAGE = "/account/reviewing"


@blueprint.get(WISHES_PAGE)
def wishes() -> str:
    """What is wished."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    kept = to_json(the_node().private.reviewing.own_work.wishes(actor))
    return _page(kept, Typed())


@blueprint.post(WISHES_PAGE)
def choose() -> Response | tuple[str, int]:
    """Wish something else."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    given = typed.read("languages", "most", "until", lists=tuple(FACETS))
    try:
        the_node().private.reviewing.own_work.choose(actor, _wished(given))
    except Invalid as error:
        told = {**given.values, **given.chosen, "languages": given.values["languages"].split()}
        return _page(told, given.wrong(error)), 422
    flash(gettext("Saved."))
    return redirect(here(WISHES_PAGE), 303)


@blueprint.post("/review/next")
def take_next() -> Response:
    """Take the next report on and go to it."""
    actor = people.require_actor(Permission.REVIEW)
    try:
        key = the_node().private.reviewing.own_work.take_next(actor)
    except Conflict as error:
        flash(say(error), "warn")
        return redirect(here("/review"), 303)
    if key is None:
        flash(gettext("Nothing waits that fits what you wish. You can still claim a report by hand."))
        return redirect(here("/review"), 303)
    return redirect(here(f"/review/{key}"), 303)


def _wished(given: Typed) -> dict[str, Any]:
    """What was typed in the shape of the rules; raises ``Invalid`` for what is no number."""
    most = given.values["most"].strip()
    if most and not (most.isascii() and most.isdigit() and len(most) <= len(str(AT_ONCE_MAX))):
        raise Invalid([Problem("/most", N_("Between 1 and %(most)s."), {"most": AT_ONCE_MAX})])
    return {
        **given.chosen,
        "languages": given.values["languages"].replace(",", " ").split(),
        "most": int(most) if most else None,
        "until": given.values["until"].strip(),
    }


def _page(kept: Mapping[str, Any], given: Typed) -> str:
    return render_template(
        "account/reviewing.html", kept=kept, given=given, groups=_groups(), usual=AT_ONCE, limit=AT_ONCE_MAX
    )


def _groups() -> dict[str, list[tuple[str, str]]]:
    """Set of wishes → its codes with their words; broad ones stand for what is below, harms are all told."""
    taxonomy = the_node().taxonomy
    return {
        name: [
            (one.code, label(one.code))
            for one in taxonomy.choices(facet)
            if not one.exclusive and (one.broader is None or name == "spared")
        ]
        for name, facet in FACETS.items()
    }
