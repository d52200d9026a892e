"""What a reviewer writes to whoever sent a report. Pure."""

from __future__ import annotations

from typing import Final

from registry.account.blank import is_blank
from registry.errors import N_, Invalid, Problem

NOTE_MAX: Final = 5_000
"""Characters of one note."""


def checked_note(note: str, *, required: bool) -> str:
    """The note without blanks around it; raises ``Invalid``."""
    note = note.strip()
    if required and is_blank(note):
        raise Invalid([Problem("/note", N_("Write a note: it tells the organization what to do."))])
    if len(note) > NOTE_MAX:
        facts = {"length": len(note), "limit": NOTE_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/note", message, facts)])
    return note
