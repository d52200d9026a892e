"""What may be done with a receipt code, state by state. Pure.

A report can be added to for as long as it is with us, also after it was declined or published: what came
to light later is often what matters (globaleaks#4293). What was never sent is changed, not added to; what
was taken back is not with us any more.
"""

from __future__ import annotations

from typing import Final

from registry.account.blank import is_blank
from registry.errors import N_, Conflict, Invalid, Problem
from registry.intake.rules import TAKEN_BACK, State, not_now

TEXT_MAX: Final = 5_000
"""Characters of one addition."""
ADDITIONS_MAX: Final = 50
"""Additions to one report."""
CLOSED: Final = frozenset({State.DRAFT, State.WITHDRAWN})
"""States in which nothing can be added."""


DECIDED: Final = frozenset({State.ACCEPTED, State.SCHEDULED, State.PUBLISHED, State.DECLINED})
"""States in which no reviewer looks at the report any more unless something is added."""


def may_add(state: State) -> bool:
    """Whether something can be added now."""
    return state not in CLOSED


def may_withdraw(state: State) -> bool:
    """Whether the report can be taken back now."""
    return state in TAKEN_BACK


def checked_text(text: str) -> str:
    """The addition without blanks around it; raises ``Invalid``."""
    text = text.strip()
    if is_blank(text):
        raise Invalid([Problem("/text", N_("Write what you would like to add."))])
    if len(text) > TEXT_MAX:
        facts = {"length": len(text), "limit": TEXT_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/text", message, facts)])
    return text


def refuse_closed(state: State, already: int) -> None:
    """Raises ``Conflict`` where nothing more can be added."""
    if not may_add(state):
        raise not_now(state)
    if already >= ADDITIONS_MAX:
        raise Conflict(N_("This report has %(limit)s additions already, and takes no more."), limit=already)
