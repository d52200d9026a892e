"""How many reports look like one under review, counted while its reviewer chooses how exact it is.

A piece of the page of the report, asked for by ``alike.js`` at each choice; without scripts the button
"Try it out" shows the same. Looking keeps nothing.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request

from api.limits import take
from api.node import the_node
from registry.errors import NotFound
from registry.identity.rules import Permission
from web.pages import exactness_view, judged, people
from web.pages.exactness_view import Weighing

blueprint = Blueprint("alike", __name__)


@blueprint.post("/review/<key:key>/alike")
def count(key: str) -> str:
    """The counts at the rungs that are chosen now; raises ``Invalid`` for what is no rung."""
    actor = people.require_actor(Permission.REVIEW)
    take("typing", actor)
    view = judged.read(actor, key)
    if view.submission.summary.erased_at is not None:
        raise NotFound
    levels = exactness_view.read_levels(request.form)
    found = the_node().private.reviews.risk(actor, key, levels)
    weighing = Weighing(levels, trying=exactness_view.is_trying(found))
    return render_template(
        "review/alike_piece.html",
        deciding=judged.is_deciding(view),
        **judged.exactness(view, found, weighing),
    )
