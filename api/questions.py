"""Questions about reports: reviewers ask, the organizations that sent them answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response

from api.node import the_node
from api.reply import expected_lock, moment, reply
from api.reviews import ITEM
from api.reviews import READ as READ_REVIEWS
from api.reviews import WRITE as REVIEW
from api.schemas import questions as schemas
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.review.asking.rows import QuestionView

READ, WRITE = ("submissions:read",), ("submissions:read", "submissions:write")
OWN = "/submissions/<key:submission>/questions"

section = Section("questions", "Questions of reviewers to whoever sent a report.")


@section.get(
    f"{ITEM}/questions",
    Speaks("Read what was asked about a report", answer=schemas.Questions, scopes=READ_REVIEWS),
)
def of(actor: Actor, submission: str) -> Response:
    """With answers in which telephone numbers and other certain details are marks."""
    return _asked(actor, submission)


@section.post(
    f"{ITEM}/actions/ask",
    Speaks(
        "Ask the organization something",
        answer=schemas.Questions,
        scopes=REVIEW,
        body=schemas.NewQuestion,
        conditional=True,
    ),
)
def ask(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """For whoever holds the claim. The report stays in review; the answer changes its ETag."""
    the_node().private.reviewing.questions.ask(actor, submission, body["text"], expected=expected_lock())
    return _asked(actor, submission)


@section.post(
    f"{ITEM}/actions/read-answers",
    Speaks(
        "Say that answers were read",
        answer=schemas.Questions,
        scopes=REVIEW,
        body=schemas.AnswersRead,
        problems=(409,),
    ),
)
def close(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """The report leaves the queue of changed ones, unless something came meanwhile."""
    the_node().private.reviewing.questions.close(actor, submission, body["upto"])
    return _asked(actor, submission)


@section.get(OWN, Speaks("Read what reviewers ask about your report", answer=schemas.Questions, scopes=READ))
def own(actor: Actor, submission: str) -> Response:
    """An answer that is null is waited for. Who asks is not told."""
    return _own(actor, submission)


@section.post(
    f"{OWN}/<revision:number>/actions/answer",
    Speaks(
        "Answer a question",
        answer=schemas.Questions,
        scopes=WRITE,
        body=schemas.Answer,
        problems=(409,),
    ),
)
def answer(actor: Actor, body: dict[str, Any], submission: str, number: int) -> Response:
    """Once, and for good. Reviewers read it; it is never published."""
    the_node().private.reviewing.questions.answer(actor, submission, number, body["text"])
    return _own(actor, submission)


def _asked(actor: Actor, submission: str) -> Response:
    side = the_node().private
    view = side.reviews.read(actor, submission).submission
    found = side.reviewing.questions.of(actor, submission, view.account.language)
    return reply(_told(found), lock=view.summary.lock)


def _own(actor: Actor, submission: str) -> Response:
    return reply(_told(the_node().private.reviewing.questions.own(actor, submission)))


def _told(found: Iterable[QuestionView]) -> dict[str, Any]:
    items = [
        {
            "number": one.number,
            "version": one.version,
            "text": one.text,
            "asked": moment(one.asked_at),
            "answer": one.answer,
            "answered": None if one.answered_at is None else moment(one.answered_at),
            "by": None if one.writer is None else one.writer.value,
            "unread": one.unread,
        }
        for one in found
    ]
    return {"items": items, "next": None}
