"""How an organization's reports usually name it, and whether it publishes for others."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid
from registry.identity.rules import Actor, Permission
from web.pages import naming_view, people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("usual_naming", __name__)


@blueprint.get("/organization/naming")
def show() -> str:
    """What is usual now."""
    actor = people.require_actor(Permission.MANAGE_ORGANIZATION)
    now = the_node().private.identities.preferences.read(actor)
    publishes = "yes" if now.publishes else ""
    return _page(actor, Typed({"identity": now.identity.value, "publishes": publishes, "terms": now.terms}))


@blueprint.post("/organization/naming")
def change() -> Response | tuple[str, int]:
    """Keep it for reports that are begun from now on."""
    actor = people.require_actor(Permission.MANAGE_ORGANIZATION)
    given = typed.read("identity", "publishes", "terms")
    values = given.values
    try:
        the_node().private.identities.preferences.change(
            actor, values["identity"], publishes=values["publishes"] == "yes", terms=values["terms"]
        )
    except Invalid as invalid:
        return _page(actor, given.wrong(invalid)), 422
    flash(gettext("Your choice is saved. Reports that were begun before keep theirs."))
    return redirect(here("/organization"), 303)


def _page(actor: Actor, given: Typed) -> str:
    now = the_node().private.identities.preferences.read(actor)
    return render_template(
        "organization/naming.html",
        given=given,
        options=naming_view.options(now.name, now.descriptor, delegation=False),
    )
