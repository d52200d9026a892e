"""Publish a batch: reserve on the private side, write on the public side, mark on the private side.

Each of the three steps is one transaction on one database. A crash after any of them leaves
handovers that the next run finishes, once and only once: the public database keeps a unique token
for each. Serials are given in a random order, so that they say nothing about when a report came in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.audit import REGISTRY
from registry.clock import Clock, today
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict
from registry.identity.models import Organization
from registry.identity.roles import OrganizationState
from registry.intake import steps
from registry.intake.due import HELD_DUE, PUBLICATION_DUE
from registry.intake.identities import naming
from registry.intake.labels import agreeing
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.deciding import for_public
from registry.intake.risk.deciding import published_levels
from registry.intake.rules import Action, State
from registry.intake.similar import relating
from registry.intake.similar.rules import Kind, Standing, goes_out
from registry.intake.views import summary
from registry.ledger.stored import is_over
from registry.outbox import enqueue, is_due
from registry.privacy.coarsening import coarsen
from registry.publication.models import Handover
from registry.publication.partners import too_few
from registry.publication.revising import Revised, following, revised
from registry.publication.targets import relation_to, standing
from registry.publication.telling import tell
from registry.publication.terms import PublicationTerms
from registry.record import counters, relations, store
from registry.record.ids import air_id
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType, Relation
from registry.review import releasing
from registry.review.coding.keeping import as_coded

NOTHING = ""
"""In place of a record id: what a statement is about, or what is revised, is gone."""


_MAY_PUBLISH = (OrganizationState.ACTIVE.value, OrganizationState.NAMELESS.value)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes through the door: the account and what the public may know of where it came from.

    ``generalised`` says what was made less exact in it, ``revises`` which record it is the next revision of.
    """

    token: str
    account: Account
    generalised: tuple[str, ...]
    contributor: str
    demo: bool
    kind: Kind = Kind.REPORT
    about: str | None = None
    revises: Revised | None = None


OLDER_COPY: Final = N_(
    "Nothing is published while the log of this node is not signed. This may be an older copy of the node: "
    "what was accepted waits until the newer one is restored."
)
_SHUFFLE = secrets.SystemRandom().shuffle


