"""Deciding on an appeal, on the page of the report: it is right, or the decline stands."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.identity.rules import Permission
from registry.review.rules import Decision
from web.pages import deciding, judged, people
from web.pages.judging import Part
from web.pages.messages import gettext

blueprint = Blueprint("appeals", __name__)


@blueprint.post("/review/<key:key>/appeal")
def decide(key: str) -> str | Response | tuple[str, int]:
    """Decide on the appeal as it was read; what stands in the way is said on the report's page."""
    note, reason = request.form.get("note", ""), request.form.get("reason", "")
    appeals, settles = the_node().private.reviewing.appeals, frozenset({Part.NOTE})
    if request.form.get("outcome") == Decision.UPHOLD:
        return deciding.act_on(
            key,
            lambda actor, lock: appeals.uphold(actor, key, note, expected=lock),
            gettext("The appeal is upheld. The report is in review, and you hold it."),
            settles=settles,
        )
    if request.form.get("outcome") != Decision.REJECT_APPEAL:
        return deciding.shown_again(people.require_actor(Permission.REVIEW), key, "", judged.NOTHING)
    return deciding.act_on(
        key,
        lambda actor, lock: appeals.reject(actor, key, reason, note, expected=lock),
        gettext("The decline stands. Whoever appealed reads your reason and note."),
        settles=settles,
    )
