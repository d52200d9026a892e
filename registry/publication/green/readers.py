"""Which requests from other nodes may read what is shared with partners only."""

from __future__ import annotations

from collections.abc import Mapping

from registry.db.private import PrivateDatabase
from registry.federation.callers import Callers
from registry.federation.peers import Peers
from registry.federation.standing import PeerState
from registry.ledger.refusal import Refused
from registry.publication.green.models import PartnerRow


class GreenReaders:
    """Recognizes partners by the keys that are pinned for their public logs."""

    def __init__(self, private: PrivateDatabase, callers: Callers, peers: Peers) -> None:
        self._private, self._callers, self._peers = private, callers, peers

    def admits(self, method: str, url: str, headers: Mapping[str, str]) -> bool:
        """Whether a partner signed this request. Frozen nodes are none, nor those that are gone."""
        try:
            node_id = self._callers.recognize(method, url, headers)
        except Refused:
            return False
        with self._private.read() as session:
            if session.get(PartnerRow, node_id) is None:
                return False
        known = self._peers.names().get(node_id)
        return known is not None and known.state is PeerState.FOLLOWING
