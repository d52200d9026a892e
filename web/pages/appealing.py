"""Appealing against a decline, for the organization that sent the report or whoever wrote it alone."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.review.appealing.rules import REASON_MAX, REASONS
from registry.review.rules import Decision
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("appealing", __name__)


@blueprint.get("/mine/<key:key>/appeal")
def ask(key: str) -> str | Response:
    """What the decision said, what an appeal is, and room for the reason."""
    actor = people.require_actor(Permission.APPEAL_SUBMISSIONS)
    return _page(actor, key)


@blueprint.post("/mine/<key:key>/appeal")
def make(key: str) -> str | Response | tuple[str | Response, int]:
    """Appeal; what was typed stays where it is refused."""
    actor = people.require_actor(Permission.APPEAL_SUBMISSIONS)
    appeals, text = the_node().private.reviewing.appeals, request.form.get("text", "")
    try:
        appeals.make(actor, key, text, expected=people.lock_seen())
    except Invalid as invalid:
        return _page(actor, key, text, error=say(invalid.problems[0])), 422
    except (Conflict, Stale) as conflict:
        return _page(actor, key, text, conflict=say(conflict)), 409
    flash(gettext("Your appeal is with reviewers who had no part in the decision."))
    return redirect(here(f"/mine/{key}"), 303)


def _page(
    actor: Actor, key: str, text: str = "", error: str | None = None, conflict: str | None = None
) -> str:
    side = the_node().private
    view, recourse = side.intake.read(actor, key), side.reviewing.appeals.own(actor, key)
    decided = side.reviews.decisions_for_submitter(actor, key)
    declined = [one for one in decided if one.decision == Decision.DECLINE]
    return render_template(
        "mine/appeal.html",
        view=view,
        recourse=recourse,
        declined=declined[-1] if declined else None,
        reasons=REASONS,
        text=text,
        error=error,
        conflict=conflict,
        limit=REASON_MAX,
        days=the_node().settings.appeal_target_days,
    )
