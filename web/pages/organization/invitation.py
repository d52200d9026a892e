"""Where a mailed invitation leads: see who invites, then accept, as somebody new or as who one is."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.tenants.proofs import LinkDead
from registry.identity.tenants.views import InvitationView
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.language import language
from web.pages.messages import gettext
from web.pages.signin import ROLES
from web.pages.typed import Typed

blueprint = Blueprint("invitation", __name__)

OF_ONE_LINK = Limit("invitation", 20, 3600)


@blueprint.get("/invitation")
def look() -> str:
    """Who invites, as what, and the way to accept."""
    key = request.args.get("key", "")
    return _page(key, the_node().private.tenants.invitations.opened(key), Typed())


@blueprint.post("/invitation")
def accept() -> Response | tuple[str, int]:
    """Join: as the person who is signed in, else as a new one."""
    side, actor, key = the_node().private, people.current_actor(), request.form.get("key", "")
    side.limiter.take(OF_ONE_LINK, key)
    invitations = side.tenants.invitations
    if actor is not None and request.form.get("as") == "oneself":
        invitations.accept_as(actor, key)
        flash(gettext("You belong to the organization now."))
        return redirect(here("/account"), 303)
    given = typed.read("name", "password")
    invitation = invitations.opened(key)
    try:
        invitations.accept_as_new(key, given.values["name"], given.values["password"], language())
    except (Invalid, Conflict) as error:
        return _page(key, invitation, given.wrong(error)), 422
    flash(gettext("You belong to the organization now. Sign in to begin."))
    return redirect(here("/signin"), 303)


@blueprint.errorhandler(LinkDead)
def link_dead(_error: LinkDead) -> tuple[str, int]:
    """What may have happened to a link, and what to do."""
    return render_template("organization/link_dead.html", invited=True), 404


def _page(key: str, invitation: InvitationView, given: Typed) -> str:
    return render_template(
        "organization/invitation.html",
        key=key,
        invitation=invitation,
        given=given,
        actor=people.current_actor(),
        providers=the_node().private.providers.sign_ins.offers(invitation.organization_id),
        roles=[ROLES[role] for role in invitation.roles],
        again=f"{here('/invitation')}?{urlencode({'key': key})}",
    )
