"""The shared side: records for partner nodes and this node's members (TLP:GREEN), in a database of its own.

It has the tables of the public side and is worked on by the same services, but nobody outside the circle
reads it. Its log is called otherwise, in the database itself: opened as the public one, it has no log at
all, and the public one opened as this has none either.
"""

from __future__ import annotations

from typing import ClassVar

from registry.db.public import PublicDatabase


class GreenDatabase(PublicDatabase):
    """The database of what is shared with partners only."""

    log: ClassVar[str] = "green"
