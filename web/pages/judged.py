"""The page of a report under review: what there is to read, and what of it is still to be decided."""

from __future__ import annotations

from flask import render_template, request

from api.node import the_node
from registry.errors import N_, NotFound
from registry.identity.rules import Actor, Permission
from registry.intake.personal.rules import REVIEWER_CHOICES, Choice
from registry.intake.risk.rules import FEWEST
from registry.intake.risk.views import Assessment
from registry.intake.rules import Action, State, possible
from registry.privacy.coarsening import coarsen
from registry.review.appealing.rules import REASONS, REJECT_REASONS
from registry.review.asking.rules import QUESTION_MAX
from registry.review.independence.rules import RECUSAL_REASONS, UNMASK_REASONS
from registry.review.noting.rules import REMARK_MAX
from registry.review.rules import DECLINE_REASONS
from registry.review.views import ReviewView
from web.pages import (
    attached_view,
    coding_view,
    exactness_view,
    forms_choices,
    judging,
    peer_names,
    personal_view,
    preview,
    relation_view,
    releasing,
    side_by_side,
    since_view,
    states,
)
from web.pages.coding_view import Editing
from web.pages.exactness_view import Weighing
from web.pages.judging import Panel, Part
from web.pages.mine import DECISIONS
from web.pages.same_event_view import same_event
from web.pages.words import label

GONE = N_("This report is not open to your review. Its organization may have taken it back.")
NOTHING: frozenset[Part] = frozenset()


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
    view = read(actor, key)
    if view.submission.summary.erased_at is not None:
        return _erased(view)
    deciding, coded = is_deciding(view), coding_view.as_coded(view)
    if weighing is None:
        weighing = judging.weighing(actor, key, NOTHING if deciding else frozenset({Part.LEVELS}))
    return render_template(
        "review/item.html",
        view=view,
        summary=view.submission.summary,
        panel=panel or judging.panel(),
        carried=judging.carried(),
        deciding=deciding,
        **_standing(actor, view),
        **_written(actor, key, view.submission.account.language),
        **_details(view),
        **since_view.since(actor, key, view.submission.account),
        **exactness(view, the_node().private.reviews.risk(actor, key, weighing.levels), weighing),
        editing=judging.editing(actor, key) if editing is _AS_SENT else editing,
        other_facets=coding_view.others(view.coding),
        choices=forms_choices,
        **preview.reading(coded, view.contributor),
        relation=relation_view.beside(view.submission, coded),
        same_event=same_event(actor, view.submission.summary, coded),
        disturbing=[
            label(code)
            for code in the_node().private.reviewing.own_work.disturbing(actor, view.submission.account)
        ],
    )


def _standing(actor: Actor, view: ReviewView) -> dict[str, object]:
    """Where the report stands, what the reader may do with it now, and the words for it."""
    state = view.submission.summary.state
    return {
        "rows": states.rows(view.steps, view.submission.summary.organization_id, drafting=False),
        "reasons": DECLINE_REASONS,
        "nodes": peer_names.to_pass_to(),
        "all_reasons": REASONS,
        "appeal": view.appeal,
        "appeal_reasons": REJECT_REASONS,
        "aside_reasons": RECUSAL_REASONS,
        "unmask_reasons": UNMASK_REASONS,
        "decision_words": DECISIONS,
        "may_review": actor.holds(Permission.REVIEW),
        "may_publish": actor.holds(Permission.RELEASE_BATCH) and state is State.ACCEPTED,
        "claimable": Action.CLAIM in possible(state) and view.claim is None and not view.quorum.own,
        "claim_hours": the_node().settings.claim_hours,
        "minutes": minutes_to_batch(),
        "held_back": releasing.held_back_words(),
    }


def _written(actor: Actor, key: str, language: str) -> dict[str, object]:
    """What was written and attached beside the account."""
    side = the_node().private
    return {
        "additions": side.following.for_reviewers(actor, key, language),
        "questions": side.reviewing.questions.of(actor, key, language),
        "question_limit": QUESTION_MAX,
        "remarks": side.reviewing.remarks.of(actor, key),
        "remark_limit": REMARK_MAX,
        "files": attached_view.shown(side.reviewing.evidence.of(actor, key), f"/review/{key}/attachments"),
    }


def _details(view: ReviewView) -> dict[str, object]:
    """The personal details, with what was chosen on the page and not saved yet."""
    found = view.personal
    return {
        "details": personal_view.groups_to_decide(found, personal_view.read_choices(request.form)),
        "shown_only_here": personal_view.for_reviewers_only(found),
        "kept_by_organization": any(one.organization is Choice.KEEP for one in found.open),
        "open_details": len(found.open),
        "detail_choices": REVIEWER_CHOICES,
        "prefix": personal_view.PREFIX,
    }


def is_deciding(view: ReviewView) -> bool:
    """Whether the reader decides on the report now: it is under review, and theirs."""
    claim = view.claim
    return view.submission.summary.state is State.IN_REVIEW and claim is not None and claim.mine


def exactness(view: ReviewView, found: Assessment, weighing: Weighing) -> dict[str, object]:
    """How many look like it, what may be chosen, and the account as the public would read it then."""
    shown = view.personal.for_public()
    return {
        "exactness": found,
        "weighing": weighing,
        "exact_choices": exactness_view.choices_for_review(found),
        "exact_changes": exactness_view.changes(found),
        "smallest_value": exactness_view.smallest_value,
        "step_sentence": exactness_view.step_sentence,
        "left_standing": found.still_told,
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
        reasons=REASONS,
        decision_words=DECISIONS,
    )


def minutes_to_batch() -> int:
    """Minutes until the next batch is published, one at least."""
    node = the_node()
    every = node.settings.publication_every
    return max(1, round((every - int(node.clock().timestamp()) % every) / 60))
