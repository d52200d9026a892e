"""Reporting without an account: begin, see the code that leads back, leave."""

from __future__ import annotations

import secrets
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api import limits
from api.node import the_node
from registry.errors import NotSignedIn
from registry.identity.rules import Permission
from registry.limits import Limit
from web.pages import people
from web.pages.chrome import here
from web.pages.language import language
from web.pages.messages import gettext

blueprint = Blueprint("guest", __name__)

BY_PLACE: Final = Limit("guest-address", 6, 3600)
"""Reports without an account that one address may begin in an hour."""
BY_NODE: Final = Limit("guest-node", 500, 86_400)
"""Reports without an account that the whole node lets begin in a day: a flood must not drown the queue."""


@blueprint.post("/report/guest")
def begin() -> Response:
    """Make room for one report; whoever fills the field that people do not see is sent away."""
    node = the_node()
    if people.current_actor() is not None or request.form.get("website"):
        return redirect(here("/report"), 303)
    if node.settings.limits_percent:
        node.limiter.take(BY_PLACE, limits.here())
        node.limiter.take(BY_NODE)
    people.visit(node.private.nameless.start(language()))
    return redirect(here(f"/report/new?once={secrets.token_urlsafe(16)}"), 303)


@blueprint.get("/report/guest")
def mine() -> str | Response:
    """The guest's one report, and the code that leads back to it."""
    guest = people.require_actor(Permission.READ_SUBMISSIONS)
    if not guest.guest:
        return redirect(here("/mine"), 303)
    side = the_node().private
    key = side.nameless.report_of(guest)
    if key is None:
        return redirect(here(f"/report/new?once={secrets.token_urlsafe(16)}"), 303)
    view = side.intake.read(guest, key)
    return render_template("report/guest.html", view=view, receipt=side.intake.receipt(guest, key))


@blueprint.post("/report/guest/leave")
def leave() -> Response:
    """End the visit on this device."""
    guest = people.current_actor()
    if guest is None or not guest.guest:
        raise NotSignedIn
    people.end()
    flash(gettext("You have left your report. Its code opens it again."))
    return redirect(here("/receipt"), 303)
