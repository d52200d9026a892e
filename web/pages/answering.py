"""Answering a question of a reviewer, for the organization that sent the report."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.rules import Permission
from web.pages import mine, people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.mine import Typed
from web.pages.words import say

blueprint = Blueprint("answering", __name__)


@blueprint.post("/mine/<key:key>/questions/<revision:number>")
def answer(key: str, number: int) -> Response | tuple[str, int]:
    """Answer once; what is wrong is said at the field, and what was typed is kept."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    side, text = the_node().private, request.form.get("text", "")
    try:
        side.reviewing.questions.answer(actor, key, number, text)
    except Invalid as invalid:
        typed = Typed(text, say(invalid.problems[0]), number)
        return mine.page(actor, side.intake.read(actor, key), added=typed), 422
    except Conflict as conflict:
        typed = Typed(text, number=number)
        return mine.page(actor, side.intake.read(actor, key), say(conflict), typed), 409
    flash(gettext("Your answer is with the reviewers."))
    return redirect(here(f"/mine/{key}") + "#questions", 303)
