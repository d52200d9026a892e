"""Whether this node handed its records over: its log has ended, so no report that comes now is published."""

from __future__ import annotations

from dataclasses import dataclass

from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict
from registry.federation.models import PeerRow
from registry.ledger import successors
from registry.ledger.custody import HANDS_OVER

NO_REPORTS = N_(
    "This node handed over its records to %(name)s and publishes nothing any more, so it takes no reports"
    " and no statements. Report there: %(url)s"
)


@dataclass(frozen=True, slots=True)
class HandedTo:
    """The node (full id) that keeps the records of this one, what it calls itself, and its address."""

    id: str
    name: str
    url: str


class HandedOver:
    """Asks the log of the node with this full id, as the public database holds it."""

    def __init__(self, public: PublicDatabase, own: str) -> None:
        self._public, self._own = public, own

    def to(self) -> HandedTo | None:
        """Whom it was handed over to; None while the log goes on."""
        with self._public.read() as session:
            will = successors.own(session, self._own)
            if will is None or will.said.says != HANDS_OVER or will.successor_id is None:
                return None
            peer = session.get(PeerRow, will.successor_id[:10])
            if peer is None:  # a log that was brought back without what was read of others
                return HandedTo(will.successor_id, will.successor_id, "")
            return HandedTo(will.successor_id, peer.name, peer.url.rstrip("/"))

    def refuse_reports(self) -> None:
        """Raises ``Conflict`` that says where to go, once the log has ended."""
        to = self.to()
        if to is not None:
            raise Conflict(NO_REPORTS, name=to.name, url=to.url)
