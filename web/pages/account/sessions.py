"""Where I am signed in, and ending that."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_
from registry.identity.starting import PASSKEY, PASSWORD, PROVIDER
from web.pages import devices, people
from web.pages.chrome import here
from web.pages.messages import gettext, ngettext

blueprint = Blueprint("sessions", __name__)

HOME = "/account/sessions"
METHODS = {
    PASSWORD: N_("with a password"),
    PASSKEY: N_("with a passkey"),
    PROVIDER: N_("through your organization"),
}
"""How a session began → the words for it."""


@blueprint.get("/account/sessions")
def all_sessions() -> str:
    """Every open session, this one first."""
    actor = people.require_actor()
    found = the_node().private.own_sessions.all(actor, people.session_secret())
    return render_template("account/sessions.html", sessions=found, methods=METHODS, known=devices.is_known())


@blueprint.post("/account/sessions/<key:key>/end")
def end(key: str) -> Response:
    """End one session."""
    actor = people.require_actor()
    the_node().private.own_sessions.end(actor, key)
    flash(gettext("The session has ended."))
    return redirect(here(HOME), 303)


@blueprint.post("/account/sessions/end-others")
def end_others() -> Response:
    """End every session but this one."""
    actor = people.require_actor()
    ended = the_node().private.own_sessions.end_others(actor, people.session_secret())
    flash(ngettext("One other session has ended.", "%(num)s other sessions have ended.", ended))
    return redirect(here(HOME), 303)


@blueprint.post("/account/sessions/forget-browser")
def forget_browser() -> Response:
    """Take away what this browser keeps after signing out."""
    people.require_actor()
    devices.forget()
    flash(gettext("Nothing of you will stay in this browser after you sign out."))
    return redirect(here(HOME), 303)
