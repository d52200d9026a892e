"""Acting on several reports of the review queue, views of it that one keeps, and what is late."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import moment, reply
from api.reviews import READ, WRITE
from api.schemas.queueing import BatchAsked, Kept, KeptList, LateReports, Outcomes, ToKeep
from api.section import Section, Speaks
from registry.errors import Invalid
from registry.identity.rules import Actor
from registry.review.queue.batch import Outcome, Picked
from registry.review.queue.keeping import KeptView
from registry.review.queue.rules import asked as asked_by
from registry.review.queue.rules import told
from registry.review.workflow import Act

section = Section("queue", "Work on the review queue as a whole.")


@section.post(
    "/reviews/actions/batch",
    Speaks("Claim, put back or decline several reports", answer=Outcomes, scopes=WRITE, body=BatchAsked),
)
def batch(actor: Actor, body: dict[str, Any]) -> Response:
    """With ``preview`` nothing changes, and the answer says what would happen to each.

    Each report passes its own guards under its own ``lock``; what is refused keeps no other back.
    """
    act, desk = Act(body["act"]), the_node().private.reviewing.desk.batch
    picked = [Picked(one["id"], one.get("lock")) for one in body["reports"]]
    if body["preview"]:
        outcomes = desk.preview(actor, act, [one.id for one in picked])
    else:
        outcomes = desk.act(actor, act, picked, body.get("reason", ""), body.get("note", ""))
    return reply({"items": [_outcome(one) for one in outcomes], "next": None})


@section.get("/reviews/views", Speaks("List the views that you keep", answer=KeptList, scopes=READ))
def views(actor: Actor) -> Response:
    """By name; nobody else reads them."""
    found = the_node().private.reviewing.desk.views.of(actor)
    return reply({"items": [_view(one) for one in found], "next": None})


@section.post(
    "/reviews/views",
    Speaks("Keep a view of the queue", answer=Kept, status=201, scopes=READ, body=ToKeep, problems=(409,)),
)
def keep(actor: Actor, body: dict[str, Any]) -> Response:
    """One of the same name is replaced. ``asked`` holds what the address of the page would."""
    wanted = asked_by({name: str(value) for name, value in body["asked"].items()})
    return reply(_view(the_node().private.reviewing.desk.views.keep(actor, body["name"], wanted)), 201)


@section.delete("/reviews/views/<key:view>", Speaks("Remove a view", answer=KeptList, scopes=READ))
def forget(actor: Actor, view: str) -> Response:
    """Answers with the views that are left."""
    the_node().private.reviewing.desk.views.forget(actor, view)
    return views(actor)


@section.get("/reviews/late", Speaks("List what is late", answer=LateReports, scopes=("node:admin",)))
def late(actor: Actor) -> Response:
    """For stewards: no titles, and nobody's name. ``total`` counts those beyond the list as well."""
    found = the_node().private.reviewing.desk.missed.listed(actor)
    lines = [
        {
            "id": one.id,
            "state": one.state.value,
            "severity": one.severity,
            "language": one.language,
            "sent_at": moment(one.sent_at),
            "due_at": moment(one.due_at),
            "held": one.held,
        }
        for one in found.items
    ]
    return reply({"items": lines, "total": found.total})


def _outcome(one: Outcome) -> dict[str, Any]:
    refused = one.refused
    why = None if refused is None else (refused.message if isinstance(refused, Invalid) else refused.text)
    return {"id": one.id, "lock": one.line.submission.lock if one.line else None, "refused": why}


def _view(one: KeptView) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "asked": told(one.request)}
