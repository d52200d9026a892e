"""What the services of review give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from registry.audit import Entry
from registry.intake.personal.deciding import Personal
from registry.intake.views import SubmissionSummary, SubmissionView
from registry.review.appealing.rows import AppealView
from registry.review.coding.keeping import FacetCoding
from registry.review.interest import SpeaksOf


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Who holds a submission; ``mine`` for the reader of this view."""

    reviewer: str
    until: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the queue.

    ``since`` is when it was sent, or when something was added to a changed one. Codes are None where
    nothing is known of them. ``late`` says that reviewers should have decided by now, ``given``
    that the reader was given it to look at; it keeps nobody else back.
    """

    submission: SubmissionSummary
    severity: str | None
    sector: str | None
    language: str
    event: str | None
    guest: bool
    claim: ClaimView | None
    since: datetime | None
    in_state_since: datetime | None
    due_at: datetime | None
    late: bool
    given: bool = False


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as submitter and reviewers see it; ``other_node`` is the id of the node it belongs to."""

    version: int
    decision: str
    reason_code: str | None
    note: str
    at: datetime
    other_node: str | None = None


@dataclass(frozen=True, slots=True)
class TellerView:
    """How the reporting organization is described to a reviewer; ``masked`` where it is not shown yet."""

    words: str
    masked: bool


@dataclass(frozen=True, slots=True)
class QuorumView:
    """How many have to agree, how many have concluded, and whether the reader's organization has."""

    needed: int
    cast: int
    own: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """All a reviewer needs to decide.

    ``submission`` is the account as reviewers may read it, ``personal`` the details left in it and
    what was decided about them: what the organization hid is in neither.
    ``guest`` says that it was reported without an account, ``speaks_of`` whom only its text names.
    """

    submission: SubmissionView
    personal: Personal
    contributor: str
    masked: bool
    guest: bool
    claim: ClaimView | None
    quorum: QuorumView
    steps: tuple[Entry, ...]
    decisions: tuple[DecisionView, ...]
    coding: tuple[FacetCoding, ...] = ()
    appeal: AppealView | None = None
    speaks_of: SpeaksOf = field(default_factory=SpeaksOf)
