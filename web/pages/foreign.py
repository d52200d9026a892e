"""Records of other nodes that wait for a reviewer here before they are shown."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, Stale
from registry.federation.judging import Judgment
from registry.identity.rules import Actor, Permission
from registry.publication.foreign import REASONS
from web.pages import people, record_view
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("foreign", __name__)

REASON_WORDS = dict(
    zip(
        REASONS,
        (
            N_("It tells of no incident of an AI system"),
            N_("It could harm somebody if it were shown here"),
            N_("Somebody could be recognized in it"),
            N_("It cannot be told whether it is true"),
            N_("It is shown here already"),
        ),
        strict=True,
    )
)
"""Why a record is not shown, in words."""
SHOWN, LEFT_OUT = N_("The record is shown from now on."), N_("The record is left out.")
Answer = Response | tuple[str, int]


@blueprint.get("/review/peers")
def listing() -> str:
    """What waits, in the order of identifiers; ``after`` is the last one of the page before."""
    actor = people.require_actor(Permission.REVIEW)
    after = request.args.get("after", "")[:40]
    found = the_node().private.foreign.waiting(actor, after)
    return render_template(
        "review/peers.html",
        lines=found.lines,
        next_url=here(f"/review/peers?after={quote(found.next)}") if found.next else None,
        first_url=here("/review/peers") if after else None,
    )


@blueprint.get("/review/peers/<record>")
def item(record: str) -> str:
    """One record as it would be shown, and the two things that can be done."""
    return _page(people.require_actor(Permission.REVIEW), record)


@blueprint.post("/review/peers/<record>")
def decide(record: str) -> Answer:
    """Show it, or leave it out for a reason."""
    actor, form = people.require_actor(Permission.REVIEW), request.form
    judgment = Judgment(
        revision=people.read_lock(form.get("revision", "")),
        shows=form.get("decision") == "show",
        reason=form.get("reason", ""),
        again=form.get("again") == "1",
    )
    try:
        the_node().private.foreign.decide(actor, record, judgment)
    except Invalid as error:
        return _page(actor, record, {one.pointer[1:]: say(one) for one in error.problems}), 422
    except (Conflict, Stale) as error:
        return _page(actor, record, {"decision": say(error)}), 409
    shown = (
        gettext("The record is shown from now on.") if judgment.shows else gettext("The record is left out.")
    )
    flash(shown)
    return redirect(here("/review/peers"), 303)


def _reasons() -> list[tuple[str, str]]:
    return [(code, gettext(words)) for code, words in REASON_WORDS.items()]


def _page(actor: Actor, record: str, errors: dict[str, str] | None = None) -> str:
    node = the_node()
    found = node.private.foreign.read(actor, record)
    return render_template(
        "review/peer.html",
        **record_view.body(found.waiting.record, node.taxonomy),
        found=found.waiting,
        own=found.own,
        reasons=[
            ("", gettext("Choose a reason")),
            *((code, gettext(words)) for code, words in REASON_WORDS.items()),
        ],
        errors=errors or {},
        typed=request.form,
    )
