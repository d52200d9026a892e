"""The review queue: what waits, by state, oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from api.node import the_node
from registry.identity.rules import GUEST, Permission
from registry.intake.rules import State
from registry.review.queue import OPEN, QueueRequest
from web.pages import people, states
from web.pages.chrome import here
from web.pages.messages import gettext

blueprint = Blueprint("review", __name__)

CHANGED = "changed"
"""The tab of reports to which something was added since a decision."""


@blueprint.get("/review")
def queue() -> str:
    """A part of the queue; state, mine and cursor come from the address."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    side = the_node().private
    changed = request.args.get("state") == CHANGED
    state, mine, cursor = _state(), request.args.get("mine") == "1", request.args.get("cursor")
    guests = request.args.get("from") == GUEST
    page = side.queue.page(actor, QueueRequest(state, mine, cursor, guests=guests, changed=changed))
    counts = side.queue.counts(actor, guests=guests)
    others = sum(side.queue.counts(actor, guests=not guests).values())
    others += side.queue.changed(actor, guests=not guests)
    here_now = CHANGED if changed else state.value
    narrowed = {"mine": "1" if mine else None, "from": GUEST if guests else None}
    return render_template(
        "review/queue.html",
        page=page,
        tabs=[
            *(
                (_url(each.value, narrowed), states.state_words(each), counts[each], each.value == here_now)
                for each in OPEN
            ),
            (
                _url(CHANGED, narrowed),
                gettext("Changed"),
                side.queue.changed(actor, guests=guests),
                changed,
            ),
        ],
        heading=gettext("Changed") if changed else states.state_words(state),
        changed=changed,
        mine=mine,
        guests=guests,
        others=others,
        apart_url=_url(here_now, {"from": None if guests else GUEST}),
        other_url=_url(here_now, narrowed | {"mine": None if mine else "1"}),
        next_url=_url(here_now, narrowed | {"cursor": page.next}) if page.next else None,
        first_url=_url(here_now, narrowed) if cursor else None,
        again=side.second_coding.count(actor) if actor.holds(Permission.REVIEW) else 0,
        now=the_node().clock(),
        may_publish=actor.holds(Permission.RELEASE_BATCH),
    )


def _state() -> State:
    """The tab asked for; the first one otherwise."""
    raw = request.args.get("state")
    return State(raw) if raw in list(OPEN) else OPEN[0]


def _url(state: str, narrowed: Mapping[str, str | None]) -> str:
    query = {"state": state, **narrowed}
    return here("/review") + "?" + urlencode({name: value for name, value in query.items() if value})
