"""What an operator decides about review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from registry.errors import SettingError
from registry.review.quorum.rules import NEVER, STARTS


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """Hours until a claim lapses, seconds between batches, hours of random delay, who has to agree.

    ``severe_from`` is the least severity on which reviewers of two organizations have to agree, or ``never``.
    With ``blind`` review, who told a report is shown to those only who ask, with a reason.
    ``second_coding`` is how many percent of accepted reports are classified a second time. A decline can be
    appealed against for ``appeal_days``, and ``appeal_target_days`` later that should be decided.
    """

    claim_hours: int = 48
    publication_every: int = 3600
    publication_delay: int = 0
    severe_from: str = NEVER
    blind: bool = False
    second_coding: int = 0
    appeal_days: int = 30
    appeal_target_days: int = 14

    def __post_init__(self) -> None:
        """Raises ``SettingError`` for a severity that is none."""
        if self.severe_from not in STARTS:
            raise SettingError(name="severe_from", reason=f"should be one of {', '.join(STARTS)}")

    @property
    def claim_life(self) -> timedelta:
        """For how long a claim holds others back."""
        return timedelta(hours=self.claim_hours)

    @property
    def appeal_time(self) -> timedelta:
        """For how long after a decline somebody may appeal."""
        return timedelta(days=self.appeal_days)

    @property
    def appeal_target(self) -> timedelta:
        """The time in which reviewers should have decided on an appeal."""
        return timedelta(days=self.appeal_target_days)

    @property
    def delay(self) -> timedelta:
        """For how long an accepted report is held back at most."""
        return timedelta(hours=self.publication_delay)
