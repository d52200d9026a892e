"""Under review: questions to whoever sent a report, and that their answers were read."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid
from registry.identity.rules import Actor
from registry.review.asking.rules import QUESTIONS_MAX
from web.pages import deciding, judged, judging
from web.pages.judging import Part
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("asking", __name__)


@blueprint.post("/review/<key:key>/ask")
def ask(key: str) -> str | Response | tuple[str, int]:
    """Ask something; the report stays where it is, and so does all else that was typed."""
    questions, text = the_node().private.reviewing.questions, request.form.get("question", "")

    def refused(actor: Actor, invalid: Invalid) -> str:
        return judged.page(actor, key, judging.panel(question_error=say(invalid.problems[0])))

    return deciding.act_on(
        key,
        lambda actor, lock: questions.ask(actor, key, text, expected=lock),
        gettext("Your question is on its way. You can go on meanwhile."),
        "#questions",
        refused,
        frozenset({Part.QUESTION}),
    )


@blueprint.post("/review/<key:key>/answers")
def close(key: str) -> str | Response | tuple[str, int]:
    """Note that the answers on the page were read; what came meanwhile stays to be read."""
    upto, questions = request.form.get("upto", type=int) or 0, the_node().private.reviewing.questions
    return deciding.act_on(
        key,
        lambda actor, _: questions.close(actor, key, min(upto, QUESTIONS_MAX)),
        gettext("The answers are marked as read."),
        "#questions",
    )
