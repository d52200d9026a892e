"""Deleting the original of one's own report for good, and the receipt of it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from api.node import the_node
from registry.custody.receipts import DESTROYED
from registry.errors import Conflict, Stale
from registry.identity.rules import Permission
from registry.intake.vault.rules import PASSING, TAKEN_BACK, WHY
from registry.intake.views import SubmissionView
from web.pages import people
from web.pages.chrome import here
from web.pages.words import say

blueprint = Blueprint("originals", __name__)


@blueprint.get("/mine/<key:key>/erase")
def ask(key: str) -> str | Response:
    """What deleting means in the report's present state, before it is done."""
    actor = people.require_actor(Permission.ERASE_ORIGINALS)
    return _ask(the_node().private.intake.read(actor, key))


@blueprint.post("/mine/<key:key>/erase")
def erase(key: str) -> Response | tuple[str | Response, int]:
    """Delete it and show the receipt."""
    actor = people.require_actor(Permission.ERASE_ORIGINALS)
    side = the_node().private
    try:
        side.custody.originals.erase(actor, key, expected=people.lock_seen())
    except (Conflict, Stale) as conflict:
        return _ask(side.intake.read(actor, key), say(conflict)), 409
    return redirect(here(f"/mine/{key}/erasure"), 303)


@blueprint.get("/mine/<key:key>/erasure")
def receipt(key: str) -> str:
    """The receipt, for as long as the organization is here."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    originals = the_node().private.custody.originals
    found = originals.receipt(actor, key)
    return render_template(
        "mine/erasure.html",
        receipt=found,
        kinds=[(DESTROYED[kind], count) for kind, count in found.destroyed.items()],
        why=WHY[found.why],
        fits=originals.fits(found),
    )


@blueprint.get("/mine/<key:key>/erasure.txt")
def copy(key: str) -> FlaskResponse:
    """The receipt as a text file to keep."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    found = the_node().private.custody.originals.receipt(actor, key)
    text = render_template(
        "mine/erasure.txt",
        receipt=found,
        kinds=[(DESTROYED[kind], count) for kind, count in found.destroyed.items()],
        why=WHY[found.why],
    )
    headers = {"Content-Disposition": 'attachment; filename="erasure.txt"'}
    return FlaskResponse(text, mimetype="text/plain", headers=headers)


def _ask(view: SubmissionView, conflict: str | None = None) -> str | Response:
    if view.summary.erased_at is not None:
        return redirect(here(f"/mine/{view.summary.id}/erasure"), 303)
    if view.summary.state in PASSING and request.method == "GET":
        return redirect(here(f"/mine/{view.summary.id}"), 303)
    return render_template(
        "mine/erase.html",
        view=view,
        taken_back=view.summary.state in TAKEN_BACK,
        drafted=view.summary.submitted_at is None,
        conflict=conflict,
    )
