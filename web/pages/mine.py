"""An organization's own reports: the list, one report with its decisions, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.account.limits import NARRATIVE_MAX
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.following.rules import TEXT_MAX, may_add
from registry.intake.revising.rules import may_revise
from registry.intake.rules import EDITABLE, TAKEN_BACK, State
from registry.intake.vault.rules import PASSING
from registry.intake.views import SubmissionView
from registry.review.appealing.rules import REASONS
from registry.review.asking.rules import ANSWER_MAX
from web.pages import label_words, people, relation_view, report_summary, states, unfinished
from web.pages.chrome import here
from web.pages.held_view import HeldForm
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("mine", __name__)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed as an addition, or as the answer to question ``number``, and what is wrong with it."""

    text: str = ""
    error: str | None = None
    number: int = 0

    @property
    def field(self) -> str:
        """The control that it was typed into."""
        return f"answer-{self.number}" if self.number else "text"


MACHINE = "by-machine"
"""What ``made`` says in the address of the list of what programs and files brought."""
DECISIONS = {
    "accept": states.STEPS["accept"],
    "request-changes": states.STEPS["request-changes"],
    "decline": states.STEPS["decline"],
    "uphold": states.STEPS["uphold"],
    "reject-appeal": states.STEPS["reject-appeal"],
}


@blueprint.get("/mine")
def listing() -> str | Response:
    """The organization's reports, last changed first; ``state`` narrows them."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    if actor.guest:
        return redirect(here("/report/guest"), 303)
    state = _state(request.args.get("state"))
    cursor, made = request.args.get("cursor"), request.args.get("made") == MACHINE
    side = the_node().private
    page = side.submissions.own(actor, state=state, by_machine=made, cursor=cursor)
    return render_template(
        "mine/list.html",
        page=page,
        questioned=side.reviewing.questions.waiting(actor, [line.id for line in page.items]),
        tabs=[(_list_url(None), None, state is None)]
        + [(_list_url(each), each, each is state) for each in State],
        next_url=_list_url(state, page.next, made=made) if page.next else None,
        first_url=_list_url(state, made=made) if cursor else None,
        state=state,
        may_write=actor.holds(Permission.WRITE_SUBMISSIONS),
        asked=the_node().private.identities.others.waiting(actor),
        unfinished=0 if made else side.submissions.unfinished(actor),
        unfinished_url=_list_url(State.DRAFT, made=True),
        origin=unfinished.origin,
    )


@blueprint.get("/mine/<key:key>")
def item(key: str) -> str:
    """One report: its state in words, decisions, steps and answers."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    return page(actor, the_node().private.intake.read(actor, key))


@blueprint.get("/mine/<key:key>/withdraw")
def ask_withdraw(key: str) -> str | Response:
    """Ask before taking a report back."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if view.summary.state not in TAKEN_BACK:
        return redirect(here(f"/mine/{key}"), 303)
    days = the_node().settings.keep_withdrawn_days
    return render_template("mine/withdraw.html", view=view, days=days)


@blueprint.post("/mine/<key:key>/withdraw")
def withdraw(key: str) -> Response | tuple[str, int]:
    """Take a report back."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    intake = the_node().private.intake
    says = gettext("The report is taken back.")
    try:
        if intake.withdraw(actor, key, expected=people.lock_seen()).summary.record_id:
            says = gettext("The revision is taken back. The record stays as it is.")
    except (Conflict, Stale) as conflict:
        return page(actor, intake.read(actor, key), say(conflict)), 409
    flash(says)
    return redirect(here(f"/mine/{key}"), 303)


@blueprint.post("/mine/<key:key>/add")
def add(key: str) -> Response | tuple[str, int]:
    """Add to a report that was sent, whatever became of it."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    side, text = the_node().private, request.form.get("text", "")
    try:
        side.following.add(actor, key, text)
    except Invalid as invalid:
        typed = Typed(text, say(invalid.problems[0]))
        return page(actor, side.intake.read(actor, key), added=typed), 422
    except Conflict as conflict:
        return page(actor, side.intake.read(actor, key), say(conflict), Typed(text)), 409
    flash(gettext("What you wrote is with the report."))
    return redirect(here(f"/mine/{key}") + "#added", 303)


def page(
    actor: Actor,
    view: SubmissionView,
    conflict: str | None = None,
    added: Typed | None = None,
    held: HeldForm | None = None,
) -> str:
    """The report; ``conflict`` is what stood in the way, the others what was typed and not taken in."""
    side, key, state = the_node().private, view.summary.id, view.summary.state
    label = view.summary.label
    writes, naming = actor.holds(Permission.WRITE_SUBMISSIONS), side.identities.naming.of(actor, key)
    return render_template(
        "mine/item.html",
        view=view,
        meaning=label_words.meaning(label, state, states.meaning(state, naming.waits_for, guest=actor.guest)),
        rows=states.rows(side.intake.history(actor, key), view.summary.organization_id),
        decisions=side.reviews.decisions_for_submitter(actor, key),
        decision_words=DECISIONS,
        reasons=REASONS,
        recourse=side.reviewing.appeals.own(actor, key),
        may_appeal=actor.holds(Permission.APPEAL_SUBMISSIONS),
        sections=report_summary.sections(view.account.to_json(), key, editable=False),
        additions=side.following.additions(actor, key),
        questions=side.reviewing.questions.own(actor, key),
        answer_limit=ANSWER_MAX,
        may_add=writes and may_add(state),
        added=added or Typed(),
        held=held or HeldForm(),
        held_limit=NARRATIVE_MAX,
        limit=TEXT_MAX,
        receipt=side.intake.receipt(actor, key) if view.summary.submitted_at is not None else None,
        may_edit=writes and state in EDITABLE,
        may_erase=actor.holds(Permission.ERASE_ORIGINALS) and state not in PASSING,
        lapses=side.custody.originals.lapses(view.summary),
        may_change=actor.holds(Permission.CHANGE_RECORDS),
        may_withdraw=writes and state in TAKEN_BACK,
        may_revise=actor.holds(Permission.REVISE_PUBLISHED) and may_revise(state, view.summary.kind),
        others=states.waits_for_others(state, view.summary.kind),
        revision=label_words.revision(label, under_way=view.summary.in_revision),
        relation=relation_view.beside(view),
        conflict=conflict,
        naming=naming,
        may_name=actor.holds(Permission.NAME_SUBMISSIONS),
        origin=unfinished.origin(view.summary),
        missing=unfinished.missing(view),
    )


def _state(raw: str | None) -> State | None:
    """The state asked for; an unknown one asks for all."""
    return State(raw) if raw in list(State) else None


def _list_url(state: State | None, cursor: str | None = None, *, made: bool = False) -> str:
    query = {
        "state": state.value if state else None,
        "made": MACHINE if made else None,
        "cursor": cursor,
    }
    told = urlencode({name: value for name, value in query.items() if value})
    return here("/mine") + (f"?{told}" if told else "")
