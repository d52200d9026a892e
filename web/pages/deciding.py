"""One report under review: the account as the public would read it, its context, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.account import Account
from registry.clock import today
from registry.errors import N_, Conflict, Invalid, NotFound, Problem, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.personal.rules import REVIEWER_CHOICES, Choice
from registry.intake.rules import Action, State, possible
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType
from registry.review.rules import DECLINE_REASONS, Decision
from registry.review.views import ReviewView
from web.pages import people, personal_view, record_view, relation_view, states
from web.pages.chrome import here
from web.pages.messages import gettext, ngettext
from web.pages.mine import DECISIONS
from web.pages.words import say

blueprint = Blueprint("deciding", __name__)

GONE = N_("This report is not open to your review. Its organization may have taken it back.")


@dataclass(frozen=True, slots=True)
class Panel:
    """What the decision panel shows: what was typed, and what is wrong with it."""

    note: str = ""
    reason: str = ""
    note_error: str | None = None
    reason_error: str | None = None
    conflict: str | None = None

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Lines of the error summary: the control's id and the sentence."""
        lines = (("note", self.note_error), ("reason", self.reason_error))
        return [(name, error) for name, error in lines if error is not None]


@blueprint.get("/review/<key:key>")
def item(key: str) -> str:
    """The report with everything needed to decide."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    return _page(actor, key, Panel())


@blueprint.post("/review/<key:key>/claim")
def claim(key: str) -> Response | tuple[str, int]:
    """Take the report on."""
    reviews = the_node().private.reviews
    return _act(
        key,
        lambda actor, lock: reviews.claim(actor, key, expected=lock),
        gettext("You have claimed this report."),
    )


@blueprint.post("/review/<key:key>/release")
def release(key: str) -> Response | tuple[str, int]:
    """Put the report back into the queue."""
    reviews = the_node().private.reviews
    return _act(
        key,
        lambda actor, lock: reviews.release(actor, key, expected=lock),
        gettext("The report is back in the queue."),
    )


@blueprint.post("/review/<key:key>/decide")
def decide(key: str) -> Response | tuple[str, int]:
    """Conclude on the version that was read."""
    reviews, decision = the_node().private.reviews, request.form.get("decision")
    note, reason = request.form.get("note", ""), request.form.get("reason", "")
    acts: dict[str, tuple[Callable[[Actor, int], None], Callable[[], str]]] = {
        Decision.ACCEPT: (lambda actor, lock: reviews.accept(actor, key, note, expected=lock), _accepted),
        Decision.REQUEST_CHANGES: (
            lambda actor, lock: reviews.request_changes(actor, key, note, expected=lock),
            lambda: gettext("The organization is asked to change its report."),
        ),
        Decision.DECLINE: (
            lambda actor, lock: reviews.decline(actor, key, reason, note, expected=lock),
            lambda: gettext("The report is declined. The organization sees your reason and note."),
        ),
    }
    if decision not in acts:
        people.require_actor(Permission.REVIEW)
        return redirect(here(f"/review/{key}"), 303)
    act, says = acts[decision]
    return _act(key, act, says())


@blueprint.post("/review/<key:key>/details")
def decide_details(key: str) -> Response | tuple[str, int]:
    """Say which personal details the public may read: one by one, and with one button for many."""
    reviews, typed = the_node().private.reviews, personal_view.read_choices(request.form)
    button = request.form.get(personal_view.ALL)

    def act(actor: Actor, lock: int) -> None:
        many = personal_view.for_all(reviews.read(actor, key).personal, button)
        reviews.decide_details(actor, key, many | typed, expected=lock)

    return _act(key, act, gettext("Your choices are saved."), "#details")


def _act(
    key: str, act: Callable[[Actor, int], None], says: str, then: str = ""
) -> Response | tuple[str, int]:
    """Do it and show the report again; what stands in the way is said, and what was typed is kept."""
    actor = people.require_actor(Permission.REVIEW)
    note, reason = request.form.get("note", ""), request.form.get("reason", "")
    try:
        act(actor, people.lock_seen())
    except NotFound as gone:
        raise NotFound(GONE) from gone
    except Invalid as invalid:
        return _page(actor, key, _panel(note, reason, invalid.problems)), 422
    except (Conflict, Stale) as conflict:
        return _page(actor, key, Panel(note, reason, conflict=say(conflict))), 409
    flash(says)
    return redirect(here(f"/review/{key}") + then, 303)


def _panel(note: str, reason: str, problems: tuple[Problem, ...]) -> Panel:
    said = {problem.pointer: say(problem) for problem in problems}
    wrong_reason = gettext("Choose the reason for declining.") if "/reason" in said else None
    return Panel(note, reason, said.get("/note"), wrong_reason)


def _accepted() -> str:
    minutes = _minutes_to_batch()
    return ngettext(
        "Accepted. It will be published in about %(num)s minute, with all that is accepted until then.",
        "Accepted. It will be published in about %(num)s minutes, with all that is accepted until then.",
        minutes,
    )


def _minutes_to_batch() -> int:
    node = the_node()
    every = node.settings.publication_every
    return max(1, round((every - int(node.clock().timestamp()) % every) / 60))


def _page(actor: Actor, key: str, panel: Panel) -> str:
    node = the_node()
    try:
        view = node.private.reviews.read(actor, key)
    except NotFound as gone:
        raise NotFound(GONE) from gone
    state = view.submission.summary.state
    return render_template(
        "review/item.html",
        view=view,
        summary=view.submission.summary,
        panel=panel,
        rows=states.rows(view.steps, view.submission.summary.organization_id, drafting=False),
        reasons=DECLINE_REASONS,
        decision_words=DECISIONS,
        may_review=actor.holds(Permission.REVIEW),
        may_publish=actor.holds(Permission.RELEASE_BATCH) and state is State.ACCEPTED,
        deciding=state is State.IN_REVIEW and view.claim is not None and view.claim.mine,
        claimable=Action.CLAIM in possible(state) and view.claim is None,
        claim_hours=node.settings.claim_hours,
        minutes=_minutes_to_batch(),
        details=personal_view.groups_to_decide(view.personal, personal_view.read_choices(request.form)),
        shown_only_here=personal_view.for_reviewers_only(view.personal),
        kept_by_organization=any(one.organization is Choice.KEEP for one in view.personal.open),
        open_details=len(view.personal.open),
        detail_choices=REVIEWER_CHOICES,
        prefix=personal_view.PREFIX,
        public=Account.from_json(view.personal.for_public()),
        relation=relation_view.beside(view.submission),
        **_reading(view),
    )


def _reading(view: ReviewView) -> dict[str, object]:
    """The account arranged as on the public page, from a record that is not published."""
    node, day = the_node(), today(the_node().clock)
    record = PublicRecord(
        id="",
        type=RecordType.REPORT,
        state=RecordState.PUBLISHED,
        revision=1,
        published=day,
        modified=day,
        taxonomy_version=node.taxonomy.version,
        provenance=Provenance(Origin.OWN, "own", contributor=view.contributor),
        account=view.submission.account,
    )
    facets = record_view.facets_of(record, node.taxonomy)
    return {
        "record": record,
        "account": record.account,
        "facets": facets,
        "groups": record_view.groups_of(facets),
        "steps": record_view.steps_of(record),
        "has_response": record_view.has_response(record, facets),
        "matches": record_view.MATCHES,
    }
