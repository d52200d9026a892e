"""The programs that a person lets act for them, and taking that back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.oauth.consent import SCOPE_WORDS

blueprint = Blueprint("applications", __name__)


@blueprint.get("/account/programs")
def programs() -> str:
    """Each program with what it may do, for the person's present organization."""
    actor = people.require_actor()
    found = the_node().private.oauth.grants.applications(actor)
    return render_template("oauth/applications.html", actor=actor, applications=found, words=SCOPE_WORDS)


@blueprint.post("/account/programs/<key:client_id>/withdraw")
def withdraw(client_id: str) -> Response:
    """End everything this program holds; it would have to ask anew."""
    the_node().private.oauth.grants.withdraw(people.require_actor(), client_id)
    flash(gettext("The program can no longer act for you."))
    return redirect(here("/account/programs"), 303)
