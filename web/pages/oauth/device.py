"""Where a person types the code of a device that waits (RFC 8628 section 3.3), and lets it in or not."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import NotFound
from registry.identity.oauth.devices import Waiting
from registry.identity.rules import Actor
from registry.limits import Limit
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.oauth.offers import chosen, offers, options, resting, union, words
from web.pages.words import say

blueprint = Blueprint("device", __name__)

CODE_MAX = 40
TYPED = Limit("device code", tries=10, seconds=600)
"""Tries of a person at codes: 20^8 codes cannot be guessed at this pace (RFC 8628 section 5.1)."""


@blueprint.get("/device")
def form() -> str:
    """The field; a link from the device brings the code along, but never the decision."""
    people.require_actor()
    return _page(request.args.get("code", "")[:CODE_MAX])


@blueprint.post("/device")
def look() -> str | tuple[str, int] | Response:
    """Say what waits under the code, or do what the person decided about it."""
    actor, code = people.require_actor(), request.form.get("code", "")[:CODE_MAX]
    side = the_node().private
    side.limiter.take(TYPED, actor.id)
    try:
        return _decided(actor, code, side.oauth.devices.waiting(code))
    except NotFound as unknown:
        return _page(code, error=say(unknown)), 422


def _decided(actor: Actor, code: str, waiting: Waiting) -> str | Response:
    """The question, or after its answer the account page; raises ``NotFound`` when it was just answered."""
    oauth = the_node().private.oauth
    program = oauth.programs.find(waiting.client_id)
    found, decision = offers(actor, waiting.scopes), request.form.get("decision")
    offer = chosen(found)
    if program is not None and decision == "allow" and offer is not None:
        oauth.devices.decide(offer.actor, code, allow=True, scopes=offer.scopes)
        flash(gettext("The device may act for you now. Go back to it."))
    elif decision == "deny":
        oauth.devices.decide(actor, code, allow=False)
        flash(gettext("The device was turned away."))
    else:
        lends = words(union(found))
        rests = resting(actor, waiting.scopes)
        return _page(code, program=program, words=lends, organizations=options(found), rests=rests)
    return redirect(here("/account"), 303)


def _page(code: str, **parts: object) -> str:
    return render_template("oauth/device.html", code=code, **parts)
