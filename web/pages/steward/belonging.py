"""The steward writes down to which other organization one belongs: neither judges the other."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.rules import Permission
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.steward.organizations import HOME
from web.pages.words import say

blueprint = Blueprint("belonging", __name__)


@blueprint.post("/steward/organizations/<key:key>/parent")
def belong(key: str) -> Response:
    """Let an organization belong to the one chosen, or to none."""
    actor = people.require_actor(Permission.DECIDE_APPLICATIONS)
    try:
        the_node().private.tenants.kin.belong(actor, key, request.form.get("parent") or None)
    except Conflict as conflict:
        flash(say(conflict))
    except Invalid as invalid:
        flash(say(invalid.problems[0]))
    else:
        flash(gettext("Saved. The reviewers of these organizations do not judge each other’s reports."))
    return redirect(here(f"{HOME}/{key}"), 303)
