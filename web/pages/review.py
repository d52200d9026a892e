"""The review queue: what waits, by queue and state, most urgent first."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from api.node import the_node
from registry.identity.rules import Actor, Permission
from registry.review.queue.rules import Queue, QueueRequest, asked, told
from web.pages import people, queue_view
from web.pages.messages import gettext
from web.pages.queue_acts import ACTS

blueprint = Blueprint("review", __name__)


@blueprint.get("/review")
def queue() -> str:
    """A part of the queue; all of what is asked for comes from the address."""
    with the_node().private.database.at_one_moment():
        return _shown(people.require_actor(Permission.READ_REVIEWS), asked(request.args))


def _shown(actor: Actor, wanted: QueueRequest) -> str:
    """The page for somebody, with the numbers on it counted at the same moment as the lines."""
    reading = the_node().private.queue
    page, counts = reading.page(actor, wanted), reading.counts(actor)
    chosen = request.args.get(queue_view.ALL) == "1"
    matching = reading.matching(actor, wanted) if wanted.filters or wanted.mine else None
    return render_template(
        "review/queue.html",
        page=page,
        queues=queue_view.queues(wanted, counts),
        tabs=queue_view.tabs(wanted, counts),
        heading=queue_view.heading(wanted),
        asked=wanted,
        changed=wanted.queue is Queue.CHANGED,
        matching=matching,
        late=queue_view.late(wanted, counts),
        late_url=queue_view.overdue_url(wanted),
        controls=queue_view.controls(wanted, counts),
        chips=queue_view.chips(wanted),
        kept=queue_view.kept(wanted),
        item_query=queue_view.query(wanted),
        next_url=queue_view.url(wanted, cursor=page.next) if page.next else None,
        first_url=queue_view.url(wanted) if wanted.cursor else None,
        clear_url=queue_view.cleared(wanted),
        due_words=queue_view.due_words,
        due_kind=queue_view.due_kind,
        here_now=queue_view.here_now(wanted, counts),
        all_chosen=chosen,
        choose_url=queue_view.all_chosen(wanted, chosen=chosen),
        again=the_node().private.reviewing.second_coding.count(actor)
        if actor.holds(Permission.REVIEW)
        else 0,
        care=the_node().private.reviewing.care.desk.count(actor),
        others=the_node().private.foreign.count(actor),
        outdated=the_node().private.curating.first(actor),
        now=the_node().clock(),
        may_act=actor.holds(Permission.REVIEW) and wanted.queue is not Queue.CHANGED,
        acts=[(act.value, gettext(words)) for act, (words, _) in ACTS.items()],
        views=[
            (one, queue_view.url(one.request)) for one in the_node().private.reviewing.desk.views.of(actor)
        ],
        may_take=actor.holds(Permission.REVIEW),
        asked_fields=told(wanted),
        may_publish=actor.holds(Permission.RELEASE_BATCH),
    )
