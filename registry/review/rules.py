"""Rules of review. Pure.

No one reviews a report of, or about, their own organization; a claim lapses; a decline has a
reason code that the submitter sees.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from registry.errors import N_


class Decision(StrEnum):
    """What a reviewer can conclude about one version, or about an appeal."""

    ACCEPT = "accept"
    REQUEST_CHANGES = "request-changes"
    DECLINE = "decline"
    UPHOLD = "uphold"  # of an appeal: the decline does not stand
    REJECT_APPEAL = "reject-appeal"  # the decline stands


DECLINE_REASONS: dict[str, str] = {
    "not-ai": N_("No AI system played a part"),
    "no-incident": N_("Nothing went wrong, nearly went wrong or could go wrong"),
    "not-enough": N_("Too little is known to publish it"),
    "duplicate": N_("The same account is in the registry already"),
    "unsafe": N_("It cannot be published without putting someone at risk"),
    "opinion": N_("It is an opinion or a complaint without an event"),
    "test": N_("It is a test"),
    "other-node": N_("Another node of the federation is the right place for it"),
    "other": N_("Another reason, explained in the note"),
}
"""Reason code → words; a code is never reused for another meaning."""
OTHER_NODE, SAID_IN_THE_NOTE = "other-node", ("other", "other-node")
"""The reason that passes a report on, and those that need a note; naming the node says as much."""


def has_lapsed(claimed_until: datetime | None, now: datetime) -> bool:
    """Whether a claim no longer holds anybody back."""
    return claimed_until is None or claimed_until <= now
