"""Which report stands in which queue, and from when it waits there: one line a queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, literal, literal_column, select, union
from sqlalchemy.orm import aliased

from registry.identity.rules import GUEST
from registry.intake.following.models import Addition
from registry.intake.following.rules import DECIDED
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.review.asking.rows import answered_since, answered_unread
from registry.review.queue.rules import OPEN, Queue


@dataclass(frozen=True)
class QueueKind:
    """A queue: the condition of what stands in it, since when it waits, and by when somebody should decide.

    ``has_states`` says that its tabs are states, ``has_target`` that what stands in it can be late.
    """

    holds: ColumnElement[bool]
    since: ColumnElement[datetime]
    due: ColumnElement[datetime]
    has_states: bool = True
    has_target: bool = True


def _changed_since() -> Any:
    """When the oldest addition or answer came that nobody has read."""
    added, answered = _added(), answered_since()
    first = case((added < answered, added), else_=answered)
    return case((added.is_(None), answered), (answered.is_(None), added), else_=first)


def _added() -> ColumnElement[datetime]:
    """When the oldest addition came that nobody has read."""
    return (
        select(func.min(Addition.at))
        .where(Addition.submission_id == Submission.id, Addition.unread)
        .correlate(Submission)
        .scalar_subquery()
    )


def _changed() -> ColumnElement[bool]:
    """Found from what is unread, which is little: an OR over both would read every report there ever was."""
    decided = aliased(Submission)
    added = (
        select(Addition.submission_id)
        .join(decided, decided.id == Addition.submission_id)
        .where(Addition.unread, decided.state.in_([state.value for state in DECIDED]))
    )
    unread = union(added, answered_unread())
    return and_(Submission.erased_at.is_(None), Submission.id.in_(unread))


def _waiting(holds: ColumnElement[bool]) -> QueueKind:
    return QueueKind(holds, _sent, _due)


_sent: Any = Submission.submitted_at
_due: Any = Submission.due_at
_appealed: Any = Submission.state_at
_guest = Submission.channel == GUEST
_new: Any = Submission.record_id.is_(None)

KINDS: Final[Mapping[Queue, QueueKind]] = {
    Queue.GUESTS: _waiting(and_(_new, _guest)),
    Queue.STATEMENTS: _waiting(and_(_new, ~_guest, Submission.kind != Kind.REPORT.value)),
    Queue.REPORTS: _waiting(and_(_new, ~_guest, Submission.kind == Kind.REPORT.value)),
    Queue.REVISIONS: _waiting(~_new),
    Queue.APPEALS: QueueKind(Submission.state == State.APPEALED.value, _appealed, _due, has_states=False),
    Queue.CHANGED: QueueKind(
        _changed(), _changed_since(), _changed_since(), has_states=False, has_target=False
    ),
}
"""Queue → what stands in it. Those with states share nothing: each report is in one of them."""


def queue_of() -> ColumnElement[str]:
    """The name of the queue in which a report waits, as far as queues with states go."""
    known = [(kind.holds, literal(queue.value)) for queue, kind in KINDS.items() if kind.has_states]
    return case(*known, else_="")


def open_states() -> ColumnElement[bool]:
    """The condition of what has a tab, in the very words of the index of what is open.

    As parameters the states would keep both engines from that index, and have them read all that was decided.
    """
    return Submission.state.in_([literal_column(f"'{state.value}'") for state in OPEN])
