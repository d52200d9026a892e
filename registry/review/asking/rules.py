"""How many questions may be asked, how long they and their answers are, and when one is answered. Pure."""

from __future__ import annotations

from typing import Final

from registry.errors import N_, Conflict, Invalid, Problem
from registry.intake.following.rules import may_add
from registry.intake.rules import State, not_now

QUESTION_MAX: Final = 2_000
"""Characters of one question."""
ANSWER_MAX: Final = 5_000
"""Characters of one answer."""
QUESTIONS_MAX: Final = 20
"""Questions on one report."""
OPEN_MAX: Final = 5
"""Questions on one report that wait for an answer at the same time."""


def checked_question(text: str) -> str:
    """The question without blanks around it; raises ``Invalid``."""
    return _checked(text, QUESTION_MAX, N_("Write what you would like to know."))


def checked_answer(text: str) -> str:
    """The answer without blanks around it; raises ``Invalid``."""
    return _checked(text, ANSWER_MAX, N_("Write your answer."))


def refuse_more(asked: int, unanswered: int) -> None:
    """Raises ``Conflict`` where no further question can be asked."""
    if asked >= QUESTIONS_MAX:
        message = N_("This report has %(limit)s questions already, and takes no more.")
        raise Conflict(message, limit=QUESTIONS_MAX)
    if unanswered >= OPEN_MAX:
        message = N_("%(limit)s questions wait for an answer already. Wait for one before you ask more.")
        raise Conflict(message, limit=OPEN_MAX)


def may_answer(state: State) -> bool:
    """Whether a question can be answered now: for as long as the report is with us."""
    return may_add(state)


def refuse_answer(state: State, *, answered: bool) -> None:
    """Raises ``Conflict`` where the question takes no answer."""
    if not may_answer(state):
        raise not_now(state)
    if answered:
        raise Conflict(N_("This question was answered already. Add what else you know to the report."))


def _checked(text: str, limit: int, empty: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid([Problem("/text", empty)])
    if len(text) > limit:
        facts = {"length": len(text), "limit": limit}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/text", message, facts)])
    return text
