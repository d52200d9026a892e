"""Use cases of somebody who writes of an event that may be known: attach, detach, own drafts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.similar import telling
from registry.intake.similar.rules import Kind
from registry.intake.similar.targets import Targets
from registry.intake.similar.telling import Telling
from registry.intake.vault.keys import keys_of

MOST_TITLES = 300
"""Own reports that are compared, the last changed ones."""


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """A report of one's own organization by its title, and where it stands."""

    id: str
    title: str
    state: State
    record_id: str | None


class SameEvent:
    """What ties an organization's submissions to events that are known."""

    def __init__(self, private: PrivateDatabase, targets: Targets, clock: Clock) -> None:
        self._private, self._targets, self._clock = private, targets, clock

    def own_titles(self, actor: Actor, *, but: str | None = None) -> list[OwnTitle]:
        """Titles of the organization's own reports, without ``but``, statements and what was taken back."""
        demand(actor, Permission.READ_SUBMISSIONS)
        query = (
            select(Submission)
            .where(
                rows(actor, Permission.READ_SUBMISSIONS, Submission.organization_id, Submission.state),
                Submission.state.not_in([State.WITHDRAWN.value, State.DECLINED.value]),
                Submission.kind == Kind.REPORT.value,
                Submission.erased_at.is_(None),
            )
            .order_by(Submission.updated_at.desc(), Submission.id.desc())
            .limit(MOST_TITLES + 1)
        )
        with self._private.read() as session:
            found = list(session.scalars(query))
            keys_of(session).fetch(session, [row.id for row in found])
            titles = [OwnTitle(row.id, row.title, State(row.state), row.record_id) for row in found]
        return [one for one in titles if one.title and one.id != but][:MOST_TITLES]

    def attach(self, actor: Actor, submission_id: str, record: str, *, expected: int | None) -> None:
        """Say that the report tells of this record's event; raises ``Invalid``, ``Stale``, ``Conflict``.

        Saying the same again changes nothing, even from a page that is older than the first time.
        """
        problem = Telling(record=record).problem(self._targets)
        with self._private.work() as session:
            row = self._open(session, actor, submission_id)
            if row.about_record == record:
                return
            steps.fresh(row, expected)
            telling.name(session, row, record, problem, by(actor), self._clock())

    def detach(self, actor: Actor, submission_id: str, *, expected: int | None) -> None:
        """Say that the report stands alone; a statement cannot: raises ``Invalid``."""
        with self._private.work() as session:
            row = self._open(session, actor, submission_id)
            if row.about_record is None:
                return
            steps.fresh(row, expected)
            telling.name(session, row, None, None, by(actor), self._clock())

    def _open(self, session: Session, actor: Actor, submission_id: str) -> Submission:
        return access.editable(session, actor, submission_id, expected=None)
