"""The audit trail for stewards: is it whole, and all of it to take along."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from api.node import the_node
from registry.audit.chain import Verdict
from registry.custody.trail import MEDIA
from registry.errors import Invalid
from registry.identity.rules import Actor, Permission
from registry.limits import Limit
from web.pages import people, typed
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("trail", __name__)

READINGS = Limit("trail", 20, 3600)


@blueprint.get("/steward/trail")
def page() -> str:
    """What can be done."""
    _steward()
    return _page(Typed())


@blueprint.post("/steward/trail")
def verify() -> str | tuple[str, int]:
    """Read all of it and say what was found."""
    actor, given, node = _steward(), typed.read("head"), the_node()
    node.private.limiter.take(READINGS, actor.id)
    head = given.values["head"].strip()
    try:
        verdict = node.private.custody.trail.verify(actor, [*node.figures.heads(), *([head] if head else [])])
    except Invalid as error:
        return _page(given.wrong(error)), 422
    return _page(given, verdict)


@blueprint.post("/steward/trail/export")
def export() -> Response:
    """Every row as a line of JSON, sent while it is read."""
    actor, side = _steward(), the_node().private
    side.limiter.take(READINGS, actor.id)
    answer = Response(side.custody.trail.export(actor), mimetype=MEDIA)
    answer.headers["Content-Disposition"] = 'attachment; filename="trail.ndjson"'
    return answer


def _steward() -> Actor:
    return people.require_actor(Permission.MANAGE_NODE)


def _page(given: Typed, verdict: Verdict | None = None) -> str:
    fault = verdict.fault if verdict else None
    wrong = gettext(fault.message) % fault.facts if fault else None
    return render_template("steward/trail.html", given=given, verdict=verdict, wrong=wrong)
