"""The acts of a reviewer on one report: claim, put back, decide on details, conclude."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, NotFound, NotReady, Stale
from registry.identity.rules import Actor, Permission
from registry.review.rules import Decision
from web.pages import (
    judged,
    judging,
    people,
    personal_view,
    readiness_view,
    releasing,
    unsaved,
)
from web.pages.chrome import here
from web.pages.judging import Part
from web.pages.messages import gettext, ngettext
from web.pages.words import say

blueprint = Blueprint("deciding", __name__)

Refused = Callable[[Actor, Invalid], str]
"""Shows what is wrong where that does not belong to the decision panel."""


@blueprint.get("/review/<key:key>")
def item(key: str) -> str:
    """The report with everything needed to decide."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    return judged.page(actor, key)


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
        node = the_node().federation.peers.to_pass_to(request.form.get("node", ""))
        decided = reviews.decline(actor, key, reason, note, other_node=node, expected=lock)
        return None if decided else _voted()

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
        return shown_again(people.require_actor(Permission.REVIEW), key, "", judged.NOTHING)
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
    settles: frozenset[Part] = judged.NOTHING,
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
        raise NotFound(judged.GONE) from gone
    except Invalid as invalid:
        if refused is not None:
            return refused(actor, invalid), 422
        return judged.page(actor, key, judging.panel(invalid.problems)), 422
    except NotReady as unready:
        shown = replace(judging.panel(), missing=readiness_view.lines(unready.problems))
        return judged.page(actor, key, shown), 409
    except (Conflict, Stale) as conflict:
        return judged.page(actor, key, judging.panel(conflict=say(conflict))), 409
    flash(says)
    return shown_again(actor, key, then, settles)


def shown_again(actor: Actor, key: str, then: str, settled: frozenset[Part]) -> str | Response:
    """The report's page: at its own address, or at once where that would lose what was typed elsewhere."""
    if not judging.left(actor, key, settled):
        return redirect(here(f"/review/{key}") + then, 303)
    panel = judging.panel(settled=settled)
    editing = None if Part.CODES in settled else judging.editing(actor, key)
    return judged.page(actor, key, panel, judging.weighing(actor, key, settled), editing)


def _accepted() -> str:
    held_back = releasing.held_back_words()
    if held_back:
        return f"{gettext('Accepted.')} {held_back}"
    minutes = judged.minutes_to_batch()
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
