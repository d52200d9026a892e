"""How long somebody has to wait who tried too often: a true sentence, as long as the limit says."""

from __future__ import annotations

from registry.errors import TooManyTries
from web.pages.messages import ngettext

MINUTE, HOUR = 60, 3600
HOURS_FROM = 2 * HOUR
"""Waits from here on are told in hours."""


def slow_down(slow: TooManyTries) -> str:
    """The sentence for too many tries, the same for accounts that exist and those that do not."""
    seconds = seconds_of(slow)
    if seconds >= HOURS_FROM:
        return ngettext(
            "There were too many tries. Wait %(num)s hour, then try again.",
            "There were too many tries. Wait %(num)s hours, then try again.",
            -(-seconds // HOUR),
        )
    return ngettext(
        "There were too many tries. Wait a minute, then try again.",
        "There were too many tries. Wait %(num)s minutes, then try again.",
        -(-seconds // MINUTE),
    )


def seconds_of(slow: TooManyTries) -> int:
    """Seconds until the next try is let through."""
    return int(str(slow.facts["retry_after"]))
