"""Questions of reviewers to whoever sent a report."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, following, listed, moment, text
from registry.intake.following.adding import Writer
from registry.review.asking.rules import ANSWER_MAX, QUESTION_MAX, QUESTIONS_MAX


class NewQuestion(Strict):
    """What a reviewer would like to know."""

    text = text(QUESTION_MAX, filled=True)


class Answer(Strict):
    """What the organization answers."""

    text = text(ANSWER_MAX, filled=True)


class AnswersRead(Strict):
    """Up to which question the answers were read."""

    upto = fields.Integer(required=True, strict=True, validate=validate.Range(1, QUESTIONS_MAX))


class Question(Strict):
    """A question and its answer, if there is one; ``unread`` while no reviewer has read that."""

    number = fields.Integer(required=True, validate=validate.Range(1, QUESTIONS_MAX))
    version = fields.Integer(required=True)
    text = text(QUESTION_MAX, filled=True)
    asked = moment()
    answer = fields.String(required=True, allow_none=True)
    answered = moment(nullable=True)
    by = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([*(one.value for one in Writer), None])
    )
    unread = fields.Boolean(required=True)


class Questions(Strict):
    """All that was asked about a report, oldest first."""

    items = listed(fields.Nested(Question), QUESTIONS_MAX)
    next = following()
