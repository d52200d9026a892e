"""What else may tell of the event of a report under review: public records compared with it, other reports.

Compared is what this reviewer reads of the report anyway: what is hidden from them is hidden here.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.node import the_node
from api.resembling import UnderReview, events_under_review
from registry.account import Account
from registry.errors import Unavailable
from registry.identity.rules import Actor
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.views import SubmissionSummary
from registry.review.views import QueueItem
from search import Resembling
from web.pages import compared
from web.pages.compared import Row

OPEN = frozenset({State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPEALED})
"""States in which it matters whether a report is a second account of something."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A public record that may tell of the same event, and both compared."""

    hit: Resembling
    rows: tuple[Row, ...]

    @property
    def agreeing(self) -> int:
        """How many facts agree, in part at least."""
        return sum(row.agrees for row in self.rows)


@dataclass(frozen=True, slots=True)
class SameEvent:
    """What may tell of the event of a report, the likeliest first."""

    records: tuple[Alike, ...] = ()
    reports: tuple[QueueItem, ...] = ()


def same_event(actor: Actor, summary: SubmissionSummary, account: Account) -> SameEvent:
    """What resembles the account as this reviewer reads it; nothing of statements, or once it is decided."""
    if summary.state not in OPEN or summary.kind is not Kind.REPORT:
        return SameEvent()
    found = _found(actor, summary, account)
    public = the_node().records.read_many([hit.id for hit in found.records])
    this = compared.of_account(account)
    records = (
        Alike(hit, compared.rows(this, compared.of_record(public[hit.id])))
        for hit in found.records
        if hit.id in public
    )
    return SameEvent(tuple(records), found.reports)


def _found(actor: Actor, summary: SubmissionSummary, account: Account) -> UnderReview:
    """What resembles it; nothing while the index cannot be read: a review is not held up by that."""
    named = {summary.record_id, summary.about.record if summary.about else None}
    try:
        return events_under_review(the_node(), actor, account, but=summary.id, named=named)
    except Unavailable:
        return UnderReview()
