"""Stepping aside from a report that one should not judge, and asking who told it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, NotFound, Stale
from registry.identity.rules import Permission
from web.pages import deciding, judged, judging, people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("aside", __name__)


@blueprint.post("/review/<key:key>/recuse")
def recuse(key: str) -> Response | tuple[str, int]:
    """Step aside; the report is not there for this reviewer afterwards, so the queue follows."""
    actor = people.require_actor(Permission.REVIEW)
    try:
        reason = request.form.get("aside", "")
        the_node().private.reviews.recuse(actor, key, reason, expected=people.lock_seen())
    except NotFound as gone:
        raise NotFound(judged.GONE) from gone
    except Invalid:
        problem = gettext("Choose why you step aside.")
        return judged.page(actor, key, judging.panel(conflict=problem)), 422
    except (Conflict, Stale) as conflict:
        return judged.page(actor, key, judging.panel(conflict=say(conflict))), 409
    flash(gettext("You stepped aside. The report is in the queue for others."))
    return redirect(here("/review"), 303)


@blueprint.post("/review/<key:key>/unmask")
def unmask(key: str) -> str | Response | tuple[str, int]:
    """Show who told the report, to this reviewer; the reason is recorded."""
    reviews, reason = the_node().private.reviews, request.form.get("unmask", "")
    return deciding.act_on(
        key,
        lambda actor, lock: reviews.unmask(actor, key, reason, expected=lock),
        gettext("You see now how the organization is described. Your reason is on record."),
        "#told-by",
        refused=lambda actor, _: judged.page(
            actor, key, judging.panel(conflict=gettext("Choose why you want to know."))
        ),
    )
