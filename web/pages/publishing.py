"""Publishing what is accepted without waiting for the hour."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from registry.identity.rules import Actor, Permission
from registry.intake.rules import State
from web.pages import people, releasing

blueprint = Blueprint("publishing", __name__)


@blueprint.get("/review/publish")
def ask() -> str:
    """How many wait, and what publishing does."""
    actor = people.require_actor(Permission.RELEASE_BATCH)
    return _page(actor, None)


@blueprint.post("/review/publish")
def publish() -> str:
    """Publish the batch; the page lists the new records. Doing it twice publishes nothing twice.

    What is held back for a random time stays: whoever reviewed it must not decide on its day.
    """
    actor = people.require_actor(Permission.RELEASE_BATCH)
    side = the_node().private
    published = side.publication.publish_batch()
    return _page(actor, published, side.record_changes.carry_out(early=True))


def _page(actor: Actor, published: list[str] | None, changed: list[str] | None = None) -> str:
    return render_template(
        "review/publish.html",
        waiting=_waiting(actor),
        published=published,
        changed=changed,
        held_back=the_node().private.publication.held_back(),
        held_back_words=releasing.held_back_words(),
    )


def _waiting(actor: Actor) -> int | None:
    """How many the actor may know to be waiting; None for those who do not see the queue."""
    if not actor.holds(Permission.READ_REVIEWS):
        return None
    return the_node().private.queue.counts(actor).in_state(State.ACCEPTED)
