"""Under review: notes of reviewers to one another."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid
from registry.identity.rules import Actor
from web.pages import deciding, judged, judging
from web.pages.judging import Part
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("noting", __name__)


@blueprint.post("/review/<key:key>/notes")
def write(key: str) -> str | Response | tuple[str, int]:
    """Keep a note; the report stays where it is, and so does all else that was typed."""
    remarks, text = the_node().private.reviewing.remarks, request.form.get("remark", "")

    def refused(actor: Actor, invalid: Invalid) -> str:
        return judged.page(actor, key, judging.panel(remark_error=say(invalid.problems[0])))

    return deciding.act_on(
        key,
        lambda actor, _: remarks.write(actor, key, text),
        gettext("The note is kept. Only reviewers read it."),
        "#notes",
        refused,
        frozenset({Part.REMARK}),
    )
