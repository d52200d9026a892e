"""What was typed into a page whose session had run out: kept, and handed back after signing in again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.identity.kept import Fields
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.signin import onward

blueprint = Blueprint("kept", __name__)

HOME = "/signin/kept"
KEEPS = frozenset({"report", "sending", "mine", "deciding"})
"""Sections whose forms are kept: those that people write in. Never one with a password in it."""
NOT_KEPT = frozenset({"csrf_token"})
SHOWN_FROM = 12
"""Shorter values are codes and choices rather than words that somebody would miss."""


def keep_typed() -> Response | None:
    """Keep the form of this request, whose session has run out; the way on, or None if it cannot be kept."""
    secret = people.session_secret()
    if request.method != "POST" or request.blueprint not in KEEPS or not secret:
        return None
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT]
    path = request.script_root + request.full_path.rstrip("?")
    if not the_node().private.kept.keep(secret, path, fields):
        return None
    flash(gettext("Your session had run out. Sign in again: what you had typed is kept."))
    return redirect(here(f"/signin?next={here(HOME)}"), 303)


@blueprint.get("/signin/kept")
def kept_form() -> str | Response:
    """The form, ready to be sent again; nobody but the person who typed it sees it."""
    kept = the_node().private.kept.look(people.require_actor())
    if kept is None:
        return redirect(onward(), 303)
    return render_template("signin/kept.html", fields=kept.fields, words=_words(kept.fields))


@blueprint.post("/signin/kept")
def send_again() -> Response:
    """Use it up, and let the browser send the same form to where it was meant for (RFC 9110, 307)."""
    private, actor = the_node().private, people.require_actor()
    kept = private.kept.look(actor)
    if kept is None or not private.kept.use(actor):
        flash(gettext("This was sent already, or is kept no longer."))
        return redirect(onward(), 303)
    return redirect(people.safe_next(kept.path, here("/account")), 307)


@blueprint.post("/signin/kept/drop")
def drop() -> Response:
    """Throw it away."""
    the_node().private.kept.use(people.require_actor())
    flash(gettext("What you had typed is thrown away."))
    return redirect(onward(), 303)


def _words(fields: Fields) -> list[str]:
    return [value for name, value in fields if len(value.strip()) >= SHOWN_FROM and name != "lock"]
