"""The review queue and what a reviewer decides, for programs that reviewers use."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import shapes
from api.node import the_node
from api.reply import expected_lock, reply
from api.schemas.findings import Resolutions
from api.schemas.reviews import (
    Aside,
    Classified,
    Declined,
    Note,
    OptionalNote,
    QueuePage,
    QueueQuery,
    Recused,
    Review,
    Unmasked,
)
from api.schemas.risk import Risk, RiskChoices, RiskQuery
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.intake.risk.deciding import RiskChoice
from registry.intake.rules import State
from registry.review.coding.rules import Given
from registry.review.queue.rules import Filters, Queue, QueueRequest, Sort

READ = ("reviews:read",)
WRITE = ("reviews:read", "reviews:write")
"""Every decision is answered with the review as it is then, so reading is part of it."""
ITEM = "/reviews/<key:submission>"

section = Section("reviews", "Other organizations' reports that wait for review.")


@section.get("/reviews", Speaks("List what waits", answer=QueuePage, scopes=READ, query=QueueQuery))
def queue(actor: Actor, query: dict[str, Any]) -> Response:
    """What is due first comes first, without the reports of one's own organization.

    Statements, and reports of people without an account, wait in queues of their own. The queue
    ``changed`` holds what something was added to since a decision, whatever its state.
    """
    waiting, request = the_node().private.queue, _asked(query)
    page, counts = waiting.page(actor, request), waiting.counts(actor)
    return reply(
        {
            "items": [shapes.queue_line(item) for item in page.items],
            "counts": {state.value: count for state, count in counts.states(request.queue).items()},
            "queues": {queue.value: counts.of(queue) for queue in Queue},
            "late": {queue.value: counts.late(queue) for queue in Queue},
            "next": page.next,
        }
    )


@section.get(ITEM, Speaks("Read a report under review", answer=Review, scopes=READ))
def read(actor: Actor, submission: str) -> Response:
    """The account, its steps, earlier decisions and the claim on it."""
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/claim",
    Speaks("Take a report on", answer=Review, scopes=WRITE, conditional=True),
)
def claim(actor: Actor, submission: str) -> Response:
    """Nobody else can decide while the claim holds."""
    the_node().private.reviews.claim(actor, submission, expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/resolve-finding",
    Speaks(
        "Decide on personal details",
        answer=Review,
        scopes=WRITE,
        body=Resolutions,
        conditional=True,
        problems=(422,),
    ),
)
def resolve(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Thing → ``hide`` or ``keep``: what the public may read.

    A report is accepted once every finding is ``decided``. What the organization hid is a mark in the
    account and no finding; what it shows to reviewers only is decided, and stays out of public.
    """
    the_node().private.reviews.decide_details(actor, submission, body["choices"], expected=expected_lock())
    return _shown(actor, submission)


@section.get(
    f"{ITEM}/risk",
    Speaks("See whether a report could point at somebody", answer=Risk, scopes=READ, query=RiskQuery),
)
def risk(actor: Actor, query: dict[str, Any], submission: str) -> Response:
    """How many look like it at the rungs asked for, or at those that count now.

    Public reports are counted exactly. Of reports on their way it is said only whether at least five
    other organizations have one that looks like it.
    """
    return reply(shapes.risk(the_node().private.reviews.risk(actor, submission, query or None)))


@section.post(
    f"{ITEM}/actions/decide-risk",
    Speaks(
        "Decide how exactly a report is published",
        answer=Review,
        scopes=WRITE,
        body=RiskChoices,
        conditional=True,
        problems=(422,),
    ),
)
def decide_risk(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Needed before a report is accepted that too few look like; then it needs a reason as well.

    It counts for the newest version, and nothing more exact than the organization wants can be chosen.
    """
    choice = RiskChoice(body["levels"], body["reason"])
    the_node().private.reviews.decide_risk(actor, submission, choice, expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/classify",
    Speaks(
        "Confirm or change the codes of a facet",
        answer=Review,
        scopes=WRITE,
        body=Classified,
        conditional=True,
        problems=(422,),
    ),
)
def classify(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """What the public reads are these codes. Facets that are not touched count as confirmed once accepted.

    No report is accepted whose kind, failure, harm, severity, sector or system has no code.
    """
    given = Given(body["facet"], tuple(body["codes"]), body.get("confidence"), body.get("note", ""))
    the_node().private.reviews.classify(actor, submission, given, expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/release",
    Speaks("Put a report back into the queue", answer=Review, scopes=WRITE, conditional=True),
)
def release(actor: Actor, submission: str) -> Response:
    """For whoever holds the claim."""
    the_node().private.reviews.release(actor, submission, expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/unmask",
    Speaks("Learn who told a report", answer=Review, scopes=WRITE, body=Unmasked, conditional=True),
)
def unmask(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Where review is blind; for whoever holds the claim. A description is shown, and never a name."""
    the_node().private.reviews.unmask(actor, submission, body["reason"], expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/recuse",
    Speaks("Step aside from a report", answer=Recused, scopes=WRITE, body=Aside, conditional=True),
)
def recuse(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """For good: the report is not there for the caller any more, and a claim of theirs goes back."""
    the_node().private.reviews.recuse(actor, submission, body["reason"], expected=expected_lock())
    return reply({"submission": submission})


@section.post(
    f"{ITEM}/actions/request-changes",
    Speaks("Ask the organization for changes", answer=Review, scopes=WRITE, body=Note, conditional=True),
)
def request_changes(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """The note says what should change; the claim stays."""
    the_node().private.reviews.request_changes(actor, submission, body["note"], expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/accept",
    Speaks(
        "Accept a report",
        answer=Review,
        scopes=WRITE,
        body=OptionalNote,
        body_required=False,
        conditional=True,
    ),
)
def accept(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """It is published with the next batch, its text as it stands: see ``still_told`` of its ``risk`` first.

    Where something is still open, 409 lists all of it under ``errors``.
    """
    reviews = the_node().private.reviews
    reviews.accept(actor, submission, body.get("note", ""), expected=expected_lock())
    return _shown(actor, submission)


@section.post(
    f"{ITEM}/actions/decline",
    Speaks("Decline a report", answer=Review, scopes=WRITE, body=Declined, conditional=True),
)
def decline(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Reason and note stay on record, and the organization sees them."""
    reviews = the_node().private.reviews
    other_node = the_node().federation.peers.to_pass_to(body.get("node", ""))
    reviews.decline(
        *(actor, submission, body["reason"], body.get("note", "")),
        other_node=other_node,
        expected=expected_lock(),
    )
    return _shown(actor, submission)


def _asked(query: dict[str, Any]) -> QueueRequest:
    return QueueRequest(
        state=State(query["state"]),
        mine=query["mine"] == "true",
        cursor=query.get("cursor"),
        limit=query["limit"],
        queue=Queue(query["queue"]),
        sort=Sort(query["sort"]),
        filters=Filters(
            severity=query.get("severity"),
            sector=query.get("sector"),
            event=query.get("event"),
            language=query.get("language"),
            overdue=query["overdue"] == "true",
        ),
    )


def _shown(actor: Actor, submission: str) -> Response:
    view = the_node().private.reviews.read(actor, submission)
    return reply(shapes.review(view), lock=view.submission.summary.lock)
