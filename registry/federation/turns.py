"""Following a peer's log to another key: only by its own entry, and only if the pinned key signed for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.federation.models import MirrorRotationRow, PeerRow
from registry.federation.remote import RemoteLog
from registry.federation.taking import Entries
from registry.ledger.checkpoints import open_checkpoint
from registry.ledger.envelopes import Op
from registry.ledger.keys import LogKey, parse_vkey
from registry.ledger.refusal import Refused
from registry.ledger.rotations import Rotated, keys_from
from registry.record.node import identity_of


def checkpoint_before(log: RemoteLog, peer: PeerRow) -> bytes:
    """A checkpoint that the pinned key signed, and that ends with the entry by which another key follows it.

    Raises ``Refused`` where the log has none: the key that signs it now is not this peer's then.
    """
    pinned = parse_vkey(peer.vkey)
    for one in log.rotations():
        if one.index >= peer.size and one.read().old == pinned:
            size = open_checkpoint(one.checkpoint, pinned).checkpoint.size
            if size == one.index + 1:
                return one.checkpoint
    raise Refused("signature-missing", "No key that is known here signed this log.")


def turns_in(log: RemoteLog, entries: Entries, peer: PeerRow) -> Sequence[Rotated]:
    """The rotations among these entries; raises ``Refused`` unless the pinned key is one of a good chain."""
    named = {
        one.position: one.envelope.commitment
        for one in entries.checked
        if one.envelope is not None and one.envelope.op is Op.KEY_ROTATE
    }
    if not named:
        return ()
    rotated = log.rotations()
    own = identity_of(dict(peer.genesis))
    keys = keys_from(LogKey(own.origin, own.public_key), own.id, (one.read() for one in rotated))
    found = [one for one in rotated if named.get(one.index) == one.commitment]
    if len(found) != len(named) or parse_vkey(peer.vkey) not in keys:
        raise Refused("rotation-other", "The key of the log is changed without the word of the one before.")
    return found


def keep(session: Session, peer: PeerRow, turns: Sequence[Rotated]) -> bool:
    """Keep rotations with the stretch that holds their entries, and pin the key that they lead to.

    Whether another key is pinned now. Those that led to the pinned key are history.
    """
    before = peer.vkey
    for one in turns:
        row = MirrorRotationRow(peer=peer.short, position=one.index, salt=one.salt, payload=one.payload)
        row.checkpoint = one.checkpoint
        session.add(row)
        said = one.read()
        if said.old.vkey == peer.vkey:
            peer.vkey = said.new.vkey
        if peer.announced == peer.vkey:
            peer.announced = None
    return peer.vkey != before


def keys(session: Session, peer: PeerRow) -> list[LogKey]:
    """The keys that a peer's log has had, as far as it was read, its first one first."""
    own = identity_of(dict(peer.genesis))
    first = LogKey(own.origin, own.public_key)
    return keys_from(first, own.id, (one.read() for one in kept(session, peer)))


def kept(session: Session, peer: PeerRow) -> list[Rotated]:
    """The rotations in the copy of a peer's log."""
    query = select(MirrorRotationRow).where(MirrorRotationRow.peer == peer.short)
    rows = session.scalars(query.order_by(MirrorRotationRow.position))
    return [Rotated(row.position, row.salt, row.payload, row.checkpoint) for row in rows]
