"""Ladders and their rungs in words, for records, reviewers and those who report."""

from __future__ import annotations

import re

from registry.errors import N_
from web.pages.messages import gettext

LADDER_NAMES = {
    "place": N_("place"),
    "date": N_("date"),
    "reach": N_("number of people"),
    "system": N_("system"),
    "developers": N_("developers"),
    "organizations": N_("organizations"),
    "links": N_("public sources"),
}
"""Ladder → its name in the middle of a sentence."""
LADDER_TITLES = {
    "place": N_("Place"),
    "date": N_("Date"),
    "reach": N_("Number of people affected"),
    "system": N_("Name of the system"),
    "developers": N_("Who developed it"),
    "organizations": N_("Who used it, and who was harmed"),
    "links": N_("Public sources"),
}
"""Ladder → its name above a choice."""
RUNG_NAMES: dict[str, dict[str, str]] = {
    "place": {
        "exact": N_("exact place"),
        "district": N_("district"),
        "country": N_("country"),
        "region": N_("region of the world"),
        "withheld": N_("withheld"),
    },
    "date": {
        "day": N_("day"),
        "month": N_("month"),
        "quarter": N_("quarter"),
        "year": N_("year"),
    },
    "reach": {"range": N_("range"), "withheld": N_("withheld")},
    "system": {"name": N_("name"), "type": N_("type")},
    "developers": {
        "named": N_("name"),
        "described": N_("description"),
        "withheld": N_("withheld"),
    },
    "organizations": {
        "named": N_("name"),
        "described": N_("description"),
        "withheld": N_("withheld"),
    },
    "links": {"given": N_("given"), "withheld": N_("withheld")},
}
"""Ladder → rung → words within "from … to …"."""
RUNG_CHOICES: dict[str, dict[str, str]] = {
    "place": {
        "exact": N_("The exact place"),
        "district": N_("The district"),
        "country": N_("The country"),
        "region": N_("The region of the world only"),
        "withheld": N_("Nothing"),
    },
    "date": {
        "day": N_("The day"),
        "month": N_("The month"),
        "quarter": N_("The quarter of the year"),
        "year": N_("The year only"),
    },
    "reach": {"range": N_("A range"), "withheld": N_("Nothing")},
    "system": {"name": N_("Its name and type"), "type": N_("Its type only")},
    "developers": {
        "named": N_("Names"),
        "described": N_("A description instead of names"),
        "withheld": N_("Nothing"),
    },
    "organizations": {
        "named": N_("Names"),
        "described": N_("A description instead of names"),
        "withheld": N_("Nothing"),
    },
    "links": {"given": N_("All of them"), "withheld": N_("None")},
}
"""Ladder → rung → words of a choice of what everybody may read."""
_STEP = re.compile(r"([a-z]+): ([a-z]+) → ([a-z]+)")


def step_words(code: str) -> str | None:
    """``place: district → country`` in words; None for anything else."""
    match = _STEP.fullmatch(code)
    if match is None:
        return None
    ladder, before, after = match.groups()
    rungs = RUNG_NAMES.get(ladder, {})
    if before not in rungs or after not in rungs:
        return None
    return gettext(
        "%(part)s, from %(before)s to %(after)s",
        part=gettext(LADDER_NAMES[ladder]),
        before=gettext(rungs[before]),
        after=gettext(rungs[after]),
    )
