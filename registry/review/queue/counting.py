"""How many wait where: every number of the queue's page in one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from registry.identity.rules import Actor
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.review.queue.kinds import KINDS, open_states, queue_of
from registry.review.queue.picking import is_late, readable
from registry.review.queue.rules import OPEN, Queue


@dataclass(frozen=True, slots=True)
class Cell:
    """So many reports of one queue, state and language, and how many of them are late."""

    queue: Queue
    state: str
    language: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait, by the same rule as the pages."""

    cells: tuple[Cell, ...]

    def of(self, queue: Queue) -> int:
        """How many stand in a queue."""
        return sum(cell.count for cell in self.cells if cell.queue is queue)

    def states(self, queue: Queue = Queue.REPORTS) -> Mapping[State, int]:
        """State → how many, for the tabs of a queue."""
        found: Counter[str] = Counter()
        for cell in self._in(queue):
            found[cell.state] += cell.count
        return {state: found[state.value] for state in OPEN}

    def in_state(self, state: State) -> int:
        """How many of all queues with states are in this one."""
        return sum(cell.count for cell in self.cells if cell.state == state.value)

    def late(self, queue: Queue, state: State | None = None) -> int:
        """How many of a queue are late, or of one of its states."""
        return sum(cell.late for cell in self._in(queue) if state is None or cell.state == state.value)

    def languages(self) -> list[str]:
        """Every language in which something waits."""
        return sorted({cell.language for cell in self.cells if cell.language})

    def _in(self, queue: Queue) -> Iterable[Cell]:
        return (cell for cell in self.cells if cell.queue is queue)


def counts(session: Session, actor: Actor, now: datetime) -> Counts:
    """The numbers of this reviewer."""
    language = func.coalesce(Submission.coded_language, "")
    late = func.coalesce(func.sum(case((is_late(now), 1), else_=0)), 0)
    name = queue_of()
    waiting = (
        select(name, Submission.state, language, func.count(), late)
        .where(readable(session, actor), open_states())
        .group_by(name, Submission.state, language)
    )
    never = literal(0)
    apart = [
        select(literal(queue.value), literal(""), language, func.count(), late if kind.has_target else never)
        .where(readable(session, actor), kind.holds)
        .group_by(language)
        for queue, kind in KINDS.items()
        if not kind.has_states
    ]
    rows = session.execute(union_all(waiting, *apart))
    return Counts(tuple(Cell(Queue(row[0]), *row[1:]) for row in rows if row[0]))
