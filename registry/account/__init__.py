"""The account: one organization's telling of an AI incident, in the shape that every stage shares.

The private wing writes, checks and redacts accounts; the door turns an accepted one into a public
record; the public wing and the index read it. It therefore lives below both wings (ADR 2). Pure:
no database, clock or framework.
"""

from registry.account.check import check, parse
from registry.account.limits import (
    ENTITY_NAME_MAX,
    LINK_MAX,
    LIST_MAX,
    NARRATIVE_MAX,
    PLACE_MAX,
    TEXT_MAX,
    TITLE_MAX,
)
from registry.account.types import (
    Account,
    Answer,
    Entities,
    Happened,
    Interval,
    NoDate,
    Place,
    Response,
    Told,
)

__all__ = [
    "ENTITY_NAME_MAX",
    "LINK_MAX",
    "LIST_MAX",
    "NARRATIVE_MAX",
    "PLACE_MAX",
    "TEXT_MAX",
    "TITLE_MAX",
    "Account",
    "Answer",
    "Entities",
    "Happened",
    "Interval",
    "NoDate",
    "Place",
    "Response",
    "Told",
    "check",
    "parse",
]
