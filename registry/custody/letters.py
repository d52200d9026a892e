"""Letters to an organization about what happens to its originals. No letter names a report."""

from __future__ import annotations

from collections.abc import Mapping

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Person
from registry.identity.tenants.letters import Letter
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.vault.rules import UNSENT, Facts, Keeping, lapses

LAPSING = "mail.draft-lapsing"


class OriginalsLetters:
    """Making the letters that queued jobs ask for."""

    def __init__(self, private: PrivateDatabase, clock: Clock, keeping: Keeping) -> None:
        self._private, self._clock, self._keeping = private, clock, keeping

    def write(self, _kind: str, payload: Mapping[str, str]) -> Letter | None:
        """The letter of a job, or None when the draft was changed, sent or deleted meanwhile."""
        with self._private.read() as session:
            row, person = (
                session.get(Submission, payload["submission_id"]),
                session.get(Person, payload["person_id"]),
            )
            if row is None or person is None or not person.active or row.erased_at is not None:
                return None
            end = lapses(self._keeping, Facts(State(row.state), row.updated_at, row.noticed_at))
            if end is None or State(row.state) not in UNSENT:
                return None
            days = max(1, (end - self._clock()).days)
            return Letter(LAPSING, person.email, person.language, {"days": str(days)})
