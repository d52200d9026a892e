"""Peers: getting to know another node, pinning its key, and setting what becomes of its records here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.addresses import URL_MAX
from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.errors import N_, CommonsError, Conflict, Invalid, NotFound, Problem
from registry.federation import attesting, breaker, missing, reading
from registry.federation.apart import require_apart
from registry.federation.callers import announced
from registry.federation.descriptor import (
    DESCRIPTOR_MAX,
    MIRRORS_MAX,
    PATH,
    Descriptor,
    Mirror,
    read_descriptor,
)
from registry.federation.looks import Sooner
from registry.federation.models import MirrorEntryRow, PeerRow, WitnessedRow
from registry.federation.placing import place_all
from registry.federation.remote import SECONDS, Getter
from registry.federation.rules import HEARD, Mode, Policy
from registry.federation.showing import PeerView, known_witnesses, notes_of, view
from registry.federation.standing import OVER, PeerState, policy_of, rescoped
from registry.federation.view import Reader
from registry.fetching import Why
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.frontier import Frontier
from registry.record.node import NodeIdentity, identity_of
from registry.unmet import meeting

MIRROR_PATH: Final = "/mirror/"
"""Below a node's address, before the full id of another node: where the copy of that one's log is read."""
UNKNOWN_THERE: Final = f"fetch-{Why.STRANGER.value}"
_BY_NAME: Final = select(PeerRow).order_by(PeerRow.name, PeerRow.short)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A node that was met and whose key is not pinned yet; ``prefix`` is where its log is read."""

    descriptor: Descriptor
    prefix: str
    relayed: bool


@dataclass(frozen=True, slots=True)
class Named:
    """What a page needs of a peer: its own name, its address, how it stands, whether its log is read.

    ``keeper`` is the short id of the node (this one perhaps) that keeps its records since it is gone.
    """

    name: str
    url: str
    state: PeerState
    follows: bool
    keeper: str | None = None


