"""Partners: granted by the steward, met and read by the worker; nothing is handed on from one to another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.green import GreenDatabase
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.federation.descriptor import DESCRIPTOR_MAX
from registry.federation.forgetting import forget
from registry.federation.introducing import Signing
from registry.federation.looks import Looks
from registry.federation.peers import Introduction, Peers
from registry.federation.pulled import Pulled
from registry.federation.pulling import Puller
from registry.federation.remote import SECONDS
from registry.federation.rules import Mode, Policy
from registry.federation.showing import PeerView
from registry.federation.standing import PeerState
from registry.federation.vouching import PREFIX, read_green
from registry.fetching import FetchFailed
from registry.ledger.keys import parse_vkey
from registry.ledger.refusal import Refused
from registry.publication.green.models import PartnerRow

SUBJECT: Final = "green-partner"
"""The audit trail's word for a partner."""
NOT_YET: Final = "not-granted"
"""It does not let this node read, or has nothing for partners: the answer is the same."""
NOT_FOLLOWED = N_("This node is blocked or frozen here. Only nodes that are followed can be partners.")
NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner: who it is, whether its log for partners was met, and how it stands."""

    node_id: str
    name: str
    since: str
    met: bool
    trouble: str

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "node": self.node_id,
            "name": self.name,
            "since": self.since,
            "met": self.met,
            "trouble": self.trouble or None,
        }


class Partners:
    """Who reads what is shared here, and what is read there.

    ``peers`` are the nodes that are followed in public, ``greens`` their logs for partners.
    """

    def __init__(
        self,
        sides: tuple[PrivateDatabase, GreenDatabase],
        peers: Peers,
        greens: Peers,
        puller: Puller,
        way: Signing,
        clock: Clock,
    ) -> None:
        self._private, self._green = sides
        self._peers, self._greens, self._puller = peers, greens, puller
        self._way, self._clock, self._looks = way, clock, Looks()

    def grant(self, name: str) -> Partner:
        """Let a followed node read; raises ``NotFound``, or ``Conflict`` where it is not followed rightly."""
        peer = self._peers.read(name)
        if not peer.policy.follows or peer.state is not PeerState.FOLLOWING:
            raise Conflict(NOT_FOLLOWED)
        with self._private.work() as session:
            if session.get(PartnerRow, peer.node_id) is None:
                session.add(PartnerRow(node_id=peer.node_id, trouble="", since=self._clock()))
                self._tell(session, peer.node_id, "grant")
        return self.read(peer.node_id)

    def end(self, name: str) -> str:
        """Let it read no more, and read no more there; gives its full id. Raises ``NotFound``.

        Copies of its records go: nobody would tell this node when one of them is erased.
        """
        node_id = self._peers.read(name).node_id
        with self._private.work() as session:
            row = session.get(PartnerRow, node_id, with_for_update=True)
            if row is None:
                raise NotFound
            green_id = row.green_id
            session.delete(row)
            self._tell(session, node_id, "end")
        if green_id is not None:
            with self._green.work() as session:
                forget(session, green_id[:10])
            self._green.settle()
        return node_id

    def read(self, node_id: str) -> Partner:
        """One partner; raises ``NotFound``."""
        with self._private.read() as session:
            row = session.get(PartnerRow, node_id)
        if row is None:
            raise NotFound
        return self._shown(row)

    def every(self) -> list[Partner]:
        """All partners, by their ids."""
        with self._private.read() as session:
            rows = session.scalars(select(PartnerRow).order_by(PartnerRow.node_id)).all()
        return [self._shown(row) for row in rows]

    def names(self) -> dict[str, str]:
        """Full id of a partner's log → what the partner calls itself."""
        return {key: known.name for key, known in self._greens.names().items()}

    def due(self, every: timedelta) -> str | None:
        """The partner that was looked at longest ago, if that is long enough."""
        with self._private.read() as session:
            ids = list(session.scalars(select(PartnerRow.node_id)))
        return self._looks.next([(one, False) for one in ids], self._clock(), every)

    def pull(self, node_id: str, *, seconds: float = math.inf) -> Pulled:
        """Meet a partner if it was not met yet, and read on in its log; what went wrong is in ``trouble``."""
        peer, pulled = self._peers.read(node_id), Pulled()
        self._looks.note(node_id, self._clock(), more=False)
        if not peer.policy.follows or peer.state is not PeerState.FOLLOWING:
            return pulled
        try:
            green_id = self._met(peer)
        except FetchFailed as failed:
            pulled.trouble = NOT_YET if failed.status == NOT_FOUND else f"fetch-{failed.why.value}"
        except Refused as refused:
            pulled.trouble = refused.reason
        else:
            pulled = self._puller.pull(green_id[:10], seconds=seconds)
        self._note(node_id, pulled.trouble)
        return pulled

    def _met(self, peer: PeerView) -> str:
        """Full id of the partner's log, pinned; raises ``Refused`` or ``FetchFailed``."""
        with self._private.read() as session:
            row = session.get_one(PartnerRow, peer.node_id)
        if row.green_id is not None:
            return row.green_id
        base = peer.url.rstrip("/")
        raw = self._way.get(f"{base}{PREFIX}/descriptor", limit=DESCRIPTOR_MAX, seconds=SECONDS).body
        said = read_green(raw, parse_vkey(peer.vkey), peer.node_id)
        self._greens.pin(Introduction(said, base + PREFIX, relayed=False), Policy(Mode.SHOW))
        with self._private.work() as session:
            session.get_one(PartnerRow, peer.node_id).green_id = said.identity.id
        return said.identity.id

    def _note(self, node_id: str, trouble: str) -> None:
        with self._private.work() as session:
            row = session.get(PartnerRow, node_id, with_for_update=True)
            if row is not None and row.trouble != trouble:
                row.trouble = trouble

    def _shown(self, row: PartnerRow) -> Partner:
        known = self._peers.names().get(row.node_id)
        name = row.node_id[:10] if known is None else known.name
        return Partner(row.node_id, name, row.since.date().isoformat(), row.green_id is not None, row.trouble)

    def _tell(self, session: Session, node_id: str, action: str) -> None:
        audit.append(session, Step(SUBJECT, node_id, action), REGISTRY, self._clock())
