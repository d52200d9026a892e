"""How long an original is kept, and what an erasure at the organization's wish does. Pure.

A clock runs from the last change of a report: new content of any kind sets ``updated_at`` and starts it
anew. Reports on their way through review are never touched. Drafts are deleted only after a notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from registry.errors import N_
from registry.intake import rules
from registry.intake.rules import State


class Why(StrEnum):
    """Why an original was deleted."""

    WISH = "wish"  # the organization asked for it
    TIME = "time"  # it had been kept as long as this node keeps such reports
    FORGOTTEN = "forgotten"  # a draft that nobody changed, after a notice


WHY: Final[Mapping[Why, str]] = {
    Why.WISH: N_("Whoever sent the report asked for it"),
    Why.TIME: N_("It was kept as long as this node keeps such reports"),
    Why.FORGOTTEN: N_("Nobody changed the draft for a long time"),
}
"""Why → words."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days for which originals are kept after publication, decline, withdrawal, the last change of a draft.

    ``notice`` is how many days before a draft goes its organization is told.
    """

    published: int = 30
    declined: int = 180
    withdrawn: int = 30
    drafts: int = 365
    notice: int = 30

    def days(self, state: State) -> int | None:
        """Days after the last change; None for reports that are on their way."""
        return {
            State.PUBLISHED: self.published,
            State.DECLINED: self.declined,
            State.WITHDRAWN: self.withdrawn,
            State.DRAFT: self.drafts,
            State.REVISING: self.drafts,
        }.get(state)


UNSENT: Final = (State.DRAFT, State.REVISING)
"""What nobody has sent: a draft, or a revision that was begun. It goes after a notice only."""
STANDARD: Final = Keeping()
"""What counts unless the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule goes by: the state, the last change, and when the organization was last told."""

    state: State
    touched: datetime
    noticed: datetime | None


def lapses(keeping: Keeping, facts: Facts) -> datetime | None:
    """From when on the original may be deleted; None while nothing is decided about it."""
    days = keeping.days(facts.state)
    if days is None:
        return None
    end = facts.touched + timedelta(days=days)
    if facts.state not in UNSENT:
        return end
    if not _told(facts) or facts.noticed is None:
        return None
    return max(end, facts.noticed + timedelta(days=keeping.notice))


def notice_due(keeping: Keeping, facts: Facts) -> datetime | None:
    """From when on the organization has to be told of a draft; None where there is nothing to tell."""
    if facts.state not in UNSENT or _told(facts):
        return None
    return facts.touched + timedelta(days=max(0, keeping.drafts - keeping.notice))


def _told(facts: Facts) -> bool:
    """Whether the organization was told since the last change."""
    return facts.noticed is not None and facts.noticed >= facts.touched


TAKEN_BACK: Final = rules.TAKEN_BACK
"""States in which a wish to erase first takes back what is open; in the others the state stays."""
PASSING: Final = (State.SCHEDULED,)
"""States in which an erasure has to wait: the report is just going through the door."""
