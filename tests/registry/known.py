"""What the state machine knows of a report: the plain facts that the databases have to agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from registry.identity.rules import Actor
from registry.intake.rules import State
from tests.factories import account

WHO = "Wanjiru Kamau"
"""The person in every story here, whom detectors doubt."""
STORY = f"The clerk, Mrs {WHO}, was refused by a machine."


def story(title: str) -> dict[str, Any]:
    """An account with one person in it."""
    return account(title=title, text=STORY)


@dataclass
class Known:
    """What should be true of one submission."""

    owner: Actor
    titles: list[str]
    state: State = State.DRAFT
    holder: str | None = None
    until: datetime | None = None
    steps: list[str] = field(default_factory=lambda: ["create"])
    chosen: str | None = None
    found: str | None = None
    """What the organization chose for the person, and what a reviewer decided."""
    current: int = 1
    public: int | None = None
    told: bool = False
    """Numbers of the newest and of the published version, and whether the public reads who it was."""

    @property
    def open(self) -> bool:
        """Whether a reviewer still has to decide about the person."""
        return self.chosen in (None, "keep") and self.found is None

    @property
    def named(self) -> bool:
        """Whether the public may read who it was."""
        return self.chosen in (None, "keep") and self.found == "keep"
