"""Revising a report that is public: beginning, which leads to the report's form."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Stale
from registry.identity.rules import Permission
from web.pages import mine, people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("revising", __name__)


@blueprint.post("/mine/<key:key>/revise")
def begin(key: str) -> Response | tuple[str, int]:
    """Open a published report for a new version."""
    actor, side = people.require_actor(Permission.REVISE_PUBLISHED), the_node().private
    try:
        side.revising.reopen(actor, key, expected=people.lock_seen())
    except (Conflict, Stale) as conflict:
        return mine.page(actor, side.intake.read(actor, key), say(conflict)), 409
    flash(gettext("You are revising the report. The record stays as it is meanwhile."))
    return redirect(here(f"/report/{key}/check"), 303)
