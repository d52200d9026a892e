"""By when a report should be decided on. Pure.

The target is counted from the moment of sending, by the severity that the account names. Where the
account says that an authority is still to be told, the time that law leaves for it counts where it is
shorter: reviewers know then what the organization is busy with, and may have to ask it soon.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from registry.intake.rules import State

TARGETS: Final[Mapping[str, timedelta]] = {
    "severity/disaster": timedelta(days=1),
    "severity/critical": timedelta(days=2),
    "severity/serious": timedelta(days=4),
    "severity/moderate": timedelta(days=7),
    "severity/minor": timedelta(days=14),
    "severity/none": timedelta(days=21),
    "severity/unknown": timedelta(days=4),
}
"""Severity → the time in which somebody should have decided; a code is never removed."""
UNCODED: Final = TARGETS["severity/unknown"]
"""The target where nothing is known of the severity."""
LEGAL: Final[Mapping[str, timedelta]] = {
    "audience/data-authority": timedelta(hours=72),  # Regulation (EU) 2016/679, article 33(1)
    "audience/ai-regulator": timedelta(days=15),  # Regulation (EU) 2024/1689, article 73(2)
}
"""Audience that is still to be told → the time that law leaves, from the day one knows of it.

Nobody tells us that day, so it is counted from the sending.
"""
STILL_TO_BE_TOLD: Final = "planned"
"""How an account says that somebody will be told."""
WAITING: Final = frozenset({State.SUBMITTED, State.IN_REVIEW, State.APPEALED})
"""States in which it is the reviewers that a report waits for; only there can it be late."""


def due(account: Mapping[str, Any], sent: datetime) -> datetime:
    """By when a report that was sent at this moment should be decided on."""
    target = TARGETS.get(first_code(account, "severity") or "", UNCODED)
    told = (account.get("response") or {}).get("told") or ()
    open_duties = [entry["audience"] for entry in told if entry.get("state") == STILL_TO_BE_TOLD]
    return sent + min([target, *(LEGAL[who] for who in open_duties if who in LEGAL)])


def is_late(state: State, due_at: datetime | None, now: datetime) -> bool:
    """Whether reviewers have missed the target."""
    return due_at is not None and state in WAITING and due_at < now


def first_code(account: Mapping[str, Any], facet: str) -> str | None:
    """The code that an account names first for a facet, if any."""
    codes = (account.get("classification") or {}).get(facet) or ()
    return next(iter(codes), None)
