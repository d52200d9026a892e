"""Partners: granted by the steward, met and read by the worker; nothing is handed on from one to another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
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
from registry.federation.peers import Introduction, Named, Peers
from registry.federation.pulled import Pulled
from registry.federation.pulling import Puller
from registry.federation.rate import RATE
from registry.federation.remote import SECONDS
from registry.federation.rules import Mode, Policy
from registry.federation.showing import PeerView
from registry.federation.standing import PeerState
from registry.federation.vouching import PREFIX, read_green
from registry.fetching import FetchFailed, Why
from registry.ledger.keys import parse_vkey
from registry.ledger.refusal import Refused
from registry.publication.green.models import PartnerRow
from registry.publication.green.parting import CONTRADICTED, NOT_FOLLOWED, NOT_YET, copies_go

SUBJECT: Final = "green-partner"
"""The audit trail's word for a partner."""
_UNLIKE: Final = f"fetch-{Why.STATUS.value}"
NO_PARTNER = N_("That node is no partner of this one.")
UNMET = N_("Nothing of what that partner shares was read so far.")
BLOCKED = N_("This node is blocked here. Only nodes whose logs are read can be partners.")
UNREADABLE = {
    PeerState.FROZEN: N_("This node is frozen here, since it contradicted itself. It cannot be a partner."),
    PeerState.KEPT: N_("This node is gone, and another one keeps its records. It cannot be a partner."),
    PeerState.OURS: N_("This node is gone, and its records are kept here. It cannot be a partner."),
}
"""Why a node whose log is not read any more cannot be a partner."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner: who it is, whether its log for partners was met, and how it stands.

    ``unread`` is since when it is not read in spite of looking, ``copies_go`` when copies of its records are
    forgotten if that stays so; None where there are none.
    """

    node_id: str
    name: str
    since: str
    met: bool
    trouble: str
    unread: date | None = None
    copies_go: date | None = None

    @property
    def refuses(self) -> bool:
        """Whether it answers as it does to strangers."""
        return self.trouble == NOT_YET

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "node": self.node_id,
            "name": self.name,
            "since": self.since,
            "met": self.met,
            "trouble": self.trouble or None,
            "unread_since": None if self.unread is None else self.unread.isoformat(),
            "copies_go": None if self.copies_go is None else self.copies_go.isoformat(),
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
        if not peer.policy.follows or peer.state in UNREADABLE:
            raise Conflict(UNREADABLE.get(peer.state, BLOCKED))
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
                raise NotFound(NO_PARTNER)
            session.delete(row)
            self._tell(session, node_id, "end")
        self.tidy()
        return node_id

    def read(self, node_id: str) -> Partner:
        """One partner; raises ``NotFound``."""
        with self._private.read() as session:
            row = session.get(PartnerRow, node_id)
        if row is None:
            raise NotFound(NO_PARTNER)
        return _shown(row, self._peers.names())

    def allow_withdrawals(self, name: str) -> Partner:
        """Let the mass withdrawal through that reading stopped at; raises ``NotFound`` or ``Conflict``."""
        found = self.read(self._peers.read(name).node_id)
        with self._private.read() as session:
            green_id = session.get_one(PartnerRow, found.node_id).green_id
        if green_id is None:
            raise NotFound(UNMET)
        self._greens.allow_withdrawals(green_id)
        return found

    def every(self) -> list[Partner]:
        """All partners, by their ids."""
        with self._private.read() as session:
            rows = session.scalars(select(PartnerRow).order_by(PartnerRow.node_id)).all()
        known = self._peers.names()
        return [_shown(row, known) for row in rows]

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
        self.tidy()
        if peer.policy.follows and peer.state is PeerState.FOLLOWING:
            try:
                pulled = self._read_on(peer, seconds)
            except FetchFailed as failed:
                pulled.trouble = self._trouble(failed)
            except Refused as refused:
                pulled.trouble = refused.reason
            except NoResultFound:  # it was ended while it was read
                self.tidy()
        else:
            pulled.trouble = NOT_FOLLOWED
        self._note(node_id, pulled.trouble)
        return pulled

    def _read_on(self, peer: PeerView, seconds: float) -> Pulled:
        """Read on in a partner's log; raises ``Refused`` or ``FetchFailed`` where it cannot be met."""
        green_id = self._met(peer)
        pulled = self._puller.pull(green_id[:10], seconds=seconds)
        if self._greens.read(green_id).state is not PeerState.FOLLOWING:
            pulled.trouble = CONTRADICTED
        if pulled.trouble == _UNLIKE:  # does it refuse us, or is something else the matter?
            self._introduced(peer)
        return pulled

    def _met(self, peer: PeerView) -> str:
        """Full id of the partner's log, pinned; raises ``Refused`` or ``FetchFailed``."""
        with self._private.read() as session:
            row = session.get_one(PartnerRow, peer.node_id)
        if row.green_id is not None and row.green_id in self._greens.names():
            return row.green_id
        met = self._introduced(peer)
        self._greens.pin(met, Policy(Mode.SHOW))
        green_id = met.descriptor.identity.id
        with self._private.work() as session:
            session.get_one(PartnerRow, peer.node_id).green_id = green_id
        return green_id

    def _introduced(self, peer: PeerView) -> Introduction:
        """What a partner says of its log for partners; raises ``Refused`` or ``FetchFailed``."""
        prefix = peer.url.rstrip("/") + PREFIX
        raw = self._way.get(f"{prefix}/descriptor", limit=DESCRIPTOR_MAX, seconds=SECONDS).body
        return Introduction(read_green(raw, parse_vkey(peer.vkey), peer.node_id), prefix, relayed=False)

    def _note(self, node_id: str, trouble: str) -> None:
        """Keep how a look ended; copies go where none ended well for long enough."""
        now = self._clock()
        with self._private.work() as session:
            row = session.get(PartnerRow, node_id, with_for_update=True)
            if row is None:
                return
            row.trouble, read = trouble, trouble in ("", RATE)  # the day's entries were read, more wait
            row.unread_at = None if read else row.unread_at or now
            refused = row.refused_at or (now if trouble == NOT_YET else None)
            row.refused_at = None if read else refused
            ends = copies_go(row.refused_at, row.unread_at)
            over = ends is not None and ends <= now and row.green_id is not None
            if over:
                self._part(session, row)
        if over:
            self.tidy()

    def _part(self, session: Session, row: PartnerRow) -> None:
        """Its copies are no longer a partner's; one that contradicted itself is none any more."""
        row.green_id = None
        self._tell(session, row.node_id, "forget")
        if row.trouble == CONTRADICTED:
            session.delete(row)
            self._tell(session, row.node_id, "end")

    def tidy(self) -> None:
        """Take away all that was read in logs that are no partner's, also if that was begun and not ended."""
        with self._private.read() as session:
            known = set(session.scalars(select(PartnerRow.green_id)))
        for green_id in self._greens.names().keys() - known:
            with self._green.work() as session:
                forget(session, green_id[:10])
            self._green.settle()

    @staticmethod
    def _trouble(failed: FetchFailed) -> str:
        return NOT_YET if failed.status == HTTPStatus.NOT_FOUND else f"fetch-{failed.why.value}"

    def _tell(self, session: Session, node_id: str, action: str) -> None:
        audit.append(session, Step(SUBJECT, node_id, action), REGISTRY, self._clock())


def _shown(row: PartnerRow, peers: Mapping[str, Named]) -> Partner:
    known = peers.get(row.node_id)
    name = row.node_id[:10] if known is None else known.name
    ends = copies_go(row.refused_at, row.unread_at) if row.green_id is not None else None
    return Partner(
        row.node_id,
        name,
        row.since.date().isoformat(),
        row.green_id is not None,
        row.trouble,
        unread=None if row.unread_at is None else row.unread_at.date(),
        copies_go=None if ends is None else ends.date(),
    )
