"""Publish a batch: reserve on the private side, write on the public side, mark on the private side.

Each of the three steps is one transaction on one database. A crash after any of them leaves
handovers that the next run finishes, once and only once: the public database keeps a unique token
for each. Serials are given in a random order, so that they say nothing about when a report came in.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.audit import REGISTRY
from registry.clock import Clock, today
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.identity.models import Organization
from registry.intake import steps
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.deciding import for_public
from registry.intake.rules import Action, State
from registry.intake.similar import relating
from registry.intake.similar.rules import Kind, goes_out
from registry.intake.views import summary
from registry.outbox import is_due
from registry.publication.models import Handover
from registry.publication.targets import relation_to
from registry.record import counters, relations, store
from registry.record.ids import air_id
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType, Relation
from registry.review.service import PUBLICATION_DUE

LICENCE = "CC BY 4.0"
"""Terms of every record of our own."""
NOTHING = ""
"""In place of a record id: the statement is not published, for what it is about is gone."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes through the door: the account and what the public may know of where it came from."""

    token: str
    account: Account
    contributor: str
    demo: bool
    kind: Kind = Kind.REPORT
    about: str | None = None


class Publication:
    """The only service that works on both sides."""

    def __init__(
        self,
        private: PrivateDatabase,
        public: PublicDatabase,
        clock: Clock,
        *,
        node: str,
        taxonomy_version: str,
    ) -> None:
        self._private = private
        self._public = public
        self._clock = clock
        self._node = node
        self._taxonomy_version = taxonomy_version

    def publish_batch(self) -> list[str]:
        """Publish everything accepted and finish what an earlier run left; returns the record ids, sorted."""
        self.reserve()
        parcels = self.open_parcels()
        if not parcels:
            return []
        written = self.write(parcels)
        self.mark(written)
        return sorted(filter(None, written.values()))

    def batch_is_due(self) -> bool:
        """Whether the time of a batch has come, or an earlier run left something unfinished."""
        with self._private.read() as session:
            return bool(_open(session)) or is_due(session, PUBLICATION_DUE, self._clock())

    def reserve(self) -> int:
        """Step 1, private: take every accepted submission into the batch; returns how many.

        Those of organizations that may not act at the moment wait until they may.
        """
        now = self._clock()
        with self._private.work() as session:
            waiting = (
                select(Submission)
                .join(Organization, Organization.id == Submission.organization_id)
                .where(Submission.state == State.ACCEPTED.value, Organization.active)
            )
            rows = list(session.scalars(waiting.with_for_update(of=Submission, skip_locked=True)))
            for row in rows:
                steps.move(session, row, Action.SCHEDULE, REGISTRY, now)
                session.add(
                    Handover(token=random_key(), submission_id=row.id, version=row.version, reserved_at=now)
                )
            return len(rows)

    def open_parcels(self) -> list[Parcel]:
        """What is reserved and not yet marked, in a random order."""
        with self._private.read() as session:
            parcels = [self._parcel(session, row) for row in _open(session)]
        secrets.SystemRandom().shuffle(parcels)
        return parcels

    def write(self, parcels: Sequence[Parcel]) -> dict[str, str]:
        """Step 2, public: write the records in one transaction; returns token → record id or ``NOTHING``."""
        day = today(self._clock)
        with self._public.work() as session:
            counters.hold(session, counters.CHANGES)
            return {parcel.token: self._write_one(session, parcel, day) for parcel in parcels}

    def mark(self, written: dict[str, str]) -> None:
        """Step 3, private: note which record each submission became."""
        now = self._clock()
        with self._public.read() as session:
            related = relations.that_point(session, filter(None, written.values()))
        with self._private.work() as session:
            for handover in _open(session, lock=True):
                record_id = written.get(handover.token)
                if record_id is None:
                    continue
                handover.done_at, handover.record_id = now, record_id or None
                row = steps.locked(session, handover.submission_id)
                told = summary(row)
                if goes_out(told.kind, told.about) and record_id not in related:
                    relating.lose(session, row, now)
                if record_id == NOTHING:
                    steps.move(session, row, Action.FALL_AWAY, REGISTRY, now, row.about_record)
                    continue
                row.record_id = record_id
                steps.move(session, row, Action.PUBLISH, REGISTRY, now, record_id)

    def _parcel(self, session: Session, handover: Handover) -> Parcel:
        row = session.get_one(Submission, handover.submission_id)
        version = session.get_one(SubmissionVersion, (row.id, handover.version))
        organization = session.get_one(Organization, row.organization_id)
        public = Account.from_json(for_public(session, row.id, version.account))
        told = summary(row)
        about = goes_out(told.kind, told.about)
        return Parcel(handover.token, public, organization.descriptor, row.demo, told.kind, about)

    def _write_one(self, session: Session, parcel: Parcel, day: date) -> str:
        done = store.published_as(session, parcel.token)
        if done is not None:
            return done
        related = self._related(session, parcel)
        if parcel.kind is Kind.STATEMENT and not related:
            return NOTHING
        serial = counters.take(session, counters.serials(day.year))
        record = PublicRecord(
            id=air_id(self._node, day.year, serial),
            type=RecordType(parcel.kind.value),
            state=RecordState.PUBLISHED,
            revision=1,
            published=day,
            modified=day,
            taxonomy_version=self._taxonomy_version,
            provenance=Provenance(Origin.OWN, "own", licence=LICENCE, contributor=parcel.contributor),
            account=parcel.account,
            related=related,
            demo=parcel.demo,
        )
        return store.publish_once(session, parcel.token, record)

    def _related(self, session: Session, parcel: Parcel) -> tuple[Relation, ...]:
        """The relation of a parcel as it is now; none where the record was taken away meanwhile."""
        if parcel.about is None:
            return ()
        relation = relation_to(session, parcel.kind, parcel.about)
        return () if relation is None else (relation,)


def _open(session: Session, *, lock: bool = False) -> list[Handover]:
    query = select(Handover).where(Handover.done_at.is_(None)).order_by(Handover.token)
    return list(session.scalars(query.with_for_update() if lock else query))
