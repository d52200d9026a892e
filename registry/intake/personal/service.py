"""Use cases of an organization: see what is personal in its report, and say what should happen to it."""

from __future__ import annotations

from collections.abc import Mapping

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission
from registry.intake import access
from registry.intake.personal import deciding
from registry.intake.personal.deciding import Personal
from registry.intake.personal.rules import Stage


class PersonalDetails:
    """Personal details in an organization's own reports."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def found(self, actor: Actor, submission_id: str) -> Personal:
        """Every detail of the newest version, with what was chosen; raises ``NotFound``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return deciding.personal(session, row)

    def choose(
        self, actor: Actor, submission_id: str, choices: Mapping[str, str], *, expected: int | None
    ) -> None:
        """Keep choices (thing → choice); raises ``Invalid``, ``Stale``, or ``Conflict`` once it was sent."""
        with self._private.work() as session:
            row = access.editable(session, actor, submission_id, expected)
            deciding.choose(session, row, actor, Stage.ORGANIZATION, choices, self._clock())
