"""Use cases of an organization: see how many look like its report, and make it less exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission
from registry.intake import access
from registry.intake.personal.deciding import personal
from registry.intake.risk.deciding import RiskCheck
from registry.intake.risk.views import Assessment
from registry.privacy.coarsening import Levels, left_standing


class Exactness:
    """How exactly an organization's own reports are published."""

    def __init__(self, private: PrivateDatabase, clock: Clock, risk: RiskCheck) -> None:
        self._private, self._clock, self._risk = private, clock, risk

    def look(self, actor: Actor, submission_id: str, levels: Levels | None = None) -> Assessment:
        """What is public and looks like it, at these rungs or those published by default."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            found = self._risk.for_organization(session, row, levels)
            written = personal(session, row).under_review().account
            return replace(found, still_told=left_standing(written, found.levels))

    def choose(
        self, actor: Actor, submission_id: str, levels: Mapping[str, str], *, expected: int | None
    ) -> None:
        """Wish that nothing more exact is published than these rungs (ladder → rung; others stay).

        Raises ``Invalid``, ``Stale``, or ``Conflict`` once the report was sent.
        """
        with self._private.work() as session:
            row = access.editable(session, actor, submission_id, expected)
            self._risk.wish(session, row, actor, levels, self._clock())
