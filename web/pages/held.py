"""Saying whether what was put right held, on the page of one's own report."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Permission
from registry.intake.held.rules import Given
from web.pages import mine, people
from web.pages.chrome import here
from web.pages.held_view import typed
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("held", __name__)


@blueprint.post("/mine/<key:key>/held")
def answer(key: str) -> Response | tuple[str, int]:
    """Send the answer to review, as a new version of the report."""
    actor, side = people.require_actor(Permission.REVISE_PUBLISHED), the_node().private
    form = typed()
    try:
        side.held.answer(actor, key, Given(form.held, form.text), expected=people.lock_seen())
    except Invalid as invalid:
        shown = typed(invalid.problems)
        return mine.page(actor, side.intake.read(actor, key), held=shown), 422
    except (Conflict, Stale) as conflict:
        return mine.page(actor, side.intake.read(actor, key), say(conflict), held=form), 409
    flash(gettext("Thank you. Your answer is with the reviewers."))
    return redirect(here(f"/mine/{key}"), 303)
