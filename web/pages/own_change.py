"""Asking for a change of the public record of one's own report."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.review.aftercare.changes import Changes
from web.pages import caring, caring_view, people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("own_change", __name__)


@blueprint.get("/mine/<key:key>/change")
def form(key: str) -> str | Response:
    """What can be asked for, and what was."""
    actor = people.require_actor(Permission.CHANGE_RECORDS)
    if the_node().private.intake.read(actor, key).summary.record_id is None:
        return redirect(here(f"/mine/{key}"), 303)
    return _page(actor, key)


@blueprint.post("/mine/<key:key>/change")
def ask(key: str) -> Response | tuple[str, int]:
    """Propose a change; a reviewer of another organization decides."""
    actor = people.require_actor(Permission.CHANGE_RECORDS)
    try:
        _changes().propose_own(actor, key, caring.proposal())
    except Invalid as invalid:
        errors = {caring.PROPOSE[problem.pointer]: say(problem) for problem in invalid.problems}
        return _page(actor, key, errors), 422
    except (Conflict, Stale) as conflict:
        return _refused(actor, key, conflict)
    flash(gettext("Proposed. A reviewer of another organization decides."))
    return redirect(here(f"/mine/{key}/change"), 303)


@blueprint.post("/mine/<key:key>/change/<key:change>")
def take_back(key: str, change: str) -> Response | tuple[str, int]:
    """Take the proposal back."""
    actor = people.require_actor(Permission.CHANGE_RECORDS)
    try:
        _changes().take_own_back(actor, key, change, expected=people.lock_seen())
    except (Conflict, Stale) as conflict:
        return _refused(actor, key, conflict)
    flash(gettext("The proposal is taken back."))
    return redirect(here(f"/mine/{key}/change"), 303)


def _refused(actor: Actor, key: str, conflict: Conflict | Stale) -> Response | tuple[str, int]:
    if the_node().private.intake.read(actor, key).summary.record_id is None:
        raise conflict
    return _page(actor, key, {"": say(conflict)}), 409


def _page(actor: Actor, key: str, errors: dict[str, str] | None = None) -> str:
    record, changes = _changes().of_own(actor, key)
    return render_template(
        "mine/change.html",
        key=key,
        record=record,
        changes=changes,
        errors=errors or {},
        typed=request.form,
        words=caring_view,
    )


def _changes() -> Changes:
    return the_node().private.reviewing.care.changes
