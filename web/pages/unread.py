"""Under review: what was added to a report after it was decided on, and that it was read."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.intake.following.rules import ADDITIONS_MAX
from web.pages import deciding
from web.pages.messages import gettext

blueprint = Blueprint("unread", __name__)


@blueprint.post("/review/<key:key>/additions")
def close(key: str) -> str | Response | tuple[str, int]:
    """Note that what the page showed was read; what came meanwhile stays to be read."""
    upto, following = request.form.get("upto", type=int) or 0, the_node().private.following
    return deciding.act_on(
        key,
        lambda actor, _: following.close(actor, key, min(upto, ADDITIONS_MAX)),
        gettext("What was added is marked as read."),
    )
