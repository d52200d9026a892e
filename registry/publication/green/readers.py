"""Which requests from other nodes may read what is shared with partners only."""

from __future__ import annotations

from collections.abc import Mapping

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.federation.callers import Callers
from registry.federation.peers import Peers
from registry.federation.standing import PeerState
from registry.ledger.refusal import Refused
from registry.publication.green.models import PartnerRow
from registry.publication.green.replays import SeenRequests


class GreenReaders:
    """Recognizes partners by the keys that are pinned for their public logs."""

    def __init__(self, private: PrivateDatabase, callers: Callers, peers: Peers, clock: Clock) -> None:
        self._private, self._callers, self._peers = private, callers, peers
        self.seen = SeenRequests(private, clock)

    def admits(self, method: str, url: str, headers: Mapping[str, str]) -> bool:
        """Whether a partner signed this request, and it comes for the first time.

        Frozen nodes are no partners, nor those that are gone.
        """
        try:
            said = self._callers.recognize(method, url, headers)
        except Refused:
            return False
        with self._private.read() as session:
            if session.get(PartnerRow, said.node_id) is None:
                return False
        known = self._peers.names().get(said.node_id)
        return known is not None and known.state is PeerState.FOLLOWING and self.seen.first_time(said)