class Peers:
    """Meets nodes, and keeps who is followed and how."""

    def __init__(self, public: PublicDatabase, getter: Getter, own: NodeIdentity, clock: Clock) -> None:
        self._public, self._getter, self._own, self._clock = public, getter, own, clock
        self._sooner = Sooner()

    def meet(self, url: str) -> Introduction:
        """Read the descriptor of the node at this address, or of the one that this mirror copies.

        Raises ``Refused``, ``FetchFailed``, or ``Conflict`` for this node itself.
        """
        base = url.rstrip("/")
        relayed = MIRROR_PATH in base
        address = f"{base}/descriptor" if relayed else base + PATH
        with meeting():
            raw = self._getter.get(address, limit=DESCRIPTOR_MAX, seconds=SECONDS).body
        descriptor = read_descriptor(raw)
        if descriptor.identity.id == self._own.id:
            raise Conflict(N_("This is the address of this node itself."))
        return Introduction(descriptor, base if relayed else f"{base}/ledger", relayed)

    def pin(self, met: Introduction, policy: Policy) -> PeerView:
        """Follow a node from now on, by the key that it showed.

        Meeting a peer again under another address moves it there. Raises ``Conflict`` where another peer,
        or this node, has the same short id or name of its log.
        """
        identity = met.descriptor.identity
        with self._public.work() as session:
            row = require_apart(session, self._own, identity)
            if row is None:
                session.add(self._row(met, policy))
            else:
                row.prefix, row.relayed = met.prefix, met.relayed
                row.name, row.url = met.descriptor.name, met.descriptor.url[:URL_MAX]
                row.witness = _witness(met.descriptor)
                row.mirrors_us = self._is_handed_on(met)
        return self.read(identity.short)

    def look_again(self, short: str) -> None:
        """Read a peer's descriptor once a day: its name, and whether it hands on this node's log.

        One that cannot be read now is left for tomorrow; the pull tells what is wrong. A peer that did not
        know this node when it was asked last is looked at each time: perhaps both changed their keys. One
        that cosigned this node's log and did not hand it on is looked at each hour: it will, once it read it.
        """
        with self._public.read() as session:
            peer = session.get_one(PeerRow, short)
        if peer.relayed or not self._is_due(peer):
            return
        try:
            met = self.meet(peer.url)
        except CommonsError:
            met = None
        with self._public.work() as session:
            row = session.get_one(PeerRow, short)
            row.met_on = today(self._clock)
            if met is not None and met.descriptor.identity.id == row.node_id:
                row.name, row.mirrors_us = met.descriptor.name, self._is_handed_on(met)
                row.witness = _witness(met.descriptor)
                row.announced = announced(met.descriptor, row.vkey)

    def every(self) -> list[PeerView]:
        """All peers, by name."""
        with self._public.read() as session:
            rows, known = session.scalars(_BY_NAME).all(), known_witnesses(session)
            return [view(session, row, known) for row in rows]

    def read(self, name: str) -> PeerView:
        """One peer, by short id, full id or its name; raises ``NotFound``."""
        with self._public.read() as session:
            return view(session, found_peer(session, name))

    def set_policy(self, name: str, policy: Policy, reader: Reader) -> PeerView:
        """Change what becomes of a peer's records, also of those that are here already.

        What was shown stays shown: it is the reviewers who take a record away from readers. Another scope
        holds for what is read from now on.
        """
        with self._public.work() as session:
            row = found_peer(session, name)
            short = row.short
            row.mode, row.scope = policy.mode.value, rescoped(row, policy.scope)
            row.max_rate = policy.max_rate
            session.flush()
            records = _records(session, row.short)
            attesting.adopt(session, records, reader.today)
            place_all(session, row, records, reader)
        reading.catch_up(self._public, short, reader)
        return self.read(short)

    def trust_reviews(self, name: str, reader: Reader, *, trusted: bool) -> PeerView:
        """Let a peer's reviews of other nodes' records count here, or no more; what is shown stays shown."""
        with self._public.work() as session:
            row = found_peer(session, name)
            row.reviews = trusted
            session.flush()
            attesting.show(session, attesting.reviewed_by(session, row.short), reader)
            return view(session, row)

    def allow_withdrawals(self, name: str) -> PeerView:
        """Let the mass withdrawal through that a pull stopped at, and no other: a person looked at it.

        Raises ``Conflict`` where none is stopped.
        """
        with self._public.work() as session:
            row = found_peer(session, name)
            session.refresh(row, with_for_update=True)
            breaker.let_through(row)
            return view(session, row)

    def hint(self, origin: str) -> bool:
        """Somebody says that this log has grown: look sooner; whether it is one that is followed."""
        with self._public.work() as session:
            for row in session.scalars(select(PeerRow)):
                if identity_of(dict(row.genesis)).origin == origin and policy_of(row).follows:
                    row.hinted = True
                    return True
        return False

    def witnesses(self) -> list[WitnessKey]:
        """The keys with which peers cosign, as they are pinned."""
        with self._public.read() as session:
            return known_witnesses(session)

    def names(self) -> dict[str, Named]:
        """Full id → what the node calls itself, where it is, and how it stands; by name."""
        with self._public.read() as session:
            rows = session.scalars(select(PeerRow).order_by(PeerRow.name, PeerRow.short))
            return {
                row.node_id: Named(
                    row.name,
                    row.url.rstrip("/"),
                    PeerState(row.state),
                    follows=policy_of(row).follows and row.state not in OVER,
                    keeper=row.successor,
                )
                for row in rows
            }

    def to_pass_to(self, node_id: str) -> str:
        """The node's id, where a report may be passed on to it; empty for none. Raises ``Invalid``."""
        if not node_id:
            return ""
        known = self.names().get(node_id)
        if known is None or not known.follows:
            message = N_("This node is not followed here. Choose another one, or name it in the note.")
            raise Invalid([Problem("/node", message)])
        return node_id

    def unheard(self) -> frozenset[str]:
        """Full ids of the nodes whose word on records is not told here."""
        with self._public.read() as session:
            return frozenset(session.scalars(select(PeerRow.node_id).where(PeerRow.mode.not_in(HEARD))))

    def seen(self) -> list[dict[str, str]]:
        """Of every followed log the newest notes that were read and cosigned, and what contradicts them."""
        with self._public.read() as session:
            rows = session.execute(
                select(PeerRow, WitnessedRow.note)
                .outerjoin(WitnessedRow, WitnessedRow.peer == PeerRow.short)
                .where(PeerRow.mode != Mode.BLOCKED.value)
                .order_by(PeerRow.short)
            )
            return [notes_of(row, witnessed) for row, witnessed in rows if row.note or witnessed]

    def mirrors(self, base_url: str) -> list[Mirror]:
        """The copies that this node hands on."""
        with self._public.read() as session:
            query = select(PeerRow).where(PeerRow.mode != Mode.BLOCKED.value, PeerRow.size > 0)
            rows = session.scalars(query.order_by(PeerRow.name, PeerRow.short).limit(MIRRORS_MAX)).all()
            lacking = missing.lacking(session)
        return [_mirror(row, base_url, lacking) for row in rows]

    def _is_due(self, peer: PeerRow) -> bool:
        if peer.met_on != today(self._clock) or peer.trouble == UNKNOWN_THERE:
            return True
        return bool(peer.cosigned) and not peer.mirrors_us and self._sooner.is_due(peer.short, self._clock())

    def _is_handed_on(self, met: Introduction) -> bool:
        """Whether a node that was met itself says that it hands on this node's log."""
        return not met.relayed and self._own.id in met.descriptor.mirrors

    def _row(self, met: Introduction, policy: Policy) -> PeerRow:
        said = met.descriptor
        return PeerRow(
            short=said.identity.short,
            node_id=said.identity.id,
            genesis=said.identity.genesis,
            name=said.name,
            url=said.url[:URL_MAX],
            prefix=met.prefix,
            relayed=met.relayed,
            vkey=said.key.vkey,
            mode=policy.mode.value,
            scope=policy.scope.to_json(),
            max_rate=policy.max_rate,
            state=PeerState.FOLLOWING.value,
            added=today(self._clock),
            edge=Frontier().to_bytes(),
            witness=_witness(said),
            mirrors_us=self._is_handed_on(met),
        )


def _mirror(row: PeerRow, base_url: str, lacking: frozenset[str]) -> Mirror:
    address = f"{base_url}{MIRROR_PATH}{row.node_id}"
    return Mirror(row.node_id, row.name, address, missing.told(row, lacks=row.short in lacking))


def found_peer(session: Session, name: str) -> PeerRow:
    """A peer by short id first, then by name: an id cannot be given to another node; raises ``NotFound``."""
    row = session.get(PeerRow, name[:10].upper()) if len(name) in {10, 52} else None
    if row is not None and row.node_id.startswith(name.upper()):
        return row
    named = session.scalars(select(PeerRow).where(PeerRow.name == name).limit(2)).all()
    if len(named) != 1:
        raise NotFound(N_("No peer is called so, or more than one is. Use its id: commons peer list"))
    return named[0]


def _records(session: Session, short: str) -> list[str]:
    query = select(MirrorEntryRow.record_id).where(
        MirrorEntryRow.peer == short, MirrorEntryRow.record_id.startswith(f"AIR-{short}-")
    )
    return sorted(set(session.scalars(query)))


def _witness(said: Descriptor) -> str | None:
    return None if said.witness is None else said.witness.vkey
