"""One report under review: the account as the public would read it, its context, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, NotFound, NotReady, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.personal.rules import REVIEWER_CHOICES, Choice
from registry.intake.risk.rules import FEWEST
from registry.intake.rules import Action, State, possible
from registry.privacy.coarsening import coarsen, left_standing
from registry.review.asking.rules import QUESTION_MAX
from registry.review.independence.rules import RECUSAL_REASONS, UNMASK_REASONS
from registry.review.noting.rules import REMARK_MAX
from registry.review.rules import DECLINE_REASONS, Decision
from registry.review.views import ReviewView
from web.pages import (
    attached_view,
    coding_view,
    exactness_view,
    forms_choices,
    judging,
    people,
    personal_view,
    preview,
    readiness_view,
    relation_view,
    releasing,
    side_by_side,
    since_view,
    states,
    unsaved,
)
from web.pages.chrome import here
from web.pages.coding_view import Editing
from web.pages.exactness_view import Weighing
from web.pages.judging import Panel, Part
from web.pages.messages import gettext, ngettext
from web.pages.mine import DECISIONS
from web.pages.words import say

blueprint = Blueprint("deciding", __name__)

GONE = N_("This report is not open to your review. Its organization may have taken it back.")
NOTHING: frozenset[Part] = frozenset()
Refused = Callable[[Actor, Invalid], str]
"""Shows what is wrong where that does not belong to the decision panel."""


@blueprint.get("/review/<key:key>")
def item(key: str) -> str:
    """The report with everything needed to decide."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    return page(actor, key)


Act = Callable[[Actor, int], str | None]
"""What a button does, with the lock that was seen; gives words in place of the usual ones, or None."""


@blueprint.post("/review/<key:key>/claim")
def claim(key: str) -> str | Response | tuple[str, int]:
    """Take the report on."""
    reviews = the_node().private.reviews
    return act_on(
        key,
        lambda actor, lock: reviews.claim(actor, key, expected=lock),
        gettext("You have claimed this report."),
    )


@blueprint.post("/review/<key:key>/release")
def release(key: str) -> str | Response | tuple[str, int]:
    """Put the report back into the queue."""
    reviews = the_node().private.reviews
    return act_on(
        key,
        lambda actor, lock: reviews.release(actor, key, expected=lock),
        gettext("The report is back in the queue."),
    )


@blueprint.post("/review/<key:key>/decide")
def decide(key: str) -> str | Response | tuple[str, int]:
    """Conclude on the version that was read."""
    reviews, decision = the_node().private.reviews, request.form.get("decision")
    note, reason = request.form.get("note", ""), request.form.get("reason", "")

    def accept(actor: Actor, lock: int) -> str | None:
        decided = reviews.accept(actor, key, note, expected=unsaved.take_in(actor, key, lock))
        return None if decided else _voted()

    def decline(actor: Actor, lock: int) -> str | None:
        return None if reviews.decline(actor, key, reason, note, expected=lock) else _voted()

    acts: dict[str, tuple[Act, Callable[[], str]]] = {
        Decision.ACCEPT: (accept, _accepted),
        Decision.REQUEST_CHANGES: (
            lambda actor, lock: reviews.request_changes(actor, key, note, expected=lock),
            lambda: gettext("The organization is asked to change its report."),
        ),
        Decision.DECLINE: (
            decline,
            lambda: gettext("The report is declined. The organization sees your reason and note."),
        ),
    }
    if decision not in acts:
        return shown_again(people.require_actor(Permission.REVIEW), key, "", NOTHING)
    act, says = acts[decision]
    return act_on(key, act, says(), settles=judging.CONCLUDED)


@blueprint.post("/review/<key:key>/details")
def decide_details(key: str) -> str | Response | tuple[str, int]:
    """Say which personal details the public may read: one by one, and with one button for many."""
    reviews, typed = the_node().private.reviews, personal_view.read_choices(request.form)
    button = request.form.get(personal_view.ALL)

    def act(actor: Actor, lock: int) -> None:
        many = personal_view.for_all(reviews.read(actor, key).personal, button)
        reviews.decide_details(actor, key, many | typed, expected=lock)

    return act_on(key, act, gettext("Your choices are saved."), "#details", settles=frozenset({Part.DETAILS}))


def act_on(
    key: str,
    act: Act,
    says: str,
    then: str = "",
    refused: Refused | None = None,
    settles: frozenset[Part] = NOTHING,
) -> str | Response | tuple[str, int]:
    """Do it and show the report again; what stands in the way is said, and what was typed is kept.

    It says ``says``, unless the act itself has something to say.
    ``refused`` shows what is invalid where that does not belong to the decision panel. ``settles`` is what
    the act takes in; everything else that was typed is on the page that follows.
    """
    actor = people.require_actor(Permission.REVIEW)
    try:
        says = act(actor, people.lock_seen()) or says
    except NotFound as gone:
        raise NotFound(GONE) from gone
    except Invalid as invalid:
        if refused is not None:
            return refused(actor, invalid), 422
        return page(actor, key, judging.panel(invalid.problems)), 422
    except NotReady as unready:
        shown = replace(judging.panel(), missing=readiness_view.lines(unready.problems))
        return page(actor, key, shown), 409
    except (Conflict, Stale) as conflict:
        return page(actor, key, judging.panel(conflict=say(conflict))), 409
    flash(says)
    return shown_again(actor, key, then, settles)


