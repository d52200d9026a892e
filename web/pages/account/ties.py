"""Organizations whose reports a reviewer does not judge, named by the reviewer."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid
from registry.identity.rules import Actor
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("ties", __name__)


@blueprint.get("/account/ties")
def ties() -> str:
    """The names as they are kept."""
    return _page(people.require_actor(), Typed())


@blueprint.post("/account/ties")
def declare() -> Response | tuple[str, int]:
    """Keep other names instead."""
    actor, given = people.require_actor(), typed.read("names")
    try:
        the_node().private.tenants.kin.declare(actor, given.values["names"])
    except Invalid as error:
        return _page(actor, given.wrong(error)), 422
    flash(
        gettext("Saved. You do not see reports of these organizations, and cannot judge reports about them.")
    )
    return redirect(here("/account/ties"), 303)


def _page(actor: Actor, given: Typed) -> str:
    kept = "\n".join(the_node().private.tenants.kin.ties(actor))
    return render_template(
        "account/ties.html", names=given.values["names"] if given.complaints else kept, given=given
    )
