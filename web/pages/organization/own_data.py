"""What the node holds on the person who is signed in: take it along, or have it erased."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.rules import Actor
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.organization.profile import ERASURES, EXPORTS, download
from web.pages.typed import Typed

blueprint = Blueprint("own_data", __name__)


@blueprint.get("/account/data")
def overview() -> str:
    """What can be taken along, and what an erasure means."""
    return _page(people.require_actor(), Typed())


@blueprint.post("/account/data/export")
def export() -> Response:
    """Everything on oneself, as a ZIP file made while it is sent."""
    actor, side = people.require_actor(), the_node().private
    side.limiter.take(EXPORTS, actor.id)
    return download(side.custody.exports.oneself(actor), "my-data.zip")


@blueprint.post("/account/data/erase")
def erase() -> AnyResponse | tuple[str, int]:
    """Erase oneself."""
    actor, side = people.require_actor(), the_node().private
    side.limiter.take(ERASURES, actor.id)
    given = typed.read("proof")
    try:
        side.custody.erasure.erase_oneself(actor, given.values["proof"])
    except (Invalid, Conflict) as error:
        return _page(actor, Typed().wrong(error)), 422
    people.end()
    flash(gettext("Your account is erased."))
    return redirect(here("/"), 303)


def _page(actor: Actor, given: Typed) -> str:
    by_password = the_node().private.custody.erasure.wants_password(actor)
    return render_template("organization/own_data.html", by_password=by_password, given=given)
