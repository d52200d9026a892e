"""For how long accepted reports are held back, in words."""

from __future__ import annotations

from api.node import the_node
from web.pages.messages import ngettext

DAY = 24
"""Hours; longer times are told in days."""


def held_back_words() -> str:
    """What a random time up to publication means; empty where this node holds nothing back."""
    hours = the_node().settings.publication_delay
    if not hours:
        return ""
    if hours % DAY:
        return ngettext(
            "Accepted reports are published at a random moment within %(num)s hour, so that their day "
            "tells nothing about when they came in.",
            "Accepted reports are published at a random moment within %(num)s hours, so that their day "
            "tells nothing about when they came in.",
            hours,
        )
    return ngettext(
        "Accepted reports are published at a random moment within %(num)s day, so that their day tells "
        "nothing about when they came in.",
        "Accepted reports are published at a random moment within %(num)s days, so that their day tells "
        "nothing about when they came in.",
        hours // DAY,
    )
