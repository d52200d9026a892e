"""Acting on several reports of the queue, with a look beforehand; and views that a reviewer keeps."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, CommonsError, Conflict, Invalid
from registry.identity.rules import Actor, Permission
from registry.intake.rules import State
from registry.review.queue.batch import Picked
from registry.review.queue.rules import PAGE_MAX, asked, told
from registry.review.rules import DECLINE_REASONS
from registry.review.workflow import Act
from web.pages import people, queue_view, states, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed
from web.pages.words import say

blueprint = Blueprint("queue_acts", __name__)

ACTS: dict[Act, tuple[str, str]] = {
    Act.CLAIM: (N_("Claim"), N_("You take it on. Nobody else can decide on it while you hold it.")),
    Act.RELEASE: (N_("Put back"), N_("It goes back into the queue, and anybody may take it on.")),
    Act.DECLINE: (
        N_("Decline"),
        N_("It is declined. Its organization reads the reason and the note, and it cannot be sent again."),
    ),
}
"""Act → the words of its button, and what happens to each report."""
CLAIM_FIRST = N_("Nobody has claimed it. Claim it first; then you can put it back or decline it.")


@blueprint.get("/review/batch")
def preview() -> str:
    """What the act would do to each of the reports; changes nothing."""
    actor = people.require_actor(Permission.REVIEW)
    act, keys = _act(request.args.get("act")), request.args.getlist("report")[: PAGE_MAX + 1]
    return _preview(actor, act, keys, Typed())


@blueprint.post("/review/batch")
def act() -> str | tuple[str, int]:
    """Do it to each, and list what was done and what was refused."""
    actor, given = people.require_actor(Permission.REVIEW), typed.read("reason", "note")
    chosen, picked = _act(request.form.get("act")), _picked(request.form.getlist("report"))
    batch = the_node().private.reviewing.desk.batch
    try:
        outcomes = batch.act(actor, chosen, picked, given.values["reason"], given.values["note"])
    except Invalid as error:
        if not picked:
            raise
        return _preview(actor, chosen, [one.id for one in picked], given.wrong(error)), 422
    return render_template(
        "review/batch_done.html",
        act=chosen.value,
        act_words=gettext(ACTS[chosen][0]),
        outcomes=outcomes,
        say=_said,
        back=_list_left(),
    )


@blueprint.get("/review/<key:key>/<any(next,previous):way>")
def beside(key: str, way: str) -> Response:
    """Go to the report after this one, or before it, in the list that the rest of the address asks for."""
    actor, wanted = people.require_actor(Permission.READ_REVIEWS), asked(request.args).whole()
    found = the_node().private.queue.beside(actor, wanted, key, backwards=way == "previous")
    if found is None:
        flash(gettext("The list ends here."), "ok")
        return redirect(queue_view.url(wanted), 303)
    return redirect(f"{here('/review')}/{found}?{queue_view.query(wanted)}", 303)


@blueprint.post("/review/views")
def keep() -> Response:
    """Keep what the address of the queue asks for under a name."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    wanted = asked(request.form)
    try:
        the_node().private.reviewing.desk.views.keep(actor, request.form.get("name", "")[:200], wanted)
    except (Invalid, Conflict) as error:
        flash(_said(error), "warn")
    else:
        flash(gettext("The view is kept."), "ok")
    return redirect(queue_view.url(wanted), 303)


@blueprint.post("/review/views/<key:key>/forget")
def forget(key: str) -> Response:
    """Remove one of one's own views."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    the_node().private.reviewing.desk.views.forget(actor, key)
    flash(gettext("The view is removed."), "ok")
    return redirect(here("/review"), 303)


def _preview(actor: Actor, act: Act, keys: Sequence[str], given: Typed) -> str:
    outcomes = the_node().private.reviewing.desk.batch.preview(actor, act, keys)
    words, effect = ACTS[act]
    return render_template(
        "review/batch.html",
        act=act.value,
        act_words=gettext(words),
        effect=gettext(effect),
        outcomes=outcomes,
        possible=[one for one in outcomes if one.refused is None and one.line is not None],
        reasons=states.reason_options(DECLINE_REASONS) if act is Act.DECLINE else [],
        given=given,
        say=_said,
        back=_list_left(),
        asked_fields=told(asked(request.values)),
    )


def _list_left() -> str:
    """The list that the reports were chosen from, from its first line on."""
    return queue_view.url(asked(request.values).whole())


def _said(error: CommonsError) -> str:
    """Why a report is left alone, or what is wrong with a form, in one sentence."""
    if isinstance(error, Invalid):
        return " ".join(say(problem) for problem in error.problems)
    if isinstance(error, Conflict) and error.facts.get("state") == State.SUBMITTED.value:
        return gettext(CLAIM_FIRST)
    return say(error)


def _act(raw: str | None) -> Act:
    """The act asked for; the most harmless one otherwise."""
    return next((each for each in ACTS if each.value == raw), Act.CLAIM)


def _picked(raw: Sequence[str]) -> list[Picked]:
    """Reports as ``id:lock``; a lock that is none counts as one that nobody saw."""
    found = []
    for each in raw[: PAGE_MAX + 1]:
        key, _, lock = each.partition(":")
        found.append(Picked(key, people.read_lock(lock)))
    return found
