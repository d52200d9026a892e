"""What is known of a peer, gathered for pages, commands and the descriptor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.federation import mirror
from registry.federation.models import PeerRow
from registry.federation.rules import Policy
from registry.federation.standing import PeerState, accepted, policy_of
from registry.ledger.checkpoints import parse_checkpoint
from registry.ledger.notes import read_note


@dataclass(frozen=True, slots=True)
class PeerView:
    """What is known of a peer, for pages, commands and the descriptor.

    ``taken`` entries of its log were read, of ``signed`` that the newest checkpoint speaks of.
    ``unacknowledged`` are records that this node erased and a peer that hands on its log still may have.
    """

    short: str
    node_id: str
    name: str
    url: str
    prefix: str
    vkey: str
    policy: Policy
    state: PeerState
    trouble: str
    taken: int
    signed: int
    shown: int
    waiting: int
    quarantined: int
    mirrors_us: bool
    unacknowledged: tuple[str, ...]
    tried_on: date | None
    pulled_on: date | None

    @property
    def lag(self) -> int:
        """Entries that were signed and not read yet."""
        return max(0, self.signed - self.taken)

    def to_json(self) -> dict[str, Any]:
        """For programs; days (UTC), since the public side keeps no times."""
        return {
            "id": self.node_id,
            "short": self.short,
            "name": self.name,
            "url": self.url,
            "prefix": self.prefix,
            "vkey": self.vkey,
            "mode": self.policy.mode.value,
            "scope": self.policy.scope.to_json(),
            "state": self.state.value,
            "trouble": self.trouble or None,
            "entries": self.taken,
            "lag": self.lag,
            "shown": self.shown,
            "waiting": self.waiting,
            "quarantined": self.quarantined,
            "mirrors_us": self.mirrors_us,
            "unacknowledged": list(self.unacknowledged),
            "tried": None if self.tried_on is None else self.tried_on.isoformat(),
            "pulled": None if self.pulled_on is None else self.pulled_on.isoformat(),
        }


def view(session: Session, row: PeerRow) -> PeerView:
    """Everything about a peer, in the caller's unit of work."""
    return PeerView(
        short=row.short,
        node_id=row.node_id,
        name=row.name,
        url=row.url,
        prefix=row.prefix,
        vkey=row.vkey,
        policy=policy_of(row),
        state=PeerState(row.state),
        trouble=row.trouble,
        taken=row.size,
        signed=signed_size(row),
        shown=accepted(session, row),
        waiting=len(mirror.waiting(session, row)),
        quarantined=mirror.quarantined(session, row.short),
        mirrors_us=row.mirrors_us,
        unacknowledged=tuple(mirror.unacknowledged(session, row.short)) if row.mirrors_us else (),
        tried_on=row.tried_on,
        pulled_on=row.pulled_on,
    )


def signed_size(row: PeerRow) -> int:
    """Entries of the newest checkpoint that was checked."""
    return 0 if row.note is None else parse_checkpoint(read_note(row.note)[0]).size
