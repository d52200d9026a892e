"""What anybody may say is wrong with a public record, and what reviewers answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from registry.errors import N_, Invalid, Problem

TEXT_MAX: Final = 2_000
"""Characters of what somebody adds to a flag."""
OPEN_MAX: Final = 200
"""Open flags that are kept of one record; more say nothing new, and would bury the others."""


class FlagState(StrEnum):
    """What became of a flag; only an open one still holds what was written."""

    OPEN = "open"
    DISMISSED = "dismissed"
    SETTLED = "settled"  # the record was changed


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason for a flag: its words, and within how many hours somebody should look."""

    words: str
    hours: int


CONCERNS: Final[dict[str, Concern]] = {
    "someone-recognizable": Concern(N_("Somebody could be recognised, or is in danger"), 24),
    "copyright-or-legal": Concern(N_("It breaks a law or somebody’s copyright"), 72),
    "wrong": Concern(N_("Something in it is wrong"), 14 * 24),
    "not-ai": Concern(N_("No AI system played a part"), 14 * 24),
    "duplicate": Concern(N_("The same event has another record already"), 14 * 24),
    "other": Concern(N_("Something else"), 14 * 24),
}
"""Reason code → what it means, most urgent first; a code is never reused for another meaning."""
URGENT: Final = "someone-recognizable"

DISMISSALS: Final[dict[str, str]] = {
    "unfounded": N_("The record is right as it stands"),
    "nobody-recognizable": N_("Nobody can be recognised by it"),
    "opinion": N_("It is a different opinion, and not a mistake"),
    "unclear": N_("It does not say what is wrong"),
    "known": N_("Somebody is at it already, or it was settled before"),
    "spam": N_("It has nothing to do with the record"),
}
"""Reason code → words; a code is never reused for another meaning."""


def due(reason: str, received: datetime) -> datetime:
    """By when somebody should look."""
    return received + timedelta(hours=CONCERNS[reason].hours)


def checked_flag(reason: str, text: str) -> str:
    """The text without blanks around it; raises ``Invalid`` for an unknown reason or too long a text."""
    text = text.strip()
    found = []
    if reason not in CONCERNS:
        found.append(Problem("/reason", N_("Choose what is wrong.")))
    if len(text) > TEXT_MAX:
        facts = {"length": len(text), "limit": TEXT_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        found.append(Problem("/text", message, facts))
    if found:
        raise Invalid(found)
    return text


def refuse_dismissal(reason: str, flags: int) -> None:
    """Raises ``Invalid`` for an unknown reason, or where no flag is named."""
    found = []
    if not flags:
        found.append(Problem("/flags", N_("Choose at least one flag.")))
    if reason not in DISMISSALS:
        found.append(Problem("/reason", N_("Choose why.")))
    if found:
        raise Invalid(found)
