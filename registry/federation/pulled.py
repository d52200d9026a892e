"""What a pull did, in numbers, and the words for what went wrong that no check has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MASS_WITHDRAWAL: Final = "mass-withdrawal"
OVERTAKEN: Final = "overtaken"
"""Another pull of the same peer was faster."""
RETURNED: Final = "returned"
"""A peer that is gone, and whose records another node keeps, signed more entries."""
BEHIND: Final = "relay-behind"
"""The mirror that the log is read from has less of it than was read before."""


@dataclass(slots=True)
class Pulled:
    """What a pull did: entries read, records of theirs shown anew, waiting and erased, entries set aside."""

    entries: int = 0
    shown: int = 0
    waiting: int = 0
    quarantined: int = 0
    erased: list[str] = field(default_factory=list)
    trouble: str = ""
    more: bool = False
    """Whether there was no time for all of it."""

    def to_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "entries": self.entries,
            "shown": self.shown,
            "waiting": self.waiting,
            "quarantined": self.quarantined,
            "erased": len(self.erased),
            "trouble": self.trouble or None,
        }
