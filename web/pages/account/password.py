"""My password: changing it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.oneself import NotFresh
from registry.identity.rules import Actor
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.signin import careful
from web.pages.typed import Typed

blueprint = Blueprint("password", __name__)

PROGRAMS = "disconnect"
"""The box that disconnects programs too; ticked unless the person unticks it."""


@blueprint.get("/account/password")
def form() -> str:
    """What changing it means, and the form."""
    return _page(people.require_actor(), Typed({PROGRAMS: "yes"}))


@blueprint.post("/account/password")
def change() -> Response | tuple[str, int]:
    """Change it; other sessions end, and what programs may do, unless that is wished otherwise."""
    actor, given = careful(), typed.read("password", "new", PROGRAMS)
    passwords, keep = the_node().private.selfcare.passwords, not given.values[PROGRAMS]
    present, new = given.values["password"], given.values["new"]
    try:
        passwords.change(actor, people.session_secret(), present, new, keep_programs=keep)
    except (Invalid, Conflict, NotFresh) as error:
        return _page(actor, Typed({PROGRAMS: given.values[PROGRAMS]}).wrong(error)), 422
    flash(gettext("Your password is changed. All your other sessions have ended."))
    if not keep:
        flash(gettext("Programs that acted for you are disconnected."))
    return redirect(here("/account"), 303)


def _page(actor: Actor, given: Typed) -> str:
    mine = the_node().private.selfcare.mailbox.mine(actor)
    return render_template("account/password.html", given=given, mine=mine)
