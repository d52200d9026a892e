"""What the risk check gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.privacy.coarsening import LADDERS, Levels


@dataclass(frozen=True, slots=True)
class Alike:
    """What was counted at some rungs. ``crowded`` is None for those who see public counts only."""

    public: int
    crowded: bool | None
    reached: bool


@dataclass(frozen=True, slots=True)
class StepCount:
    """One step of a ladder, and what is counted once it and those before it are taken."""

    ladder: str
    before: str
    after: str
    alike: Alike

    @property
    def code(self) -> str:
        """As in a public record: ``date: day → month``."""
        return f"{self.ladder}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest change with which enough reports look alike, and the way there."""

    levels: Levels
    alike: Alike
    steps: tuple[StepCount, ...]


@dataclass(frozen=True, slots=True)
class RiskDecision:
    """What a reviewer decided for the newest version, and why if too few look alike."""

    levels: Levels
    alike: Alike
    threshold: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Assessment:
    """How many look like a report at ``levels``, and what could be done.

    ``told`` is where the account itself stands and ``wish`` what its organization chose: nothing
    more exact than that may be published. ``smallest`` is None when enough look alike, and when
    only withholding everything would do: then it is the ``first_of_its_kind``. ``still_told`` are names
    and dates that the text says more exactly than these levels and the answers do.
    """

    threshold: int
    told: Levels
    wish: Levels | None
    levels: Levels
    alike: Alike
    smallest: Smallest | None
    decision: RiskDecision | None = None
    still_told: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """What ``levels`` make less exact than it was told, as ``place: district → country``."""
        return tuple(
            f"{ladder}: {getattr(self.told, ladder)} → {getattr(self.levels, ladder)}"
            for ladder in LADDERS
            if self.levels.at(ladder) > self.told.at(ladder)
        )

    @property
    def first_of_its_kind(self) -> bool:
        """Whether no change short of silence brings enough that look alike."""
        return not self.alike.reached and self.smallest is None

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide before the report is accepted.

        A decision made when enough looked alike needed no reason; it counts no more once too few do, as
        when a reviewer has changed the field of work since.
        """
        if self.alike.reached:
            return False
        return self.decision is None or (self.decision.alike.reached and not self.decision.reason)
