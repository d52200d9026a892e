"""Why a reviewer steps aside, or asks who told a report, as data. Pure."""

from __future__ import annotations

from typing import Final

from registry.errors import N_

RECUSAL_REASONS: Final[dict[str, str]] = {
    "worked-there": N_("I work or worked with those concerned"),
    "close": N_("Somebody close to me is concerned"),
    "interest": N_("I or my organization would gain or lose by the decision"),
    "involved": N_("I had a part in what happened, or in the report"),
    "too-heavy": N_("The content is too heavy for me"),
    "other": N_("Another reason that I keep to myself"),
}
"""Reason code → words; a code is never reused for another meaning."""

UNMASK_REASONS: Final[dict[str, str]] = {
    "could-know": N_("To judge whether they could know what they tell"),
    "same-source": N_("To find out whether the same organization told it before"),
    "interest": N_("To find out whether they gain by telling it"),
    "safety": N_("To judge whether telling it puts them at risk"),
}
"""Reason code → words; each is told to the organization with the act."""
