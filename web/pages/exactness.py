"""Choosing how exactly a report is published: its organization first, then a reviewer."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.risk.deciding import RiskChoice
from registry.intake.rules import EDITABLE
from registry.intake.views import SubmissionView
from web.pages import deciding, exactness_view, judged, judging, people
from web.pages.chrome import here
from web.pages.exactness_view import Weighing, read_levels
from web.pages.messages import gettext
from web.pages.still_told import still_told
from web.pages.words import say, say_refusal

blueprint = Blueprint("exactness", __name__)

CHANGED = N_("The report was changed in another window. This is how it stands now: choose again.")
AS_IT_IS, TRY, SMALLEST = "as-it-is", "try", exactness_view.SMALLEST
"""Values of the reviewer's buttons: decide without any change, only look, and (rungs follow) the smallest."""


@blueprint.get("/report/<key:key>/exactness")
def choose(key: str) -> str | Response:
    """How many look like the report, the smallest change that helps, and every ladder."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if view.summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    return _page(actor, view)


@blueprint.post("/report/<key:key>/exactness")
def wish(key: str) -> Response | tuple[str, int]:
    """Keep what the public may read at most, and go back to the answers."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    side = the_node().private
    try:
        side.exactness.choose(actor, key, read_levels(request.form), expected=people.lock_seen())
    except Invalid as invalid:
        return _page(actor, side.intake.read(actor, key), say(invalid.problems[0])), 422
    except (Stale, Conflict) as conflict:
        view = side.intake.read(actor, key)
        if view.summary.state not in EDITABLE:
            return redirect(here(f"/mine/{key}"), 303)
        return _page(actor, view, say_refusal(conflict, CHANGED)), 409
    flash(gettext("Your choice is saved."))
    return redirect(here(f"/report/{key}/check") + "#exactness", 303)


@blueprint.post("/review/<key:key>/exactness")
def decide(key: str) -> str | Response | tuple[str, int]:
    """Decide how exactly the report is published, or only try it out."""
    reviews, act = the_node().private.reviews, request.form.get("act", "")
    levels, why = read_levels(request.form), request.form.get("why", "")
    if act == TRY:
        actor = people.require_actor(Permission.REVIEW)
        return judged.page(actor, key, weighing=Weighing(levels, why, trying=True))
    if act.startswith(SMALLEST):
        levels = exactness_view.read_smallest(act)
    chosen = RiskChoice({} if act == AS_IT_IS else levels, why)
    return deciding.act_on(
        key,
        lambda acting, lock: reviews.decide_risk(acting, key, chosen, expected=lock),
        gettext("Your decision is saved."),
        "#exactness",
        lambda acting, invalid: judged.page(
            acting, key, weighing=Weighing(levels, why, say(invalid.problems[0]))
        ),
        judging.EXACTNESS,
    )


def _page(actor: Actor, view: SubmissionView, conflict: str | None = None) -> str:
    found = the_node().private.exactness.look(actor, view.summary.id)
    return render_template(
        "report/exactness.html",
        view=view,
        exactness=found,
        standing=still_told(view.account.to_json(), view.summary.id, found.still_told),
        exact_choices=exactness_view.choices_for_organization(found),
        exact_controls=exactness_view.controls,
        step_sentence=exactness_view.step_sentence,
        conflict=conflict,
    )
