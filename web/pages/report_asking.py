"""How pages of the report form are put together: one small function a kind of question."""

from __future__ import annotations

from typing import Any

from registry.account import NARRATIVE_MAX, Answer
from registry.errors import N_
from web.pages.forms import Field, Kind, Step
from web.pages.report_conditions import Condition, Several


def facet(kind: Kind, name: str, could: str = "", **more: Any) -> Field:
    """A question on a facet of the taxonomy, in the taxonomy's words."""
    return Field(kind, name, f"/classification/{name}", facet=name, could=could, **more)


def needed(kind: Kind, name: str, could: str = "") -> Step:
    """A page on a facet that has to be answered."""
    return Step(name, (facet(kind, name, could, needed=True),))


def chosen(kind: Kind, name: str, could: str = "", when: Condition | None = None) -> Step:
    """A page on a facet that may be skipped."""
    return Step(name, (facet(kind, name, could),), when=when)


def main(name: str) -> Step:
    """A page on which of several codes of a facet is the main one; shown where there are several."""
    label, pointer = N_("Which of these is the main one?"), f"/classification/{name}"
    field = Field(Kind.MAIN, f"{name}-main", pointer, label, facet=name, needed=True)
    return Step(f"{name}-main", (field,), when=Several(name))


def party(name: str, label: str, hint: str) -> Step:
    """A page on alleged names."""
    return Step(name, (Field(Kind.NAMES, name, f"/entities/{name}", label, hint, rows=2),))


def narrative(name: str, label: str, hint: str = "") -> Step:
    """A page for a text on the response."""
    field = Field(Kind.LONG, name, f"/response/{name}", label, hint, limit=NARRATIVE_MAX, rows=5)
    return Step(name, (field,))


def interval(name: str, label: str, *answers: Answer, could: str = "", when: Condition | None = None) -> Step:
    """A page on how long something took; ``answers`` are all there are unless some are named."""
    pointer = f"/response/{name}"
    field = Field(Kind.INTERVAL, name, pointer, label, could=could, answers=answers or tuple(Answer))
    return Step(name, (field,), when=when)
