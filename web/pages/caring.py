"""Public records that somebody should look at: flags of anybody, and changes that wait for a decision."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.flagging import CONCERNS, DISMISSALS, URGENT
from registry.review.aftercare.office import CareOffice
from registry.review.aftercare.rules import REFUSALS
from web.pages import caring_view, people, queue_view
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("caring", __name__)

Answer = Response | tuple[str, int]


@blueprint.get("/review/records")
def listing() -> str | Response:
    """What waits, most urgent first; ``record`` leads to one by its identifier."""
    actor = people.require_actor(Permission.READ_FLAGS)
    wanted = request.args.get("record", "").strip()
    if wanted:
        return redirect(here(f"/review/records/{wanted.replace('/', '')}"), 303)
    return render_template(
        "care/list.html",
        lines=_care().desk.waiting(actor),
        now=the_node().clock(),
        words=caring_view,
        due=queue_view.due,
        urgent=gettext(CONCERNS[URGENT].words),
    )


@blueprint.get("/review/records/<record>")
def item(record: str) -> str:
    """One record with its flags, its changes, and what can be done."""
    return _page(people.require_actor(Permission.READ_FLAGS), record)


@blueprint.post("/review/records/<record>/dismiss")
def dismiss(record: str) -> Answer:
    """Answer the flags that were ticked: nothing has to change."""
    actor = people.require_actor(Permission.CARE_FOR_RECORDS)
    flags, reason = request.form.getlist("flags"), request.form.get("dismissal", "")

    def act() -> None:
        _care().flags.dismiss(actor, record, flags, reason)

    return _done(
        act, actor, record, gettext("The flags are answered, and what they said is deleted."), DISMISS
    )


@blueprint.post("/review/records/<record>/propose")
def propose(record: str) -> Answer:
    """Propose a change; somebody else decides."""
    actor, asked = people.require_actor(Permission.CARE_FOR_RECORDS), proposal()

    def act() -> None:
        _care().changes.propose(actor, record, asked)

    return _done(
        act, actor, record, gettext("Proposed. A reviewer of another organization decides."), PROPOSE
    )


@blueprint.post("/review/changes/<key:key>")
def decide(key: str) -> Answer:
    """Approve or refuse what somebody else proposed."""
    actor, lock = people.require_actor(Permission.DECIDE_CHANGES), people.lock_seen()
    changes, approves = _care().changes, request.form.get("decision") == "approve"
    record = changes.read(actor, key).record_id

    def act() -> None:
        if approves:
            changes.approve(actor, key, expected=lock)
        else:
            changes.refuse(actor, key, request.form.get("refusal", ""), expected=lock)

    done, left = gettext("Approved. It is done at once or with the next batch."), gettext("Refused.")
    return _done(act, actor, record, done if approves else left, REFUSE)


@blueprint.post("/review/changes/<key:key>/take-back")
def take_back(key: str) -> Answer:
    """Take one's own proposal back."""
    actor, lock = people.require_actor(Permission.CARE_FOR_RECORDS), people.lock_seen()
    record = _care().changes.read(actor, key).record_id

    def act() -> None:
        _care().changes.take_back(actor, key, expected=lock)

    return _done(act, actor, record, gettext("The proposal is taken back."), {})


DISMISS = {"/flags": "flags", "/reason": "dismissal"}
PROPOSE = {"/kind": "what", "/reason": "what", "/note": "note"}
REFUSE = {"/reason": "refusal"}
"""Pointer of a problem → the control that it is about."""


def proposal() -> Proposal:
    """The change that a form asks for: ``what`` is kind and reason."""
    kind, _, reason = request.form.get("what", "").partition("/")
    note = request.form.get("note", "").replace("\r\n", "\n")
    return Proposal(kind, reason, note, people.read_lock(request.form.get("revision", "")))


def _done(act: Callable[[], None], actor: Actor, record: str, said: str, controls: dict[str, str]) -> Answer:
    try:
        act()
    except Invalid as invalid:
        errors = {controls.get(problem.pointer, ""): say(problem) for problem in invalid.problems}
        return _page(actor, record, errors), 422
    except (Conflict, Stale) as conflict:
        return _page(actor, record, {"": say(conflict)}), 409
    flash(said)
    return redirect(here(f"/review/records/{record}"), 303)


def _page(actor: Actor, record: str, errors: dict[str, str] | None = None) -> str:
    found = _care().desk.read(actor, record)
    return render_template(
        "care/item.html",
        found=found,
        record=found.record,
        errors=errors or {},
        typed=request.form,
        now=the_node().clock(),
        words=caring_view,
        due=queue_view.due,
        dismissals=[("", "–"), *((code, gettext(words)) for code, words in DISMISSALS.items())],
        refusals=[("", "–"), *((code, gettext(words)) for code, words in REFUSALS.items())],
        may_care=actor.holds(Permission.CARE_FOR_RECORDS),
    )


def _care() -> CareOffice:
    return the_node().private.reviewing.care
