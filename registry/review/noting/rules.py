"""How long notes are, and how many a report takes. Pure."""

from __future__ import annotations

from typing import Final

from registry.errors import N_, Conflict, Invalid, Problem

REMARK_MAX: Final = 5_000
"""Characters of one note."""
REMARKS_MAX: Final = 100
"""Notes on one report."""


def checked(text: str) -> str:
    """The note without blanks around it; raises ``Invalid``."""
    text = text.strip()
    if not text:
        raise Invalid([Problem("/text", N_("Write your note."))])
    if len(text) > REMARK_MAX:
        facts = {"length": len(text), "limit": REMARK_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/text", message, facts)])
    return text


def refuse_more(already: int) -> None:
    """Raises ``Conflict`` where a report takes no further note."""
    if already >= REMARKS_MAX:
        message = N_("This report has %(limit)s notes already, and takes no more.")
        raise Conflict(message, limit=REMARKS_MAX)
