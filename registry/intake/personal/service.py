"""Use cases of an organization: see what is personal in its report, and say what should happen to it."""

from __future__ import annotations

from collections.abc import Mapping

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.identity.rules import Actor, Permission, demand, show
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.personal import deciding
from registry.intake.personal.deciding import Personal
from registry.intake.personal.rules import Stage
from registry.intake.rules import EDITABLE, State


class PersonalDetails:
    """Personal details in an organization's own reports."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def found(self, actor: Actor, submission_id: str) -> Personal:
        """Every detail of the newest version, with what was chosen; raises ``NotFound``."""
        demand(actor, Permission.READ_SUBMISSIONS)
        with self._private.read() as session:
            row = session.get(Submission, submission_id)
            if row is None:
                raise NotFound
            show(actor, Permission.READ_SUBMISSIONS, row.organization_id, row.state)
            return deciding.personal(session, row)

    def choose(
        self, actor: Actor, submission_id: str, choices: Mapping[str, str], *, expected: int | None
    ) -> None:
        """Keep choices (thing → choice); raises ``Invalid``, ``Stale``, or ``Conflict`` once it was sent."""
        demand(actor, Permission.WRITE_SUBMISSIONS)
        with self._private.work() as session:
            row = steps.locked(session, submission_id)
            show(actor, Permission.WRITE_SUBMISSIONS, row.organization_id, row.state)
            steps.fresh(row, expected)
            if State(row.state) not in EDITABLE:
                raise Conflict(N_("This report can no longer be changed: it is %(state)s."), state=row.state)
            deciding.choose(session, row, actor, Stage.ORGANIZATION, choices, self._clock())
