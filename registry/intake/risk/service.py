"""Use cases of an organization: see how many look like its report, and make it less exact."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.identity.rules import Actor, Permission, demand, show
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.risk.deciding import RiskCheck
from registry.intake.risk.views import Assessment
from registry.intake.rules import EDITABLE, State
from registry.privacy.coarsening import Levels


class Exactness:
    """How exactly an organization's own reports are published."""

    def __init__(self, private: PrivateDatabase, clock: Clock, risk: RiskCheck) -> None:
        self._private, self._clock, self._risk = private, clock, risk

    def look(self, actor: Actor, submission_id: str, levels: Levels | None = None) -> Assessment:
        """What is public and looks like it, at these rungs or those published by default."""
        demand(actor, Permission.READ_SUBMISSIONS)
        with self._private.read() as session:
            row = session.get(Submission, submission_id)
            if row is None:
                raise NotFound
            show(actor, Permission.READ_SUBMISSIONS, row.organization_id, row.state)
            return self._risk.for_organization(session, row, levels)

    def choose(
        self, actor: Actor, submission_id: str, levels: Mapping[str, str], *, expected: int | None
    ) -> None:
        """Wish that nothing more exact is published than these rungs (ladder → rung; others stay).

        Raises ``Invalid``, ``Stale``, or ``Conflict`` once the report was sent.
        """
        demand(actor, Permission.WRITE_SUBMISSIONS)
        with self._private.work() as session:
            row = self._editable(session, actor, submission_id, expected)
            self._risk.wish(session, row, actor, levels, self._clock())

    def _editable(
        self, session: Session, actor: Actor, submission_id: str, expected: int | None
    ) -> Submission:
        row = steps.locked(session, submission_id)
        show(actor, Permission.WRITE_SUBMISSIONS, row.organization_id, row.state)
        steps.fresh(row, expected)
        if State(row.state) not in EDITABLE:
            raise Conflict(N_("This report can no longer be changed: it is %(state)s."), state=row.state)
        return row
