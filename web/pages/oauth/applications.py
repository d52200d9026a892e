"""The programs that a person lets act for them, and taking that back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.oauth.offers import words

blueprint = Blueprint("applications", __name__)


@blueprint.get("/account/programs")
def programs() -> str:
    """Each program with what it may do, and for which organization."""
    actor = people.require_actor()
    found = the_node().private.oauth.grants.applications(actor)
    return render_template("oauth/applications.html", actor=actor, applications=found, words=words)


@blueprint.post("/account/programs/<key:key>/withdraw")
def withdraw(key: str) -> Response:
    """End everything this program holds for one organization; it would have to ask anew."""
    actor, organization_id = people.require_actor(), request.form.get("organization", "")
    the_node().private.oauth.grants.withdraw(actor, key, organization_id)
    flash(gettext("The program can no longer act for you."))
    return redirect(here("/account/programs"), 303)
