"""Under review: does the report belong to the record that it is attached to?"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, NotFound, Stale
from registry.identity.rules import Permission
from web.pages import people
from web.pages.chrome import here
from web.pages.deciding import GONE
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("relation", __name__)


@blueprint.post("/review/<key:key>/relation")
def decide(key: str) -> Response:
    """Confirm the relation or drop it; what stands in the way is said on the report's page."""
    actor, confirm = people.require_actor(Permission.REVIEW), request.form.get("relation") == "confirm"
    reviews = the_node().private.reviews
    try:
        reviews.decide_relation(actor, key, confirm=confirm, expected=people.lock_seen())
    except NotFound as gone:
        raise NotFound(GONE) from gone
    except (Conflict, Stale) as conflict:
        flash(say(conflict))
    else:
        flash(_said(confirm=confirm))
    return redirect(here(f"/review/{key}") + "#relation", 303)


def _said(*, confirm: bool) -> str:
    if confirm:
        return gettext("It will be published as belonging to the record.")
    return gettext("It will be published without the record.")
