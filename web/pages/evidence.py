"""Files of a report under review, for its reviewers."""

from __future__ import annotations

from flask import Blueprint, Response

from api.node import the_node
from registry.errors import NotFound
from registry.identity.rules import Permission
from web.pages import attached_view, people
from web.pages.judged import GONE

blueprint = Blueprint("evidence", __name__)


@blueprint.get("/review/<key:key>/attachments/<key:attachment>")
def one(key: str, attachment: str) -> Response:
    """A picture to be shown, or another file to be saved."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    try:
        return attached_view.served(the_node().private.reviewing.evidence.content(actor, key, attachment))
    except NotFound as gone:
        raise NotFound(GONE) from gone
