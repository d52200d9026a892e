"""What this node says of custody in its own log: who follows it, and whose records it keeps."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict
from registry.federation import turns, wills
from registry.federation.models import PeerRow
from registry.federation.peers import found_peer
from registry.federation.showing import signed_size
from registry.federation.standing import PeerState, policy_of
from registry.ledger import successors, turning
from registry.ledger.checkpoints import open_checkpoint
from registry.ledger.custody import HANDS_OVER, NAMES, REVOKES, Accepted, Named, Successor
from registry.ledger.envelopes import Op, Standing
from registry.ledger.frontier import Frontier
from registry.ledger.keys import LogKey, parse_vkey
from registry.ledger.refusal import Refused
from registry.ledger.stored import has_ended, held_head
from registry.ledger.successors import Will, Writer
from registry.record.node import NodeIdentity

NOBODY = N_("This node named no successor.")
ENDED = N_("This node handed over its records already. Its log has ended.")
ACCEPTED = N_("The successor accepted already. It cannot be taken back any more.")
NOT_FOLLOWED = N_("The log of that node is not read any further here, so its end is not known.")
NOT_NAMED = N_("The log of that node does not name this one, with a key that it has had, as its successor.")
NOT_READ = N_("Not all of the log of that node that is signed was read. Look again: commons peer sync")
NOT_SIGNED = N_(
    "Where the log of that node ends is not signed by its newest key, so nobody could check it."
    " Follow a copy that has that signature, look again, and accept then."
)
NOT_KEPT = N_("This node does not keep the records of that one.")
NOT_GONE = N_("That node did not hand over its records. If it is gone for good, say so: --lost")


@dataclass(frozen=True, slots=True)
class OwnCustody:
    """What this node says last of its own records, whether its log has ended, and who says to keep them."""

    will: Will | None
    ended: bool
    kept_by: tuple[str, ...]
    """Short ids of the nodes whose logs accept them as they were named."""


class Custodian:
    """Writes ``custody`` entries; the caller has them signed."""

    def __init__(self, public: PublicDatabase, own: NodeIdentity, version: str, clock: Clock) -> None:
        """``version`` is that of the taxonomy, which every entry names."""
        self._public, self._own, self._version, self._clock = public, own, version, clock

    def standing(self) -> OwnCustody:
        """How it is with this node's own records."""
        with self._public.read() as session:
            will = successors.own(session, self._own.id)
            ended = will is not None and will.said.says == HANDS_OVER
            return OwnCustody(will, ended, _kept_by(session, self._own.id, will))

    def name(self, name: str) -> PeerRow:
        """Name a node that is followed as the successor, by its id and its key of today."""
        with self._public.work() as session:
            peer = found_peer(session, name)
            self._require_open(session)
            if peer.state != PeerState.FOLLOWING.value:
                raise Conflict(NOT_FOLLOWED)
            said = Named(NAMES, Successor(peer.node_id, peer.vkey))
            successors.name(session, self._by(), said)
            return peer

    def revoke(self) -> None:
        """Name nobody any more; raises ``Conflict`` where the successor accepted already."""
        with self._public.work() as session:
            will = self._named(session)
            if _kept_by(session, self._own.id, will):
                raise Conflict(ACCEPTED)
            successors.name(session, self._by(), Named(REVOKES, None))

    def hand_over(self) -> str:
        """End this node's log: the named successor keeps its records from now on; gives its full id."""
        with self._public.work() as session:
            will = self._named(session)
            successors.name(session, self._by(), Named(HANDS_OVER, will.said.successor))
            return will.successor_id or ""

    def accept(self, name: str, *, lost: bool) -> PeerRow:
        """Keep the records of a node that named this one. Raises ``Conflict`` unless all of it was read.

        ``lost``: somebody here says that it is gone and could not hand over.
        """
        with self._public.work() as session:
            peer = found_peer(session, name)
            naming = wills.named(session, peer.node_id)
            if peer.state != PeerState.FOLLOWING.value or not policy_of(peer).follows:
                raise Conflict(NOT_FOLLOWED)
            if naming is None or naming.successor != self._own.id or naming.key not in self._keys(session):
                raise Conflict(NOT_NAMED)
            if naming.kind != HANDS_OVER and not lost:
                raise Conflict(NOT_GONE)
            if signed_size(peer) != peer.size:
                raise Conflict(NOT_READ)
            frozen = _signed_end(session, peer)
            named = Standing(naming.revision, naming.leaf, Op.CUSTODY)
            successors.accept(session, self._by(), peer.node_id, named, Accepted(frozen))
            peer.state, peer.successor, peer.trouble = PeerState.OURS.value, self._own.short, ""
            return peer

    def read_on(self, name: str) -> PeerRow:
        """Read a log further whose records this node keeps: somebody has more of it. Accept it again then."""
        with self._public.work() as session:
            peer = found_peer(session, name)
            if peer.state != PeerState.OURS.value:
                raise Conflict(NOT_KEPT)
            peer.state, peer.successor, peer.trouble, peer.evidence = (
                PeerState.FOLLOWING.value,
                None,
                "",
                None,
            )
            return peer

    def _by(self) -> Writer:
        return Writer(self._own.id, self._version, today(self._clock))

    def _keys(self, session: Session) -> list[str]:
        first = LogKey(self._own.origin, self._own.public_key)
        return [key.vkey for key in turning.keys(session, first, self._own.id)]

    def _require_open(self, session: Session) -> None:
        if has_ended(session, held_head(session)):
            raise Conflict(ENDED)

    def _named(self, session: Session) -> Will:
        self._require_open(session)
        will = successors.own(session, self._own.id)
        if will is None or will.said.successor is None:
            raise Conflict(NOBODY)
        return will


def _signed_end(session: Session, peer: PeerRow) -> bytes:
    """The checkpoint of all that was read, signed by the key that is pinned now; raises ``Conflict``.

    A log that ends with a change of its key may have been read under the key before. The change itself came
    with a checkpoint that both signed.
    """
    key, root = parse_vkey(peer.vkey), Frontier.from_bytes(peer.edge).root()
    for note in (peer.note, *(one.checkpoint for one in turns.kept(session, peer)[-1:])):
        try:
            signed = open_checkpoint(note or b"", key)
        except Refused:
            continue
        if (signed.checkpoint.size, signed.checkpoint.root) == (peer.size, root):
            return signed.bare
    raise Conflict(NOT_SIGNED)


def _kept_by(session: Session, own: str, will: Will | None) -> tuple[str, ...]:
    """The named node, if its log accepts by the entry that names it."""
    if will is None or will.successor_id is None:
        return ()
    found = wills.keepers(session, own, will.entry.leaf)
    return tuple(one for one in found if one == will.successor_id[:10])
