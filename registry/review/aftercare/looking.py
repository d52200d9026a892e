"""The port to the public side: how does a record stand, and what does it say? Filled by the door."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from registry.account import Account
from registry.review.aftercare.rules import RecordStands


@dataclass(frozen=True, slots=True)
class Looked:
    """A public record as far as its care needs it; ``successor`` stands in the place of a merged one.

    ``part_of`` is the incident that it tells of, ``own`` that this node published it, ``elsewhere`` that
    another node did, which alone may change it. ``kept``: that node is gone, and this one keeps the record.
    ``across``: it is grouped with a record of another node.
    """

    id: str
    revision: int
    state: RecordStands
    account: Account
    type: str = "report"
    successor: str | None = None
    part_of: str | None = None
    own: bool = True
    elsewhere: bool = False
    kept: bool = False
    across: bool = False


class PublicLooks(Protocol):
    """Looks public records up by id."""

    def look(self, record_id: str) -> Looked:
        """The newest revision; raises ``NotFound``, or ``Gone`` where it was erased."""

    def look_at(self, ids: Collection[str]) -> Mapping[str, Looked]:
        """Several by id; missing and erased ones are left out."""
