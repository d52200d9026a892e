"""Under review: does the report belong to the record that it is attached to?"""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.node import the_node
from web.pages import deciding
from web.pages.messages import gettext

blueprint = Blueprint("relation", __name__)


@blueprint.post("/review/<key:key>/relation")
def decide(key: str) -> str | Response | tuple[str, int]:
    """Confirm the relation or drop it; what stands in the way is said on the report's page."""
    confirm, reviews = request.form.get("relation") == "confirm", the_node().private.reviews
    return deciding.act_on(
        key,
        lambda actor, lock: reviews.decide_relation(actor, key, confirm=confirm, expected=lock),
        _said(confirm=confirm),
        "#belongs",
    )


def _said(*, confirm: bool) -> str:
    if confirm:
        return gettext("It will be published as belonging to the record.")
    return gettext("It will be published without the record.")
