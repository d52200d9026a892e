"""Who I am here, what I may do, and the way to everything about my account."""

from __future__ import annotations

from flask import Blueprint, render_template

from registry.identity.outside import SAYS
from registry.identity.rules import Actor, Permission, Role
from web.pages import people
from web.pages.signin import ROLES

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def account() -> str:
    """Who I am here, and what I may do."""
    actor = people.require_actor()
    roles = [ROLES[role] for role in Role if role in actor.roles]
    return render_template(
        "account/overview.html",
        actor=actor,
        roles=roles,
        outside=SAYS[actor.outside] if actor.outside else None,
        **may(actor),
    )


def may(actor: Actor) -> dict[str, bool]:
    """What the page offers."""
    return {
        "may_report": actor.holds(Permission.WRITE_SUBMISSIONS),
        "may_review": actor.holds(Permission.READ_REVIEWS),
        "may_publish": actor.holds(Permission.RELEASE_BATCH),
        "may_manage": actor.holds(Permission.MANAGE_ORGANIZATION),
        "may_look_after": actor.holds(Permission.MANAGE_NODE),
        "may_decide": actor.holds(Permission.DECIDE_APPLICATIONS),
    }