class Publication:
    """The only service that works on both sides."""

    def __init__(
        self,
        private: PrivateDatabase,
        public: PublicDatabase,
        clock: Clock,
        terms: PublicationTerms,
        *,
        beside: Publication | None = None,
        shuffle: Callable[[list[Parcel]], None] = _SHUFFLE,
    ) -> None:
        """Only reports with the label of the terms go out; ``beside`` publishes others, at the same times."""
        self._private, self._public, self._clock = private, public, clock
        self._terms, self._shuffle = terms, shuffle
        self._beside = beside
        self._trouble: Callable[[], str | None] = lambda: None

    def ask_first(self, trouble: Callable[[], str | None]) -> None:
        """Publish nothing as long as this says why the log of the records is not signed further."""
        self._trouble = trouble

    def publish_batch(self, *, early: bool = False) -> list[str]:
        """Publish what was accepted and finish what an earlier run left; returns the record ids, sorted.

        What is still held back for a random time stays, unless it is to go out ``early``. A node that handed
        over its records publishes nothing. Raises ``Conflict`` where this is an older copy of the node: the
        ids that it would give out next are those of other records.
        """
        if self._trouble() is not None:
            raise Conflict(OLDER_COPY)
        others = self._beside.publish_batch(early=early) if self._beside else []
        with self._public.read() as session:
            if is_over(session):
                return others
        self.reserve(early=early)
        parcels = self.open_parcels()
        written = self.write(parcels) if parcels else {}
        if written:
            self.mark(written)
        return sorted(filter(None, (*written.values(), *others)))

    def batch_is_due(self) -> bool:
        """Whether the time of a batch has come, or an earlier run left something unfinished."""
        with self._private.read() as session:
            return _waiting(session) or is_due(session, PUBLICATION_DUE, self._clock())

    def reserve(self, *, early: bool = False) -> int:
        """Step 1, private: take what was accepted and released into the batch; returns how many.

        Reports of organizations that may not act at the moment wait until they may, and those that
        another organization is to publish until it has taken them over. Statements wait until enough
        organizations have said the same of their record.
        """
        now = self._clock()
        with self._private.work() as session:
            waiting = (
                select(Submission)
                .join(Organization, Organization.id == Submission.organization_id)
                .where(Submission.state == State.ACCEPTED.value, Organization.state.in_(_MAY_PUBLISH))
                .where(Submission.tlp == self._terms.label.value)
            )
            if not early:
                waiting = waiting.where(releasing.released(now))
            rows = list(session.scalars(waiting.with_for_update(of=Submission, skip_locked=True)))
            # Asked once the rows are ours: a publisher may have refused while they were being taken.
            held_up = naming.held_up(session, [row.id for row in rows]) | too_few(
                session, rows, self._terms.seen_from
            )
            going = [row for row in rows if row.id not in held_up]
            for row in going:
                steps.move(session, row, Action.SCHEDULE, REGISTRY, now)
                session.add(
                    Handover(token=random_key(), submission_id=row.id, version=row.version, reserved_at=now)
                )
            return len(going)

    def held_back(self) -> int:
        """How many accepted reports wait for their random time to be over."""
        query = select(func.count()).where(
            Submission.state == State.ACCEPTED.value, not_(releasing.released(self._clock()))
        )
        with self._private.read() as session:
            return session.scalar(query) or 0

    def open_parcels(self) -> list[Parcel]:
        """What is reserved and not yet marked, in a random order."""
        with self._private.read() as session:
            parcels = [self._parcel(session, row) for row in self._open(session)]
        self._shuffle(parcels)
        return parcels

    def write(self, parcels: Sequence[Parcel]) -> dict[str, str]:
        """Step 2, public: write the records in one transaction; returns token → record id or ``NOTHING``."""
        day = today(self._clock)
        with self._public.work() as session:
            counters.hold(session, counters.CHANGES)
            written = {parcel.token: self._write_one(session, parcel, day) for parcel in parcels}
            tell(session, self._terms.node, day)
            return written

    def mark(self, written: dict[str, str]) -> None:
        """Step 3, private: note which record each submission became."""
        now = self._clock()
        with self._public.read() as session:
            related = relations.that_point(session, filter(None, written.values()))
        with self._private.work() as session:
            for handover in self._open(session, lock=True):
                record_id = written.get(handover.token)
                if record_id is None:
                    continue
                handover.done_at, handover.record_id = now, record_id or None
                row = steps.locked(session, handover.submission_id)
                told = summary(row)
                lost = goes_out(told.kind, told.about) and record_id not in related
                if lost and not (row.in_revision and record_id == NOTHING):
                    relating.lose(session, row, now)
                if record_id == NOTHING:
                    steps.move(session, row, Action.FALL_AWAY, REGISTRY, now, row.about_record)
                    continue
                if row.record_id is None:
                    self._ask_later(session, row, now)
                row.record_id, row.published_version = record_id, handover.version
                steps.move(session, row, Action.PUBLISH, REGISTRY, now, record_id)

    def _open(self, session: Session, *, lock: bool = False) -> list[Handover]:
        query = (
            select(Handover)
            .join(Submission, Submission.id == Handover.submission_id)
            .where(Handover.done_at.is_(None), Submission.tlp == self._terms.label.value)
            .order_by(Handover.token)
        )
        return list(session.scalars(query.with_for_update(of=Handover) if lock else query))

    def _ask_later(self, session: Session, row: Submission, now: datetime) -> None:
        """Whether what was put right held is asked once, some months after a report was published first."""
        if self._terms.ask_after and Kind(row.kind) is Kind.REPORT:
            enqueue(session, HELD_DUE, {"submission_id": row.id}, now + timedelta(days=self._terms.ask_after))

    def _parcel(self, session: Session, handover: Handover) -> Parcel:
        row = session.get_one(Submission, handover.submission_id)
        version = session.get_one(SubmissionVersion, (row.id, handover.version))
        told, shown = summary(row), for_public(session, row.id, version.account)
        shown = as_coded(session, row.id, version.number, shown)
        public = coarsen(shown, published_levels(session, row.id, version.number))
        return Parcel(
            handover.token,
            Account.from_json(agreeing(public.account, self._terms.label)),
            public.generalised,
            naming.for_public(session, row),
            row.demo,
            told.kind,
            goes_out(told.kind, told.about),
            revised(session, row),
        )

    def _write_one(self, session: Session, parcel: Parcel, day: date) -> str:
        done = store.published_as(session, parcel.token)
        if done is not None:
            return done
        if parcel.revises is not None:
            return self._revise_one(session, parcel, parcel.revises, day)
        related = self._related(session, parcel)
        if parcel.kind.is_statement and not related:
            return NOTHING
        serial, terms = counters.take(session, counters.serials(day.year)), self._terms
        record = PublicRecord(
            id=air_id(self._terms.node, day.year, serial),
            type=RecordType.STATEMENT if parcel.kind.is_statement else RecordType.REPORT,
            state=RecordState.PUBLISHED,
            revision=1,
            published=day,
            modified=day,
            taxonomy_version=self._terms.taxonomy_version,
            provenance=Provenance(Origin.OWN, "own", licence=terms.licence, contributor=parcel.contributor),
            account=parcel.account,
            generalised=parcel.generalised,
            related=related,
            demo=parcel.demo,
        )
        return store.publish_once(session, parcel.token, record)

    def _revise_one(self, session: Session, parcel: Parcel, of: Revised, day: date) -> str:
        """The next revision of a record; ``NOTHING`` where it was retracted or removed meanwhile."""
        if standing(session, of.record)[0] is not Standing.GOOD:
            return NOTHING
        before = store.load(session, of.record)
        record = following(before, of, parcel.account, parcel.generalised, self._related(session, parcel))
        record = replace(
            record,
            modified=day,
            taxonomy_version=self._terms.taxonomy_version,
            provenance=replace(before.provenance, contributor=parcel.contributor),
        )
        return store.revise_once(session, parcel.token, record)

    def _related(self, session: Session, parcel: Parcel) -> tuple[Relation, ...]:
        """The relation of a parcel as it is now; none where the record was taken away meanwhile."""
        if parcel.about is None:
            return ()
        relation = relation_to(session, parcel.kind, parcel.about)
        return () if relation is None else (relation,)


def _waiting(session: Session) -> bool:
    """Whether anything is reserved and not yet marked, whatever its label."""
    return session.scalar(select(Handover.token).where(Handover.done_at.is_(None)).limit(1)) is not None
