"""Which of the nodes that are followed asks: for a node that hands out its log to those alone."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from registry.db.public import PublicDatabase
from registry.federation.models import PeerRow
from registry.federation.rules import Mode
from registry.federation.signed_requests import recognized
from registry.ledger.keys import parse_vkey


class Callers:
    """Recognizes peers by the keys that are pinned."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def recognize(self, method: str, url: str, headers: Mapping[str, str]) -> str:
        """The full id of the peer that signed this request; raises ``Refused``. Who is blocked is unknown."""
        return recognized(method, url, headers, self._key_of)

    def _key_of(self, node_id: str) -> bytes | None:
        query = select(PeerRow.vkey).where(PeerRow.node_id == node_id, PeerRow.mode != Mode.BLOCKED.value)
        with self._public.read() as session:
            vkey = session.scalar(query)
        return None if vkey is None else parse_vkey(vkey).public
