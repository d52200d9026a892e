"""Which of the nodes that are followed asks: for a node that hands out its log to those alone.

A node that changed the key of its log asks with the new one at once, and is to be let in before its log was
read up to the change: otherwise two nodes that both ask who reads would lock each other out.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from registry.db.public import PublicDatabase
from registry.federation.descriptor import Descriptor
from registry.federation.models import PeerRow
from registry.federation.rules import Mode
from registry.federation.signed_requests import Signed, recognized
from registry.ledger.keys import parse_vkey


def announced(said: Descriptor, pinned: str) -> str | None:
    """The key that a peer's descriptor shows to follow from the ``pinned`` one; None where it shows none.

    Each key signed for the next one. A descriptor in which the pinned key does not stand announces nothing.
    """
    known = [key.vkey for key in said.keys]
    return known[-1] if pinned in known[:-1] else None


class Callers:
    """Recognizes peers by the keys that are pinned, or announced by those. Logs are read by pinned ones."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def recognize(self, method: str, url: str, headers: Mapping[str, str]) -> Signed:
        """Which peer signed this request; raises ``Refused``. Who is blocked is unknown."""
        return recognized(method, url, headers, self._key_of)

    def _key_of(self, node_id: str) -> bytes | None:
        newest = func.coalesce(PeerRow.announced, PeerRow.vkey)
        query = select(newest).where(PeerRow.node_id == node_id, PeerRow.mode != Mode.BLOCKED.value)
        with self._public.read() as session:
            vkey = session.scalar(query)
        return None if vkey is None else parse_vkey(vkey).public
