"""A forgotten password: asking for a link, and choosing a new password with it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid, TooManyTries
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("forgot", __name__)

IN_ALL = Limit("forgot-all", 300, 3600)
FROM_ONE_PLACE = Limit("forgot-place", 20, 3600)
TO_ONE_MAILBOX = Limit("forgot-mailbox", 3, 3600)
OF_ONE_LINK = Limit("forgot-link", 30, 3600)
"""Bounds of what strangers can make the node send."""


@blueprint.get("/signin/forgot")
def form() -> str:
    """Ask for the address."""
    the_node().require_private()
    return render_template("signin/forgot.html")


@blueprint.post("/signin/forgot")
def ask() -> Response:
    """Have a link sent, if the address is somebody's; the answer and its time never tell."""
    side, email = the_node().private, request.form.get("email", "")
    side.limiter.take(FROM_ONE_PLACE, request.remote_addr or "")
    try:
        side.limiter.take(TO_ONE_MAILBOX, email.strip().casefold())
    except TooManyTries:
        pass  # letters are there already; a stranger who asks again and again must not be told more
    else:
        # Last: whoever runs into a narrower bound must not use up what is there for all.
        side.limiter.take(IN_ALL, "all")
        side.selfcare.passwords.ask(email)
    return redirect(here("/signin/forgot/sent"), 303)


@blueprint.get("/signin/forgot/sent")
def sent() -> str:
    """What happens next, whatever was typed."""
    the_node().require_private()
    return render_template("signin/forgot_sent.html")


@blueprint.get("/signin/reset")
def opened() -> str:
    """Where the mailed link leads."""
    key = request.args.get("key", "")
    the_node().private.selfcare.passwords.opened(key)
    return render_template("signin/reset.html", key=key, given=Typed())


@blueprint.post("/signin/reset")
def reset() -> Response | tuple[str, int]:
    """Set the new password; every session of the person ends."""
    side, key, given = the_node().private, request.form.get("key", ""), typed.read("new")
    side.limiter.take(OF_ONE_LINK, key)
    try:
        side.selfcare.passwords.reset(key, given.values["new"])
    except Invalid as invalid:
        return render_template("signin/reset.html", key=key, given=Typed().wrong(invalid)), 422
    people.end()
    flash(gettext("Your new password is set. Sign in with it."))
    return redirect(here("/signin"), 303)
