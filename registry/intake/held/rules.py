"""When it is asked whether what was put right held, and what may be answered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from registry.account.types import Lasting
from registry.errors import N_, Conflict, Invalid, Problem
from registry.intake.rules import State

DAYS: Final = 90
"""Days after publication; an operator may set others."""
NOT_ASKED: Final = N_("Nobody has asked yet whether the fix held.")
ANSWERED: Final = N_("This was answered already. To say more, revise the report.")
REVISED: Final = N_(
    "Another version of this report is on its way. Answer once it is published or taken back."
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: one of ``Lasting``, and what else there is to say."""

    held: str
    text: str = ""

    def of(self, account: dict[str, Any]) -> dict[str, Any]:
        """The account with the answer in it; raises ``Invalid`` where it is none."""
        known = [one.value for one in Lasting]
        if self.held not in known:
            raise Invalid([Problem("/held", N_("Choose one of the answers; not known is one too."))])
        said = {"held": self.held} | ({"since": self.text.strip()} if self.text.strip() else {})
        return {**account, "response": {**(account.get("response") or {}), **said}}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether it was asked of a report and answered."""

    asked_at: datetime | None
    answered_at: datetime | None

    def waits(self, state: State) -> bool:
        """Whether an answer can be given now."""
        return self.asked_at is not None and self.answered_at is None and state is State.PUBLISHED

    def refuse(self, state: State) -> None:
        """Raises ``Conflict`` that says why none can."""
        if self.asked_at is None:
            raise Conflict(NOT_ASKED)
        if self.answered_at is not None:
            raise Conflict(ANSWERED)
        if state is not State.PUBLISHED:
            raise Conflict(REVISED)


NEVER: Final = Asked(None, None)
"""Of a report that is not public, or not for long."""
