"""Appeals against declines: made by whoever sent the report, decided by reviewers who had no part in it."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import shapes
from api.node import the_node
from api.reply import expected_lock, moment, reply
from api.schemas.appeals import AppealReason, Rejected
from api.schemas.appeals import Recourse as RecourseShape
from api.schemas.reviews import OptionalNote, Review
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.review.appealing.service import Recourse

READ, BOTH = ("submissions:read",), ("submissions:read", "submissions:write")
REVIEW = ("reviews:read", "reviews:write")
ITEM = "/reviews/<key:submission>"

section = Section("appeals", "Appeals against declines.")


@section.get(
    "/submissions/<key:submission>/appeal",
    Speaks("See what can be done about a decline", answer=RecourseShape, scopes=READ),
)
def read(actor: Actor, submission: str) -> Response:
    """Until when an appeal is possible, or what became of the one that was made."""
    return _recourse(actor, submission)


@section.post(
    "/submissions/<key:submission>/actions/appeal",
    Speaks(
        "Appeal against a decline",
        answer=RecourseShape,
        scopes=BOTH,
        body=AppealReason,
        conditional=True,
        problems=(422,),
    ),
)
def make(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Once, within the days that the node allows; 409 says why not.

    Reviewers decide who had no part in judging the report, nor their organizations.
    """
    appeals = the_node().private.reviewing.appeals
    appeals.make(actor, submission, body["text"], expected=expected_lock())
    return _recourse(actor, submission)


@section.post(
    f"{ITEM}/actions/uphold",
    Speaks(
        "Say that an appeal is right",
        answer=Review,
        scopes=REVIEW,
        body=OptionalNote,
        body_required=False,
        conditional=True,
    ),
)
def uphold(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """The decline falls. The report is in review again, and the caller goes on with it."""
    appeals = the_node().private.reviewing.appeals
    appeals.uphold(actor, submission, body.get("note", ""), expected=expected_lock())
    return _review(actor, submission)


@section.post(
    f"{ITEM}/actions/reject-appeal",
    Speaks("Say that a decline stands", answer=Review, scopes=REVIEW, body=Rejected, conditional=True),
)
def reject(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """For good: there is one appeal. Reason and note are read by whoever appealed."""
    appeals = the_node().private.reviewing.appeals
    appeals.reject(actor, submission, body["reason"], body["note"], expected=expected_lock())
    return _review(actor, submission)


def _recourse(actor: Actor, submission: str) -> Response:
    side = the_node().private
    found, lock = side.reviewing.appeals.own(actor, submission), side.intake.read(actor, submission)
    return reply(_shape(found), lock=lock.summary.lock)


def _shape(found: Recourse) -> dict[str, Any]:
    return {
        "until": moment(found.until),
        "made": None if found.made is None else {"at": moment(found.made.at), "text": found.made.text},
        "due_at": moment(found.due_at),
        "stuck": found.stuck,
    }


def _review(actor: Actor, submission: str) -> Response:
    view = the_node().private.reviews.read(actor, submission)
    return reply(shapes.review(view), lock=view.submission.summary.lock)
