"""With whom a report is shared: with everybody, or with partners only (TLP 2.0, FIRST). Pure.

What is labelled higher is for named recipients; this registry has no way for that and takes none of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from registry.errors import N_, Conflict, Invalid, Problem
from registry.intake.similar.rules import Kind

POINTER: Final = "/tlp"


class Label(StrEnum):
    """The labels that a report may have here; it never changes once the report is published."""

    CLEAR = "CLEAR"  # anybody may read and copy it
    GREEN = "GREEN"  # members of this node and of partner nodes; never in public


HIGHER: Final = frozenset({"AMBER", "AMBER+STRICT", "RED"})
"""Labels of TLP 2.0 that are never taken in, nor handed on."""
TOO_HIGH = N_(
    "This registry shares with everybody (CLEAR) or with partners (GREEN). What is labelled AMBER or higher "
    "is for named recipients only: do not send it here."
)
UNKNOWN = N_("Choose CLEAR or GREEN.")
ALONE_ONLY = N_("Only a report that names no public record can be shared with partners only.")
NO_RECORD = N_("A report that is shared with partners only cannot name a public record.")
PUBLISHED = N_("A record keeps its label for good. Send a new report to tell everybody.")


def checked(raw: object) -> Label:
    """The label that was asked for, with or without ``TLP:``; raises ``Invalid`` that says which can be."""
    name = raw.strip().upper().removeprefix("TLP:") if isinstance(raw, str) else ""
    if name in HIGHER:
        raise Invalid([Problem(POINTER, TOO_HIGH)])
    try:
        return Label(name)
    except ValueError:
        raise Invalid([Problem(POINTER, UNKNOWN)]) from None


def unfit(label: Label, kind: Kind, about: str | None) -> Problem | None:
    """Why something of this kind cannot have this label; what is said of a public record is public."""
    if label is Label.CLEAR or (kind is Kind.REPORT and about is None):
        return None
    return Problem(POINTER, ALONE_ONLY)


def refuse_change(record_id: str | None) -> None:
    """Raises ``Conflict`` for what is published: copies of it are with others, under the label it had."""
    if record_id is not None:
        raise Conflict(PUBLISHED)
