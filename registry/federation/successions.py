"""What stewards see of custody before they let a successor's word count here, and letting it count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict
from registry.federation import succession, wills
from registry.federation.models import CustodyRow, PeerRow
from registry.federation.peers import found_peer
from registry.federation.standing import OVER, PeerState
from registry.federation.succession import Settled
from registry.federation.succession_rules import Verdict
from registry.ledger.custody import HANDS_OVER

KEPT_ALREADY = N_("The records of that node are kept by its successor already.")
NOT_READY = {
    Verdict.UNNAMED: N_(
        "The log of that node names no successor, or took that back (unnamed). Its records stay as they are."
    ),
    Verdict.UNFOLLOWED: N_(
        "The log of the successor is not read here, so nobody knows what it accepted (unfollowed)."
        " Follow it first, and let it be neither blocked nor frozen: commons peer add"
    ),
    Verdict.KEY: N_(
        "The log of the successor never had the key that was named (key). Ask the people of both nodes."
    ),
    Verdict.UNACCEPTED: N_(
        "The successor has not said in its log that it keeps the records (unaccepted)."
        " Ask its people to accept them, then look again: commons peer sync"
    ),
    Verdict.ANOTHER: N_(
        "The successor accepted by an earlier entry than the one that names it now (another)."
        " Ask its people to read on and accept again, then look again: commons peer sync"
    ),
    Verdict.OTHER_LOG: N_(
        "What the successor accepted is not the log that was read here (other-log)."
        " Ask the people of the successor what they have read."
    ),
    Verdict.BEHIND: N_(
        "Less of the log was read here than the successor accepted (behind)."
        " Follow a copy that has all of it, then look again: commons peer sync"
    ),
    Verdict.WENT_ON: N_(
        "More of the log was read here than the successor accepted (went-on)."
        " Either that node lives, or its successor has to read on and accept again."
    ),
}
"""Why the records of a node cannot be followed to another one."""
NOT_CONFIRMED = N_("Nobody here said that another node keeps the records of that one.")
IT_ENDED = N_("That node said itself that its log has ended. There is nothing to go back to.")
HAS_COUNTED = N_(
    "What the successor did with records of that node counts here already."
    " That cannot be taken back any more."
)
Succeed = Callable[[str, str], Settled]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a log that says something of custody: whose log, where, its word, its leaf hash (hex)."""

    log: str
    position: int
    says: str
    leaf: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The custody of one peer's records: who is named, both entries, sizes, and what would change here.

    ``changes`` is how many records the successor retracted, reinstated or erased since, by operation.
    """

    short: str
    name: str
    state: PeerState
    verdict: Verdict
    successor: str | None
    successor_name: str | None
    naming: Entry | None
    acceptance: Entry | None
    accepted_size: int | None
    size: int
    changes: dict[str, int]

    @property
    def hindrance(self) -> str | None:
        """Why the successor's word cannot count now; None where it may."""
        return KEPT_ALREADY if self.state.value in OVER else NOT_READY.get(self.verdict)

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "short": self.short,
            "name": self.name,
            "state": self.state.value,
            "verdict": self.verdict.value,
            "successor": self.successor,
            "successor_name": self.successor_name,
            "named_in": _told(self.naming),
            "accepted_in": _told(self.acceptance),
            "accepted_entries": self.accepted_size,
            "entries": self.size,
            "changes": self.changes,
        }


class Successions:
    """Reads and confirms."""

    def __init__(self, public: PublicDatabase, succeed: Succeed) -> None:
        self._public, self._succeed = public, succeed

    def look(self, name: str) -> Seen:
        """What was read of the custody of a peer's records; raises ``NotFound``."""
        with self._public.read() as session:
            return _seen(session, found_peer(session, name))

    def confirm(self, name: str) -> Settled:
        """Let the successor's word count: a steward says that the old node is gone. Raises ``Conflict``."""
        seen = self.look(name)
        if seen.hindrance is not None or seen.successor is None:
            raise Conflict(seen.hindrance)
        return self._succeed(seen.short, seen.successor[:10])

    def take_back(self, name: str) -> str:
        """The old node is not gone: its log is read on. Gives its short id. Raises ``Conflict``.

        Only while nothing of what the successor wrote was placed here. A revision of it would stand where the
        old node's next one comes, and an erased record cannot be brought back.
        """
        with self._public.work() as session:
            peer = found_peer(session, name)
            keeper = peer.successor
            for short in (keeper, peer.short):  # who keeps a stretch of the keeper's log holds it, too
                session.get(PeerRow, short or "", with_for_update=True, populate_existing=True)
            if peer.state != PeerState.KEPT.value or peer.successor != keeper:
                raise Conflict(NOT_CONFIRMED)
            naming = wills.named(session, peer.node_id)
            if naming is not None and naming.kind == HANDS_OVER:
                raise Conflict(IT_ENDED)
            if succession.has_counted(session, peer):
                raise Conflict(HAS_COUNTED)
            succession.take_back(peer)
            return peer.short

    def keeper(self, source: str) -> str | None:
        """Short id of the node that keeps the records of this source; None where that keeps its own."""
        with self._public.read() as session:
            return session.scalar(select(PeerRow.successor).where(PeerRow.node_id == source))

    def kept(self) -> list[tuple[str, int]]:
        """The nodes (full ids) whose records this node keeps, and after how many entries of their logs."""
        query = select(PeerRow.node_id, PeerRow.size).where(PeerRow.state == PeerState.OURS.value)
        with self._public.read() as session:
            return [(row.node_id, row.size) for row in session.execute(query.order_by(PeerRow.node_id))]


def _seen(session: Session, peer: PeerRow) -> Seen:
    found = succession.case(session, peer)
    successor = None if found.naming is None else found.naming.successor
    keeper = None if successor is None else session.get(PeerRow, successor[:10])
    return Seen(
        short=peer.short,
        name=peer.name,
        state=PeerState(peer.state),
        verdict=found.verdict,
        successor=successor,
        successor_name=None if keeper is None else keeper.name,
        naming=_entry(found.naming),
        acceptance=_entry(found.acceptance),
        accepted_size=found.frozen,
        size=peer.size,
        changes=succession.claimed(session, peer, successor[:10]) if successor else {},
    )


def _entry(row: CustodyRow | None) -> Entry | None:
    return None if row is None else Entry(row.origin, row.position, row.kind, row.leaf)


def _told(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {"log": entry.log, "position": entry.position, "says": entry.says, "leaf": entry.leaf}
