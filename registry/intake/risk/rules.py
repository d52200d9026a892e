"""How many look like a report at given rungs, and the smallest change that makes them enough. Pure.

Public reports are counted exactly: anybody can count them. Reports of other organizations that are on
their way are private, and a small number of them must not be learned here (goal P5 of the security
plan). So they are counted by organizations, nobody's report counts for its own organization or for
the organization of whoever asks, and the only answer is one bit: fewer than ``FEWEST``, or not. Fewer
count as none, so that reaching the threshold gives nothing away either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from registry.privacy.coarsening import LADDERS, SEARCHED, Levels, Rungs, rungs

FEWEST = 5
"""The smallest number of other organizations with a report on its way that is ever said to be there."""
NEEDED = ("system", "developers", "place", "links", "date", "organizations")
"""The ladders by how much researchers need them: of equally small changes, the first ones stay."""
_LAST_SEARCHED = {"developers": "described", "organizations": "described"}
"""Where it makes no difference to go on."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Who looks like a report from which rungs on: public reports, and other organizations.

    ``waiting`` holds what nobody may read; only ``crowded`` and ``total`` leave this room.
    """

    public: Mapping[Rungs, int]
    waiting: Mapping[str, frozenset[Rungs]]

    def published(self, levels: Levels) -> int:
        """Public reports that look like it at these rungs."""
        wanted = rungs(levels)
        return sum(count for first, count in self.public.items() if _reaches(wanted, first))

    def crowded(self, levels: Levels) -> bool:
        """Whether at least ``FEWEST`` other organizations have such a report on its way."""
        wanted = rungs(levels)
        alike = (any(_reaches(wanted, first) for first in held) for held in self.waiting.values())
        return sum(alike) >= FEWEST

    def total(self, levels: Levels) -> int:
        """What the threshold is held against: this report, the public ones, and a crowd on its way."""
        return 1 + self.published(levels) + (FEWEST if self.crowded(levels) else 0)


def smallest(start: Levels, told: Levels, enough: Callable[[Levels], bool]) -> Levels | None:
    """The fewest steps from ``start`` with enough that look alike; None if only silence would do.

    ``told`` is where the account itself stands. Of equally few steps those win that leave what
    researchers need most.
    """
    points = sorted(_points(start, told), key=lambda point: point[0])
    return next((levels for _, levels in points if enough(levels)), None)


def way(start: Levels, told: Levels, end: Levels) -> Iterator[tuple[str, str, Levels]]:
    """The single steps from start to end, what is needed least first: ladder, rung before, levels after."""
    here = start
    for ladder in reversed(NEEDED):
        options = _options(ladder, start, told)
        for before, after in pairwise(options):
            if LADDERS[ladder].index(after) <= end.at(ladder):
                here = here.with_rung(ladder, after)
                yield ladder, _shown(before, ladder, told), here


def _points(start: Levels, told: Levels) -> Iterator[tuple[tuple[int, ...], Levels]]:
    """Every choice from start on with what it costs: steps in all, then of each ladder."""
    options = [list(enumerate(_options(ladder, start, told))) for ladder in NEEDED]
    for chosen in product(*options):
        levels = start
        for ladder, (_, rung) in zip(NEEDED, chosen, strict=True):
            levels = levels.with_rung(ladder, rung)
        if not _is_silence(levels):
            steps = tuple(step for step, _ in chosen)
            yield (sum(steps), *steps), levels


def _options(ladder: str, start: Levels, told: Levels) -> list[str]:
    """Where one may go on a ladder: where one stands, then each rung that changes the account."""
    last = LADDERS[ladder].index(_LAST_SEARCHED.get(ladder, LADDERS[ladder][-1]))
    first = max(start.at(ladder), told.at(ladder)) + 1
    return [getattr(start, ladder), *LADDERS[ladder][first : last + 1]]


def _is_silence(levels: Levels) -> bool:
    return levels.place == "withheld" and all(
        levels.at(ladder) >= LADDERS[ladder].index(_LAST_SEARCHED.get(ladder, LADDERS[ladder][-1]))
        for ladder in SEARCHED
    )


def _shown(rung: str, ladder: str, told: Levels) -> str:
    """The rung at which the account stands for a reader."""
    return LADDERS[ladder][max(LADDERS[ladder].index(rung), told.at(ladder))]


def _reaches(wanted: Rungs, first: Rungs) -> bool:
    return all(here >= there for here, there in zip(wanted, first, strict=True))
