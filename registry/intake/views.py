"""What services of intake and review give back: plain, frozen, detached from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from registry.account import Account
from registry.audit import Entry
from registry.intake.held.rules import NEVER, Asked
from registry.intake.identities.rules import WaitsFor
from registry.intake.identities.views import NamingView
from registry.intake.labels import Label
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.rules import State
from registry.intake.similar.rules import About, Held, Kind


@dataclass(frozen=True, slots=True)
class SubmissionSummary:
    """A submission as a line of a list. ``lock`` grows with every change and makes the ETag.

    ``channel`` says how it came in: ``form``, ``api``, ``bulk`` … ``waits_for`` is told in lists of an
    organization's own.
    """

    id: str
    organization_id: str
    state: State
    version: int
    lock: int
    title: str
    record_id: str | None
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    noticed_at: datetime | None = None
    erased_at: datetime | None = None
    channel: str = ""
    kind: Kind = Kind.REPORT
    about: About | None = None
    waits_for: WaitsFor | None = None
    published_version: int | None = None
    asked: Asked = NEVER
    label: Label = Label.CLEAR

    @property
    def asks_held(self) -> bool:
        """Whether its organization can say now if what was put right held."""
        return self.asked.waits(self.state)

    @property
    def in_revision(self) -> bool:
        """Whether it is public and something newer is on its way."""
        return self.record_id is not None and self.state is not State.PUBLISHED


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission with its newest account, which is empty once the original was erased."""

    summary: SubmissionSummary
    account: Account


@dataclass(frozen=True, slots=True)
class Created:
    """A submission just made, with the receipt code to hand over; ``fresh`` unless it answers a retry.

    ``naming`` says how it names its organization, where that is known without reading it back.
    """

    view: SubmissionView
    receipt: str
    fresh: bool = True
    naming: NamingView | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """Where a report stands and for whom it waits, for the holder of its receipt.

    Steps are without people and reasons.
    """

    state: State
    record_id: str | None
    steps: tuple[Entry, ...]
    note: str | None = None
    erased_at: datetime | None = None
    waits_for: WaitsFor | None = None
    kind: Kind = Kind.REPORT
    label: Label = Label.CLEAR


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list and the cursor of the next part, if there is one."""

    items: tuple[T, ...]
    next: str | None = None


def summary(row: Submission) -> SubmissionSummary:
    """The list line of a row, inside the unit of work that found it."""
    return SubmissionSummary(
        id=row.id,
        organization_id=row.organization_id,
        state=State(row.state),
        version=row.version,
        lock=row.lock,
        title=row.title,
        record_id=row.record_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        noticed_at=row.noticed_at,
        erased_at=row.erased_at,
        channel=row.channel,
        kind=Kind(row.kind),
        about=_about(row),
        published_version=row.published_version,
        asked=Asked(row.held_asked_at, row.held_answered_at),
        label=Label(row.tlp),
    )


def _about(row: Submission) -> About | None:
    return None if row.about_record is None else About(row.about_record, Held(row.about_held or Held.OPEN))


def view(row: Submission, version: SubmissionVersion) -> SubmissionView:
    """The full view of a row and its newest version, inside the unit of work that found them."""
    return SubmissionView(summary(row), Account.from_json({} if row.erased_at else version.account))
