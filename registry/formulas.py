"""Cells of tables that spreadsheets would take for a formula. Pure.

A cell that begins with ``= + - @``, a tab or a line end is a formula to spreadsheets (and to some in
their full-width forms). What we write gets an apostrophe before it, one more than it had; reading takes
one away. So a text survives the way there and back, and nothing of a stranger's is ever evaluated.
"""

from __future__ import annotations

import re

_TRIGGER = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet evaluates."""
    return f"'{text}" if _TRIGGER.match(text) else text


def unguard(cell: str) -> str:
    """The text that ``guard`` was given."""
    return cell[1:] if cell.startswith("'") and _TRIGGER.match(cell) else cell
