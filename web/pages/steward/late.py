"""What reviewers have not decided in time, for whoever looks after the node: no titles, nobody's name."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from registry.identity.rules import Permission
from web.pages import people

blueprint = Blueprint("late", __name__)


@blueprint.get("/steward/late")
def listing() -> str:
    """Late reports, the longest missed first."""
    actor = people.require_actor(Permission.MANAGE_NODE)
    return render_template(
        "steward/late.html",
        stuck=the_node().private.reviewing.appeals.stuck(actor),
        late=the_node().private.reviewing.desk.missed.listed(actor),
        now=the_node().clock(),
    )