def shown_again(actor: Actor, key: str, then: str, settled: frozenset[Part]) -> str | Response:
    """The report's page: at its own address, or at once where that would lose what was typed elsewhere."""
    if not judging.left(actor, key, settled):
        return redirect(here(f"/review/{key}") + then, 303)
    panel = judging.panel(settled=settled)
    editing = None if Part.CODES in settled else judging.editing(actor, key)
    return page(actor, key, panel, judging.weighing(actor, key, settled), editing)


def _accepted() -> str:
    held_back = releasing.held_back_words()
    if held_back:
        return f"{gettext('Accepted.')} {held_back}"
    minutes = _minutes_to_batch()
    return ngettext(
        "Accepted. It will be published in about %(num)s minute, with all that is accepted until then.",
        "Accepted. It will be published in about %(num)s minutes, with all that is accepted until then.",
        minutes,
    )


def _voted() -> str:
    return gettext(
        "Your conclusion is kept. This report is severe: reviewers of another organization have to agree "
        "before anything is decided."
    )


def _minutes_to_batch() -> int:
    node = the_node()
    every = node.settings.publication_every
    return max(1, round((every - int(node.clock().timestamp()) % every) / 60))


def read(actor: Actor, key: str) -> ReviewView:
    """The report as its reviewer reads it; raises ``NotFound`` in the words of this page."""
    try:
        return the_node().private.reviews.read(actor, key)
    except NotFound as gone:
        raise NotFound(GONE) from gone


_AS_SENT = object()
"""Stands for the facet that the request says is open."""


def page(
    actor: Actor,
    key: str,
    panel: Panel | None = None,
    weighing: Weighing | None = None,
    editing: Editing | object | None = _AS_SENT,
) -> str:
    """The report with everything needed to decide, and what was typed and was not taken in.

    Without ``panel``, ``weighing`` or ``editing`` that is what the request holds.
    """
    node = the_node()
    view = read(actor, key)
    state = view.submission.summary.state
    if view.submission.summary.erased_at is not None:
        return _erased(view)
    deciding = state is State.IN_REVIEW and view.claim is not None and view.claim.mine
    if weighing is None:
        weighing = judging.weighing(actor, key, NOTHING if deciding else frozenset({Part.LEVELS}))
    return render_template(
        "review/item.html",
        view=view,
        additions=node.private.following.for_reviewers(actor, key, view.submission.account.language),
        questions=node.private.questions.of(actor, key, view.submission.account.language),
        question_limit=QUESTION_MAX,
        remarks=node.private.remarks.of(actor, key),
        remark_limit=REMARK_MAX,
        summary=view.submission.summary,
        panel=panel or judging.panel(),
        carried=judging.carried(),
        rows=states.rows(view.steps, view.submission.summary.organization_id, drafting=False),
        reasons=DECLINE_REASONS,
        aside_reasons=RECUSAL_REASONS,
        unmask_reasons=UNMASK_REASONS,
        decision_words=DECISIONS,
        may_review=actor.holds(Permission.REVIEW),
        may_publish=actor.holds(Permission.RELEASE_BATCH) and state is State.ACCEPTED,
        deciding=deciding,
        claimable=Action.CLAIM in possible(state) and view.claim is None and not view.quorum.own,
        claim_hours=node.settings.claim_hours,
        minutes=_minutes_to_batch(),
        held_back=releasing.held_back_words(),
        details=personal_view.groups_to_decide(view.personal, personal_view.read_choices(request.form)),
        shown_only_here=personal_view.for_reviewers_only(view.personal),
        kept_by_organization=any(one.organization is Choice.KEEP for one in view.personal.open),
        open_details=len(view.personal.open),
        detail_choices=REVIEWER_CHOICES,
        prefix=personal_view.PREFIX,
        files=attached_view.shown(node.private.evidence.of(actor, key), f"/review/{key}/attachments"),
        **since_view.since(actor, key, view.submission.account),
        **_exactness(actor, key, view, weighing),
        editing=judging.editing(actor, key) if editing is _AS_SENT else editing,
        other_facets=coding_view.others(view.coding),
        choices=forms_choices,
        **preview.reading(coding_view.as_coded(view), view.contributor),
        relation=relation_view.beside(view.submission),
    )


def _exactness(actor: Actor, key: str, view: ReviewView, weighing: Weighing) -> dict[str, object]:
    """How many look like it, what may be chosen, and the account as the public would read it then."""
    found = the_node().private.reviews.risk(actor, key, weighing.levels)
    shown = view.personal.for_public()
    return {
        "exactness": found,
        "weighing": weighing,
        "exact_choices": exactness_view.choices_for_review(found),
        "exact_changes": exactness_view.changes(found),
        "smallest_value": exactness_view.smallest_value,
        "step_sentence": exactness_view.step_sentence,
        "left_standing": left_standing(shown, found.levels),
        "side_by_side": side_by_side.beside(view.personal, shown, coarsen(shown, found.levels).account),
        "fewest": FEWEST,
    }


def _erased(view: ReviewView) -> str:
    """What is left of a report whose original was deleted: where it stands, and its steps."""
    summary = view.submission.summary
    return render_template(
        "review/erased.html",
        view=view,
        summary=summary,
        rows=states.rows(view.steps, summary.organization_id, drafting=False),
        reasons=DECLINE_REASONS,
        decision_words=DECISIONS,
    )
