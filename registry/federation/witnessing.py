"""Being a witness: cosigning the checkpoints of logs that only ever grew (C2SP tlog-witness).

Looking at what was cosigned last and keeping what is cosigned now is one transaction in which the peer's row
is held, and it is on disk before anybody is given the signature. So two logs of one size are never both
signed, however many ask at once. What this node has copied of the log itself counts as well: a
checkpoint that contradicts the copy freezes the peer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.errors import N_, CommonsError, Conflict, Invalid, Malformed, NotAllowed, NotFound, Problem
from registry.federation.models import PeerRow, WitnessedRow
from registry.federation.own_witness import OwnWitness
from registry.federation.rules import Mode
from registry.federation.standing import PeerState
from registry.federation.submissions import Submission, parse_submission
from registry.federation.verifying import Broken
from registry.federation.witnessed import contradicts_copy
from registry.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from registry.ledger.hashing import EMPTY_ROOT
from registry.ledger.keys import parse_vkey
from registry.ledger.notes import open_note
from registry.ledger.proofs import check_consistency
from registry.ledger.refusal import Refused

UNKNOWN = N_("This node does not follow a log of this origin, and so does not witness it.")
UNSIGNED = N_("No key that this node trusts for this log signed the checkpoint.")
SMALLER = N_("The old size is larger than that of the checkpoint.")
OTHER_ROOT = N_("Another log of %(size)s entries was signed before. Both notes are kept.")
UNPROVED = N_("The proof does not lead from the checkpoint that was cosigned last to this one.")


class OtherSize(Conflict):
    """The witness cosigned another size last; ``size`` is that one."""

    message = N_("Another size was cosigned last: %(size)s.")

    def __init__(self, size: int) -> None:
        super().__init__(size=size)
        self.size = size


class Witnessing:
    """The witness that this node is for its peers; without a key it knows no log."""

    def __init__(self, public: PublicDatabase, own: OwnWitness | None) -> None:
        self._public, self._own = public, own

    @property
    def own(self) -> OwnWitness | None:
        """Key and statement, where this node is a witness."""
        return self._own

    def add(self, raw: bytes) -> bytes:
        """Cosign the checkpoint in this body of ``add-checkpoint``; gives the signature lines.

        Raises, in this order: ``Malformed``; ``NotFound`` for a log that is not followed; ``NotAllowed``
        without a good signature; ``Malformed`` for an old size beyond the checkpoint; ``OtherSize``;
        ``Invalid`` for what contradicts what was cosigned, or is not proved.
        """
        try:
            submission = parse_submission(raw)
            origin = submission.origin
        except Refused as refused:
            raise Malformed(refused.text) from refused
        with self._public.work() as session:
            done = self._judge(session, submission, origin)
        if isinstance(done, CommonsError):  # raised only now: evidence is kept by the unit above
            raise done
        return done

    def newest(self, origin_hash: str) -> bytes:
        """The newest checkpoint that was cosigned of the log with this SHA-256 (hex); raises ``NotFound``."""
        with self._public.read() as session:
            for row in session.scalars(select(WitnessedRow)):
                if hashlib.sha256(row.origin.encode()).hexdigest() == origin_hash:
                    return row.note
        raise NotFound

    def _judge(self, session: Session, submission: Submission, origin: str) -> bytes | CommonsError:
        peers = _held(session, origin)
        if self._own is None or not peers:
            return NotFound(UNKNOWN)
        found = _signed_by(peers, submission.note)
        if isinstance(found, CommonsError):
            return found
        peer, signed = found
        now, before = signed.checkpoint, session.get(WitnessedRow, origin)
        if before is not None and before.peer != peer.short:
            return NotAllowed(UNSIGNED)  # two peers say that they are the log of this name
        if submission.old > now.size:
            return Malformed(SMALLER)
        if submission.old != (before.size if before is not None else 0):
            return OtherSize(before.size if before is not None else 0)
        return self._continued(session, peer, signed, submission, before)

    def _continued(
        self,
        session: Session,
        peer: PeerRow,
        signed: SignedCheckpoint,
        submission: Submission,
        before: WitnessedRow | None,
    ) -> bytes | CommonsError:
        now = signed.checkpoint
        forked = before is not None and before.size == now.size and before.root != now.root
        if forked or contradicts_copy(session, peer, now):
            peer.state, peer.trouble = PeerState.FROZEN.value, Broken.FORK.value
            peer.evidence = submission.note
            return Invalid([Problem("/checkpoint", OTHER_ROOT, {"size": now.size})])
        old_root = before.root if before is not None else EMPTY_ROOT
        try:
            check_consistency(submission.old, now.size, submission.path, old_root, now.root)
        except Refused:
            return Invalid([Problem("/proof", UNPROVED)])
        return self._keep(session, peer, signed, before)

    def _keep(
        self, session: Session, peer: PeerRow, signed: SignedCheckpoint, before: WitnessedRow | None
    ) -> bytes:
        own = self._own
        if own is None:
            raise NotFound(UNKNOWN)
        now = signed.checkpoint
        line = own.witness.line(signed).encode("utf-8")
        note = signed.bare + line
        if before is None:
            row = WitnessedRow(origin=now.origin, peer=peer.short, size=now.size, root=now.root, note=note)
            session.add(row)
        else:
            before.size, before.root, before.note = now.size, now.root, note
        return line


def _held(session: Session, origin: str) -> Sequence[PeerRow]:
    """The peers with a log of this name that are read, held until the unit ends."""
    shorts = [
        short
        for short, vkey, mode in session.execute(select(PeerRow.short, PeerRow.vkey, PeerRow.mode))
        if parse_vkey(vkey).name == origin and mode != Mode.BLOCKED.value
    ]
    query = select(PeerRow).where(PeerRow.short.in_(shorts)).order_by(PeerRow.short).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).all()


def _signed_by(peers: Sequence[PeerRow], note: bytes) -> tuple[PeerRow, SignedCheckpoint] | CommonsError:
    """The peer whose key signed the checkpoint. The key of a frozen one is not trusted any more."""
    trusted = [peer for peer in peers if peer.state == PeerState.FOLLOWING.value]
    keys = {parse_vkey(peer.vkey).key_id: peer for peer in trusted}
    try:
        opened = open_note(note, [parse_vkey(peer.vkey) for peer in trusted])
    except Refused:
        return NotAllowed(UNSIGNED)
    peer = next(keys[one.key_id] for one in opened.verified if one.key_id in keys)
    try:
        return peer, open_checkpoint(note, parse_vkey(peer.vkey))
    except Refused as refused:
        if refused.reason == "checkpoint-root":
            return Invalid([Problem("/checkpoint", OTHER_ROOT, {"size": 0})])
        return Malformed(refused.text)
