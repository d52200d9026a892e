"""Events that are known already: asking while writing, and deciding whether a report belongs to a record."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import shapes
from api.node import the_node
from api.reply import expected_lock, reply
from api.resembling import known_events
from api.schemas.reviews import Review
from api.schemas.same_event import Draft, Known, Relation
from api.section import Section, Speaks
from registry.account import parse
from registry.clock import today
from registry.errors import Invalid
from registry.identity.rules import Actor
from search import Resembling

section = Section("same-event", "Events that the registry knows already.")


@section.post(
    "/submissions/similar",
    Speaks(
        "Find what tells of the same event already",
        answer=Known,
        scopes=("submissions:read", "submissions:write"),
        body=Draft,
        kind="typing",
    ),
)
def similar(actor: Actor, body: dict[str, Any]) -> Response:
    """Public records, and reports of your organization, that resemble what is written so far.

    Nothing is stored. Name one of the records in ``about`` to attach your report to it.
    """
    node = the_node()
    try:
        account = parse(body["account"], node.taxonomy, today(node.clock), complete=False)
    except Invalid as error:
        raise Invalid([problem.under("/account") for problem in error.problems]) from error
    known = known_events(node, actor, account, but=body.get("submission"))
    own = [
        {"id": one.id, "title": one.title, "state": one.state.value, "record": one.record_id}
        for one in known.own
    ]
    return reply({"items": [_record(one) for one in known.records], "own": own, "next": None})


@section.post(
    "/reviews/<key:submission>/actions/resolve-relation",
    Speaks(
        "Say whether a report belongs to the record that it names",
        answer=Review,
        scopes=("reviews:read", "reviews:write"),
        body=Relation,
        conditional=True,
    ),
)
def resolve_relation(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """``confirm`` publishes the relation with the report, ``drop`` leaves it out. Needed before accepting."""
    reviews = the_node().private.reviews
    confirm = body["decision"] == "confirm"
    reviews.decide_relation(actor, submission, confirm=confirm, expected=expected_lock())
    view = reviews.read(actor, submission)
    return reply(shapes.review(view), lock=view.submission.summary.lock)


def _record(one: Resembling) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "language": one.language,
        "type": one.type,
        "state": one.state,
        "date": one.date,
        "countries": one.countries,
        "reasons": one.reasons,
        "same_country": one.same_country,
        "words": one.words,
        "score": one.score,
    }
