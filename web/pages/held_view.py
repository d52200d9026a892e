"""What the form holds that asks whether the fix held; on the page of a report and of a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import request

from registry.errors import Problem
from web.pages.words import say


@dataclass(frozen=True, slots=True)
class HeldForm:
    """What was chosen and typed, and what is wrong with it: field → sentence."""

    held: str = ""
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Lines of the error summary: the control and the sentence."""
        return [(CONTROLS[name], said) for name, said in self.errors.items()]


EMPTY = HeldForm()
"""Before anybody has answered."""
CONTROLS = {"held": "held", "text": "since"}
"""Field → the control that a complaint leads to."""


def typed(problems: Sequence[Problem] = ()) -> HeldForm:
    """The form as it was sent; a problem of another part of the report is said at the answer."""
    errors = {"text" if one.pointer == "/text" else "held": say(one) for one in problems}
    return HeldForm(request.form.get("held", ""), request.form.get("text", ""), errors)
