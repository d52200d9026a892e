"""Letters about second factors.

They go out even if the person made the change: that is how somebody else's doing comes to light.
"""

from __future__ import annotations

from typing import Final

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Person
from registry.identity.tenants.letters import Letter, Payload

FACTORS_CHANGED: Final = "mail.factors-changed"
FACTORS_RESET: Final = "mail.factors-reset"
KINDS: Final = (FACTORS_CHANGED, FACTORS_RESET)


class FactorLetters:
    """Making the letters that queued jobs ask for; a job carries the person's id."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def write(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a job, or None when there is nobody to write to any more."""
        with self._private.read() as session:
            person = session.get(Person, payload["person_id"])
        if person is None or not person.active:
            return None
        return Letter(kind, person.email, person.language)
