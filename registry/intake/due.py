"""The work that intake and review leave for the door."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

HELD_DUE: Final = "held.due"
"""Kind of the outbox job that says: ask of this report now whether what was put right held."""
PUBLICATION_DUE: Final = "publication.due"
"""Kind of the outbox job that says: a batch may go out now."""


def next_batch(after: datetime, every: int) -> datetime:
    """The end of the full interval of ``every`` seconds in which a moment lies: batches go out at these."""
    return after + timedelta(seconds=every - int(after.timestamp()) % every)
