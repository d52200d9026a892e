"""What a reviewer can ask of the queue: which part, cut by what, in which order. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from registry.errors import N_, Invalid, Problem
from registry.intake.rules import State

T = TypeVar("T", bound=StrEnum)

OPEN: Final = (
    State.SUBMITTED,
    State.IN_REVIEW,
    State.CHANGES_REQUESTED,
    State.ACCEPTED,
    State.SCHEDULED,
)
"""States shown in the queue, in the order of its tabs."""
PAGE_MAX: Final = 50
CODE: Final = r"^[a-z-]{1,20}/[a-z0-9-]{1,40}$"
"""What codes of the taxonomy look like."""
LANGUAGE: Final = r"^[a-z]{2,3}$"
"""A language without its region."""


class Queue(StrEnum):
    """The queues, in their order; ``kinds.py`` says which report stands in which."""

    REPORTS = "reports"
    STATEMENTS = "statements"
    GUESTS = "guests"
    REVISIONS = "revisions"
    APPEALS = "appeals"
    CHANGED = "changed"


class Sort(StrEnum):
    """The orders of a queue."""

    URGENT = "urgent"  # what is due first
    OLDEST = "oldest"
    NEWEST = "newest"


QUEUE_LABELS: Final[Mapping[Queue, str]] = {
    Queue.REPORTS: N_("Reports"),
    Queue.STATEMENTS: N_("Statements"),
    Queue.GUESTS: N_("Without an account"),
    Queue.REVISIONS: N_("Revisions"),
    Queue.APPEALS: N_("Appeals"),
    Queue.CHANGED: N_("Changed"),
}
"""Queue → words for people."""
STATELESS: Final = frozenset({Queue.APPEALS, Queue.CHANGED})
"""Queues without tabs: they hold reports of one state, or of any."""
SORT_LABELS: Final[Mapping[Sort, str]] = {
    Sort.URGENT: N_("Most urgent first"),
    Sort.OLDEST: N_("Longest waiting first"),
    Sort.NEWEST: N_("Newest first"),
}
"""Order → words for people."""


@dataclass(frozen=True, slots=True)
class Filters:
    """By what a queue is cut: codes of the taxonomy, a language without its region, lateness."""

    severity: str | None = None
    sector: str | None = None
    event: str | None = None
    language: str | None = None
    overdue: bool = False

    def __bool__(self) -> bool:
        """Whether anything is cut away."""
        return any(asdict(self).values())

    def problems(self) -> Iterator[Problem]:
        """Every value that no report could have."""
        for name in ("severity", "sector", "event"):
            value = getattr(self, name)
            if value is not None and not re.fullmatch(CODE, value):
                yield Problem(f"/{name}", N_("This is not a code of the taxonomy."))
        if self.language is not None and not re.fullmatch(LANGUAGE, self.language):
            yield Problem("/language", N_("Name a language by two or three letters, as in en."))


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """What part of the queue to show; ``mine`` narrows to what the reader holds now.

    Reports of people without an account wait apart, statements and revisions of public records too, and
    whatever is under appeal. ``Queue.CHANGED`` shows, whatever their state, those to which something was
    added since a decision, and no reviewer has read it.
    """

    state: State = State.SUBMITTED
    mine: bool = False
    cursor: str | None = None
    limit: int = 20
    queue: Queue = Queue.REPORTS
    sort: Sort = Sort.URGENT
    filters: Filters = Filters()

    def check(self) -> None:
        """Raises ``Invalid`` naming every field that is out of bounds."""
        problems = list(self.filters.problems())
        if not 1 <= self.limit <= PAGE_MAX:
            problems.append(Problem("/limit", N_("Between 1 and %(most)s."), {"most": PAGE_MAX}))
        if problems:
            raise Invalid(problems)

    def whole(self) -> QueueRequest:
        """The same from its first line on."""
        return replace(self, cursor=None)


def asked(raw: Mapping[str, str]) -> QueueRequest:
    """The request that an address asks for; what it does not know, it takes for the usual."""
    picked = {item.name: raw.get(item.name) or None for item in fields(Filters) if item.name != "overdue"}
    state = raw.get("state")
    return QueueRequest(
        state=State(state) if state in list(OPEN) else State.SUBMITTED,
        mine=raw.get("mine") == "1",
        cursor=raw.get("cursor") or None,
        queue=_one_of(Queue, raw.get("queue"), Queue.REPORTS),
        sort=_one_of(Sort, raw.get("sort"), Sort.URGENT),
        filters=Filters(**picked, overdue=raw.get("overdue") == "1"),
    )


def told(request: QueueRequest) -> dict[str, str]:
    """The request as an address tells it, without what is usual and without the page."""
    usual = QueueRequest()
    found: dict[str, Any] = {
        "queue": request.queue if request.queue is not usual.queue else None,
        "state": request.state if request.queue not in STATELESS else None,
        "sort": request.sort if request.sort is not usual.sort else None,
        "mine": "1" if request.mine else None,
        **asdict(request.filters),
        "overdue": "1" if request.filters.overdue else None,
    }
    return {name: str(value) for name, value in found.items() if value is not None}


def _one_of(kind: type[T], raw: str | None, usual: T) -> T:
    return next((each for each in kind if each == raw), usual)
