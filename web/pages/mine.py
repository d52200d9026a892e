"""An organization's own reports: the list, one report with its decisions, and taking it back."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.rules import EDITABLE, Action, State, possible
from registry.intake.views import SubmissionView
from registry.review.rules import DECLINE_REASONS
from web.pages import people, relation_view, report_summary, states
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("mine", __name__)

DECISIONS = {
    "accept": states.STEPS["accept"],
    "request-changes": states.STEPS["request-changes"],
    "decline": states.STEPS["decline"],
}


@blueprint.get("/mine")
def listing() -> str:
    """The organization's reports, last changed first; ``state`` narrows them."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    state = _state(request.args.get("state"))
    cursor = request.args.get("cursor")
    page = the_node().private.submissions.own(actor, state=state, cursor=cursor)
    return render_template(
        "mine/list.html",
        page=page,
        tabs=[(_list_url(None), None, state is None)]
        + [(_list_url(each), each, each is state) for each in State],
        next_url=_list_url(state, page.next) if page.next else None,
        first_url=_list_url(state) if cursor else None,
        state=state,
        may_write=actor.holds(Permission.WRITE_SUBMISSIONS),
    )


@blueprint.get("/mine/<key:key>")
def item(key: str) -> str:
    """One report: its state in words, decisions, steps and answers."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    return _page(actor, the_node().private.intake.read(actor, key))


@blueprint.get("/mine/<key:key>/withdraw")
def ask_withdraw(key: str) -> str | Response:
    """Ask before taking a report back."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if Action.WITHDRAW not in possible(view.summary.state):
        return redirect(here(f"/mine/{key}"), 303)
    return render_template("mine/withdraw.html", view=view)


@blueprint.post("/mine/<key:key>/withdraw")
def withdraw(key: str) -> Response | tuple[str, int]:
    """Take a report back."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    intake = the_node().private.intake
    try:
        intake.withdraw(actor, key, expected=people.lock_seen())
    except (Conflict, Stale) as conflict:
        return _page(actor, intake.read(actor, key), say(conflict)), 409
    flash(gettext("The report is taken back."))
    return redirect(here(f"/mine/{key}"), 303)


def _page(actor: Actor, view: SubmissionView, conflict: str | None = None) -> str:
    side, key, state = the_node().private, view.summary.id, view.summary.state
    writes = actor.holds(Permission.WRITE_SUBMISSIONS)
    return render_template(
        "mine/item.html",
        view=view,
        meaning=states.MEANING[state],
        rows=states.rows(side.intake.history(actor, key), view.summary.organization_id),
        decisions=side.reviews.decisions_for_submitter(actor, key),
        decision_words=DECISIONS,
        reasons=DECLINE_REASONS,
        sections=report_summary.sections(view.account.to_json(), key, editable=False),
        receipt=side.intake.receipt(actor, key) if view.summary.submitted_at is not None else None,
        may_edit=writes and state in EDITABLE,
        may_withdraw=writes and Action.WITHDRAW in possible(state),
        relation=relation_view.beside(view),
        conflict=conflict,
    )


def _state(raw: str | None) -> State | None:
    """The state asked for; an unknown one asks for all."""
    return State(raw) if raw in list(State) else None


def _list_url(state: State | None, cursor: str | None = None) -> str:
    query = {"state": state.value if state else None, "cursor": cursor}
    told = urlencode({name: value for name, value in query.items() if value})
    return here("/mine") + (f"?{told}" if told else "")
