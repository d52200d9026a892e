"""Following a report with its receipt code, without signing in: status, questions, additions, taking back.

The code travels in the body of each form, so that it stays out of addresses, histories and logs, and no
cookie remembers it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from api import limits
from api.node import the_node
from registry.account.limits import NARRATIVE_MAX
from registry.errors import Conflict, Invalid, NotFound
from registry.intake.following.rules import TEXT_MAX
from registry.intake.held.rules import Given
from registry.intake.receipts import CODE_MAX
from registry.intake.rules import State
from registry.review.appealing.rules import REASON_MAX, REASONS
from registry.review.asking.rules import ANSWER_MAX, QUESTIONS_MAX
from registry.review.following import Followed
from web.pages import label_words, people, states
from web.pages.chrome import here
from web.pages.held_view import EMPTY, HeldForm, typed
from web.pages.messages import gettext
from web.pages.mine import DECISIONS
from web.pages.words import say

blueprint = Blueprint("receipt", __name__)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Said:
    """What the status page says on top, and what was typed into it."""

    done: str | None = None
    conflict: str | None = None
    text: str = ""
    text_error: str | None = None
    number: int = 0  # of the question that it answers
    appeal: bool = False  # whether it is the reason of one
    held: HeldForm = EMPTY

    @property
    def field(self) -> str:
        """The control that the text was typed into."""
        if self.appeal:
            return "appeal"
        return f"answer-{self.number}" if self.number else "text"


@blueprint.get("/receipt")
def form() -> str:
    """Ask for the code. It is sent in the body, so that it stays out of histories and logs."""
    the_node().require_private()
    return render_template("receipt/form.html", error=None)


@blueprint.post("/receipt")
def status() -> str | tuple[str, int]:
    """Where the report stands; every wrong code gets the same answer."""
    return _with_code(lambda code: _page(code, the_node().private.following.by_code(code), Said()))


@blueprint.post("/receipt/add")
def add() -> str | tuple[str, int]:
    """Add to the report, or answer what a reviewer asked."""
    following = the_node().private.following
    return _written(following.add_by_code, gettext("What you wrote is with the report."))


@blueprint.post("/receipt/answer")
def answer() -> str | tuple[str, int]:
    """Answer a question of a reviewer."""
    number, following = request.form.get("number", type=int) or 0, the_node().private.following
    number = min(max(number, 0), QUESTIONS_MAX)

    def act(code: str, text: str) -> Followed:
        following.by_code(code)  # a wrong code is no missing question
        return following.answer_by_code(code, number, text)

    return _written(act, gettext("Your answer is with the reviewers."), number)


@blueprint.post("/receipt/held")
def held() -> str | tuple[str, int]:
    """Say whether what was put right held."""
    side, form = the_node().private, typed()

    def act(code: str) -> str | tuple[str, int]:
        try:
            side.held.answer_by_code(code, Given(form.held, form.text))
        except Invalid as invalid:
            wrong = Said(held=typed(invalid.problems))
            return _page(code, side.following.by_code(code), wrong), 422
        except Conflict as conflict:
            return _page(code, side.following.by_code(code), Said(conflict=say(conflict), held=form)), 409
        done = gettext("Thank you. Your answer is with the reviewers.")
        return _page(code, side.following.by_code(code), Said(done=done))

    return _with_code(act)


@blueprint.post("/receipt/appeal")
def appeal() -> str | tuple[str, int]:
    """Appeal against a decline."""
    side = the_node().private

    def act(code: str, text: str) -> Followed:
        side.reviewing.appeals.make_by_code(code, text)
        return side.following.by_code(code)

    return _written(
        act, gettext("Your appeal is with reviewers who had no part in the decision."), appeal=True
    )


@blueprint.post("/receipt/withdraw")
def withdraw() -> str | tuple[str, int]:
    """Take the report back."""
    following = the_node().private.following

    def act(code: str) -> str | tuple[str, int]:
        try:
            followed = following.withdraw_by_code(code)
        except Conflict as conflict:
            return _page(code, following.by_code(code), Said(conflict=say(conflict))), 409
        done = gettext("The report is taken back.")
        if followed.status.record_id:
            done = gettext("The revision is taken back. The record stays as it is.")
        return _page(code, followed, Said(done=done))

    return _with_code(act)


@blueprint.post("/receipt/open")
def enter() -> str | Response | tuple[str, int]:
    """Open a report without an account to its writer; a code of an organization's report opens nothing."""

    def act(code: str) -> Response:
        secret, key = the_node().private.nameless.enter(code)
        people.visit(secret)
        return redirect(here(f"/mine/{key}"), 303)

    return _with_code(act)


def _written(
    act: Callable[[str, str], Followed], says: str, number: int = 0, *, appeal: bool = False
) -> str | tuple[str, int]:
    """Keep what was typed; what is wrong with it is said at its field, with the text still in it."""
    text, following = request.form.get("text", ""), the_node().private.following

    def written(code: str) -> str | tuple[str, int]:
        try:
            followed = act(code, text)
        except Invalid as invalid:
            wrong = Said(text=text, text_error=say(invalid.problems[0]), number=number, appeal=appeal)
            return _page(code, following.by_code(code), wrong), 422
        except Conflict as conflict:
            kept = Said(conflict=say(conflict), text=text, number=number, appeal=appeal)
            return _page(code, following.by_code(code), kept), 409
        return _page(code, followed, Said(done=says))

    return _with_code(written)


def _with_code(act: Callable[[str], Answer]) -> Answer | tuple[str, int]:
    limits.take("receipt")
    code = request.form.get("code", "")[:CODE_MAX]
    try:
        return act(code)
    except NotFound as unknown:
        return render_template("receipt/form.html", error=say(unknown)), 422


def _page(code: str, followed: Followed, said: Said) -> str:
    status = followed.status
    recourse, decided = the_node().private.reviewing.appeals.by_code(code)
    revised = bool(status.record_id) and status.state is not State.PUBLISHED
    owner = next((entry.organization_id for entry in status.steps), None) or ""
    return render_template(
        "receipt/status.html",
        code=code,
        followed=followed,
        status=status,
        said=said,
        meaning=label_words.meaning(
            status.label, status.state, states.public_meaning(status.state, status.waits_for)
        ),
        others=states.waits_for_others(status.state, status.kind),
        revision=label_words.revision(status.label, under_way=revised),
        rows=states.rows(status.steps, owner, drafting=False),
        limit=TEXT_MAX,
        recourse=recourse,
        decided=decided,
        decision_words=DECISIONS,
        reasons=REASONS,
        appeal_limit=REASON_MAX,
        answer_limit=ANSWER_MAX,
        asks_held=the_node().private.held.asked_by_code(code),
        held_limit=NARRATIVE_MAX,
        opens=the_node().private.nameless.opens(code),
    )
