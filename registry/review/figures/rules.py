"""What is told of review to anybody, and what is kept back so that nobody's report shows in it. Pure.

Quarters that are over are told in numbers; counts from 1 to 4 are kept back. A total is told only where
each of its parts is; else the sum of those that are told is the least that it can be. So whatever a count
that is kept back was, all that is told would be the same: there is nothing to compute it from. The quarter
that still runs is told in bands, for two numbers of following days would tell what came in between.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from registry.intake.rules import Action, State
from registry.review.rules import DECLINE_REASONS

SMALL: Final = 5
"""The least count that is told, but for none at all."""
TAIL: Final = 20
"""How many times it takes until the slowest twentieth is more than one of them."""
EDGES: Final = (0, 5, 10, 25, 50, 100, 250, 1_000)
DAY: Final = 86_400
REASON: Final = "declined:"
"""Begins the row of declined reports with one reason."""
APPEALS: Final = {
    "appeal": "appeals",
    "uphold": "upheld",
    "reject-appeal": "rejected",
    "reject-revision-appeal": "rejected",
    "split": "split",
}
"""Action of the trail → the row that counts it."""
CARE: Final = {
    "flag": "flags",
    "flag-dismissed": "flags-dismissed",
    "record-mark-disputed": "marked-disputed",
    "record-mark-unverifiable": "marked-unverifiable",
    "record-retract": "retracted",
    "record-reinstate": "reinstated",
    "record-erase": "erased",
    "record-merge": "merged",
}
"""The same of flags and changes of public records."""
SINGLE: Final = {**APPEALS, **CARE}
"""Actions that each count in one row, whatever they are done to."""
REASONS: Final = tuple(f"{REASON}{code}" for code in DECLINE_REASONS)
ROWS: Final = ("received", "accepted", "declined", *REASONS, *dict.fromkeys(SINGLE.values()))
TIMED: Final = tuple(
    state.value
    for state in State
    if state not in (State.DRAFT, State.REVISING, State.PUBLISHED, State.DECLINED, State.WITHDRAWN)
)
"""States that a report is meant to leave again."""

Stays = dict[str, list[int]]
"""State → seconds that reports spent in it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A step of the trail, as far as it is counted."""

    at: datetime
    subject_id: str
    action: str
    old: str | None
    new: str | None
    reason: str | None


@dataclass(slots=True)
class Tally:
    """Counts of rows by quarter, and how many seconds reports stayed in a state that they left then."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    stays: dict[str, Stays] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    _since: dict[str, datetime] = field(default_factory=dict)
    _public: set[str] = field(default_factory=set)

    def take(self, step: Moved) -> None:
        """Count the next step of the trail."""
        quarter = quarter_of(step.at.date())
        revision = step.action == Action.ACCEPT and step.subject_id in self._public
        if not revision:  # the report was received, and counted, when it was new
            self.counts[quarter].update(_rows(step))
        if step.action == Action.PUBLISH:
            self._public.add(step.subject_id)
        if step.old == step.new or step.new is None:
            return
        since = self._since.pop(step.subject_id, None)
        if since is not None and step.old is not None:
            self.stays[quarter][step.old].append(int((step.at - since).total_seconds()))
        if step.new in TIMED:
            self._since[step.subject_id] = step.at


def _rows(step: Moved) -> list[str]:
    """The rows that a step counts in."""
    if step.action in SINGLE:
        return [SINGLE[step.action]]
    if step.old == step.new:
        return []
    if step.new == State.SUBMITTED and step.old in (None, State.DRAFT):
        return ["received"]
    if step.action == Action.ACCEPT and step.new == State.ACCEPTED:
        return ["accepted"]
    if step.action == Action.DECLINE and step.new == State.DECLINED:
        code = step.reason if step.reason in DECLINE_REASONS else "other"
        return ["declined", f"{REASON}{code}"]
    return []


def quarter_of(day: date) -> str:
    """The quarter of a day: "2026-Q3"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def band(count: int) -> str:
    """A count as the band in which it lies: "5-9", or "1000+"."""
    for low, high in pairwise(EDGES):
        if count < high:
            return f"{low}-{high - 1}"
    return f"{EDGES[-1]}+"


def told(count: int) -> int | None:
    """The count, or None where it is kept back."""
    return count if count == 0 or count >= SMALL else None


def total(parts: Collection[int | None]) -> dict[str, Any]:
    """The sum of parts: itself (``exact``), or the least that it can be."""
    return {"value": sum(part or 0 for part in parts), "exact": None not in parts}


def _total(quarters: Sequence[Mapping[str, Any]], row: str) -> dict[str, Any]:
    parts = REASONS if row == "declined" else (row,)
    return total([one["counts"][part] for one in quarters for part in parts])


def figures(tally: Tally, day: date, waiting: int, appealed: int = 0) -> dict[str, Any]:
    """Everything that is told as it was when this day began, as a JSON document."""
    running = quarter_of(day)
    over = sorted(name for name in tally.counts if name < running)
    quarters = [_quarter(tally, name) for name in over]
    return {
        "day": day.isoformat(),
        "quarters": quarters,
        "total": {row: _total(quarters, row) for row in ROWS},
        "total_times": {state: _times(_pooled(tally, over, state)) for state in TIMED},
        "running": {"quarter": running, "counts": {row: band(tally.counts[running][row]) for row in ROWS}},
        "waiting": band(waiting),
        "appealed": band(appealed),
    }


def _quarter(tally: Tally, name: str) -> dict[str, Any]:
    counts = {row: told(tally.counts[name][row]) for row in ROWS}
    if None in (counts[row] for row in REASONS):
        counts["declined"] = None
    return {
        "quarter": name,
        "counts": counts,
        "declined_at_least": sum(counts[row] or 0 for row in REASONS),
        "times": {state: _times(tally.stays[name][state]) for state in TIMED},
    }


def _pooled(tally: Tally, quarters: Sequence[str], state: str) -> list[int]:
    """Times of the quarters that are told; others could be found by what they change in the total."""
    each = (tally.stays[name][state] for name in quarters)
    return [seconds for stays in each if len(stays) >= SMALL for seconds in stays]


def _times(stays: Sequence[int]) -> Mapping[str, int | None]:
    """Median and slowest twentieth in whole days; None where too few stand behind it."""
    ordered = sorted(stays)
    return {
        "median": _rank(ordered, 50) if len(ordered) >= SMALL else None,
        "p95": _rank(ordered, 95) if len(ordered) >= TAIL else None,
    }


def _rank(ordered: Sequence[int], percent: int) -> int:
    """The nearest-rank percentile in whole days."""
    return ordered[-(-len(ordered) * percent // 100) - 1] // DAY
