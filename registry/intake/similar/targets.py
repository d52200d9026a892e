"""The port to the public side: how does a record stand that somebody names? Filled by the door."""

from __future__ import annotations

from typing import Protocol

from registry.intake.similar.rules import Standing


class Targets(Protocol):
    """Looks public records up by id."""

    def standing(self, record_id: str) -> Standing:
        """How the record stands; ``MISSING`` for any text that names none."""

    def names(self, record_id: str) -> frozenset[str]:
        """The folded names of all that the record names; nothing of one that is missing or erased."""
