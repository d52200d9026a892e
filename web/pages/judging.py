"""What was typed into the review page: its one form carries all of it, whichever button was pressed.

Nothing is stored here. After each act this says what the act did not take in, so that the page can be
shown again with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from flask import request

from api.node import the_node
from registry.errors import Problem
from registry.identity.rules import Actor
from registry.review.coding.rules import Given
from web.pages import coding_view, exactness_view, personal_view
from web.pages.coding_view import Editing
from web.pages.exactness_view import Weighing
from web.pages.messages import gettext
from web.pages.words import say


class Part(Enum):
    """What can be typed on the page."""

    NOTE = auto()  # the note to the organization and the reason for declining
    DETAILS = auto()
    LEVELS = auto()
    WHY = auto()
    QUESTION = auto()
    REMARK = auto()
    CODES = auto()


EXACTNESS: Final = frozenset({Part.LEVELS, Part.WHY})
CONCLUDED: Final = frozenset({Part.NOTE, Part.DETAILS, Part.LEVELS, Part.CODES})
"""What counts no longer after a decision."""
CARRIED: Final = (personal_view.PREFIX, exactness_view.PREFIX, coding_view.PREFIX, "reason", "node")
"""How the names of choices begin that somebody who has to claim the report again takes along."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What the decision panel shows: what was typed, and what is wrong with it."""

    note: str = ""
    reason: str = ""
    node: str = ""
    note_error: str | None = None
    reason_error: str | None = None
    node_error: str | None = None
    conflict: str | None = None
    question: str = ""
    question_error: str | None = None
    remark: str = ""
    remark_error: str | None = None
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Lines of the error summary: the control's id and the sentence."""
        lines = (
            ("note", self.note_error),
            ("reason", self.reason_error),
            ("node", self.node_error),
            ("question", self.question_error),
            ("remark", self.remark_error),
        )
        return [*((name, error) for name, error in lines if error is not None), *self.missing]


def panel(
    problems: Iterable[Problem] = (),
    conflict: str | None = None,
    *,
    question_error: str | None = None,
    remark_error: str | None = None,
    settled: frozenset[Part] = frozenset(),
) -> Panel:
    """What was sent and is not settled, with what is wrong with it."""
    said = {problem.pointer: say(problem) for problem in problems}
    wrong_reason = gettext("Choose the reason for declining.") if "/reason" in said else None
    sent = Panel(
        conflict=conflict,
        note_error=said.get("/note"),
        reason_error=wrong_reason,
        node_error=said.get("/node"),
    )
    if Part.NOTE not in settled:
        note, reason, node = (request.form.get(name, "") for name in ("note", "reason", "node"))
        sent = replace(sent, note=note, reason=reason, node=node)
    if Part.QUESTION not in settled:
        question = request.form.get("question", "")
        sent = replace(sent, question=question, question_error=question_error)
    if Part.REMARK not in settled:
        sent = replace(sent, remark=request.form.get("remark", ""), remark_error=remark_error)
    return sent


def weighing(actor: Actor, key: str, settled: frozenset[Part] = frozenset()) -> Weighing:
    """The reason and the rungs as they were sent; rungs that are as decided are nothing typed."""
    why = "" if Part.WHY in settled else request.form.get("why", "")
    changed = Part.LEVELS not in settled and other_levels(actor, key)
    levels = exactness_view.read_levels(request.form) if changed else None
    return Weighing(levels, why, trying=changed)


def other_levels(actor: Actor, key: str) -> bool:
    """Whether rungs were sent that are not those that count now."""
    sent = exactness_view.read_levels(request.form)
    if not sent:
        return False
    counting = exactness_view.choices_for_review(the_node().private.reviews.risk(actor, key))
    held = {one.name.removeprefix(exactness_view.PREFIX): one.chosen for one in counting}
    return any(held.get(ladder, rung) != rung for ladder, rung in sent.items())


def other_details(actor: Actor, key: str) -> dict[str, str]:
    """Thing → choice, of what was sent and is not stored."""
    sent = personal_view.read_choices(request.form)
    if not sent:
        return {}
    found = the_node().private.reviews.read(actor, key).personal
    held = {one.detail.thing: one.reviewer for one in found.decided}
    return {thing: to for thing, to in sent.items() if thing in held and held[thing] != to}


def other_codes(actor: Actor, key: str) -> Given | None:
    """What was sent of the facet that is open, where it is not what is stored."""
    if coding_view.FACET not in request.form:
        return None
    counting = the_node().private.reviews.read(actor, key).coding
    given = coding_view.typed(request.form, counting)
    return given if given is not None and coding_view.is_news(given, counting) else None


def editing(actor: Actor, key: str, problems: Iterable[Problem] = ()) -> Editing | None:
    """The facet that is open, as it was sent, and what is wrong with it."""
    if coding_view.FACET not in request.form:
        return None
    given = coding_view.typed(request.form, the_node().private.reviews.read(actor, key).coding)
    return None if given is None else coding_view.editing(given, problems)


def left(actor: Actor, key: str, settled: frozenset[Part]) -> bool:
    """Whether something was typed that an act, which settled these parts, did not take in."""
    form = request.form
    note = Part.NOTE not in settled and (form.get("note", "").strip() or form.get("reason", ""))
    asked = Part.QUESTION not in settled and form.get("question", "").strip()
    noted = Part.REMARK not in settled and form.get("remark", "").strip()
    if note or asked or noted or (Part.WHY not in settled and form.get("why", "").strip()):
        return True
    if Part.DETAILS not in settled and other_details(actor, key):
        return True
    if Part.CODES not in settled and other_codes(actor, key):
        return True
    return Part.LEVELS not in settled and other_levels(actor, key)


def carried() -> list[tuple[str, str]]:
    """Choices that were sent, as controls for a form that only carries them on."""
    return [pair for pair in request.form.items(multi=True) if pair[0].startswith(CARRIED)]
