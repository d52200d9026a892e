"""Figures about review go through the door once a day, as a finished table, with the trail's newest hash.

The hash changes with every act at the node. Told at once, it would say when somebody is at work; told
once a day, it says nothing, and whoever keeps it notices a trail that was shortened.
"""

from __future__ import annotations

from registry.audit.chain import BEGINNING
from registry.clock import Clock, today
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.record import openness
from registry.review.figures.counting import counted, newest_hash


class Transparency:
    """Hands figures over to the public database."""

    def __init__(self, private: PrivateDatabase, public: PublicDatabase, clock: Clock) -> None:
        self._private, self._public, self._clock = private, public, clock

    def refresh(self) -> bool:
        """Count anew unless that was done on this day (UTC); says whether it was done now."""
        day = today(self._clock)
        with self._public.read() as session:
            kept = openness.newest(session)
        if kept is not None and kept.day >= day:
            return False
        figures, head = counted(self._private, day), newest_hash(self._private) or BEGINNING
        with self._public.work() as session:
            openness.keep(session, day, figures, head)
        return True
