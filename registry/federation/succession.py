"""Records of peers that are gone: whether their successor's word counts here, and letting it count.

All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.federation import mirror, turns, unchanged, wills
from registry.federation.acknowledging import Acknowledge
from registry.federation.models import CustodyRow, MirrorEntryRow, PeerRow
from registry.federation.placing import Placed, place_all
from registry.federation.rules import HOLDING, WITHDRAWING, Standing, breaks
from registry.federation.standing import PeerState, accepted, accepted_among, policy_of
from registry.federation.succession_rules import Acceptance, Copy, Naming, Verdict, judge
from registry.federation.view import Reader
from registry.ledger.custody import Accepted
from registry.ledger.envelopes import Envelope, Op, parse_envelope, require_next
from registry.ledger.frontier import Frontier
from registry.ledger.keys import parse_vkey
from registry.ledger.refusal import Refused


@dataclass(frozen=True, slots=True)
class Case:
    """What was read of the custody of one peer's records, and what to think of it."""

    verdict: Verdict
    naming: CustodyRow | None = None
    acceptance: CustodyRow | None = None
    frozen: int | None = None
    """Entries of the log that was accepted."""


@dataclass(slots=True)
class Settled:
    """What a successor's word did here: entries that count now, records shown anew and erased, set aside."""

    counted: int = 0
    shown: int = 0
    erased: list[str] = field(default_factory=list)
    refused: int = 0


def case(session: Session, peer: PeerRow) -> Case:
    """What to think of the custody of this peer's records now."""
    naming = wills.named(session, peer.node_id)
    if naming is None:
        return Case(Verdict.UNNAMED)
    short = naming.successor[:10] if naming.successor else ""
    keeper = session.get(PeerRow, short) if short else None
    acceptance = wills.accepted(session, short, peer.node_id) if short else None
    keys = None
    if keeper is not None and keeper.node_id == naming.successor and _is_read(keeper):
        keys = [key.vkey for key in turns.keys(session, keeper)]
    accepted = None if acceptance is None else _accepted(acceptance, peer)
    copy = Copy(peer.size, Frontier.from_bytes(peer.edge).root())
    said = Naming(naming.kind, naming.leaf, naming.successor, naming.key)
    verdict = judge(said, keys, accepted, copy)
    return Case(verdict, naming, acceptance, None if accepted is None else accepted.size)


def _is_read(keeper: PeerRow) -> bool:
    """A node that signed two histories keeps nothing, nor does one that is blocked here or gone itself."""
    return keeper.state == PeerState.FOLLOWING.value and policy_of(keeper).follows


def succeed(peer: PeerRow, keeper: str) -> None:
    """From now on the node with this short id keeps the peer's records: its log is read no further."""
    peer.state, peer.successor, peer.trouble = PeerState.KEPT.value, keeper, ""


def take_back(peer: PeerRow) -> None:
    """The peer keeps its own records again: its log is read on from where it was read to."""
    peer.state, peer.successor, peer.trouble, peer.evidence = PeerState.FOLLOWING.value, None, "", None


def has_counted(session: Session, peer: PeerRow) -> bool:
    """Whether anything that the keeper of a peer's records wrote of them was taken or set aside here.

    What is only claimed changed nothing; everything else could not be undone without a trace.
    """
    said = _by(peer, peer.successor or "").where(MirrorEntryRow.standing != Standing.CLAIMED.value)
    return session.scalar(said.limit(1)) is not None


def follow_handed_over(session: Session, node_ids: Iterable[str]) -> list[PeerRow]:
    """Let successors follow where the old node itself said that it is over; gives whose records those are.

    One that would take away many of the records at once waits for a person, as each mass withdrawal does.
    """
    found = []
    for node_id in sorted(node_ids):
        peer = session.get(PeerRow, node_id[:10])
        if peer is None or peer.node_id != node_id or peer.state != PeerState.FOLLOWING.value:
            continue
        seen = case(session, peer)
        if seen.verdict is not Verdict.HANDED_OVER or seen.acceptance is None:
            continue
        if not _empties(session, peer, seen.acceptance.origin):
            succeed(peer, seen.acceptance.origin)
            found.append(peer)
    return found


def settle(session: Session, peer: PeerRow, reader: Reader, acknowledge: Acknowledge) -> Settled:
    """Let what the keeper of a peer's records said of them count, in its order, and show what follows."""
    settled, said = Settled(), list[Envelope]()
    if peer.state != PeerState.KEPT.value:
        return settled
    for row in _claimed(session, peer):
        envelope = parse_envelope(row.leaf)
        try:
            _require_next(session, envelope)
            became = _became(session, envelope)
        except Refused as refused:
            row.standing, row.reason = Standing.QUARANTINED.value, refused.reason
            settled.refused += 1
        else:
            row.standing = became.value
            said.append(envelope)
        session.flush()
    ids = dict.fromkeys(one.id for one in said)
    for record_id, placed in place_all(session, peer, ids, reader).items():
        settled.shown += placed is Placed.SHOWN
        settled.erased += [record_id] if placed is Placed.ERASED else []
    for one in said:
        if one.op is Op.ERASE:
            acknowledge(session, one)
    settled.counted = len(said)
    return settled


def _require_next(session: Session, envelope: Envelope) -> None:
    """Raises ``Refused`` unless it follows what was said last of the record.

    An erasure is done whatever was said: its keeper may have had less of the old log than there is here.
    """
    last = mirror.standings(session, [envelope.id]).get(envelope.id)
    if envelope.op is not Op.ERASE or last is None or last.op is Op.ERASE:
        require_next(envelope, last)


def claimed(session: Session, peer: PeerRow, keeper: str) -> dict[str, int]:
    """How many records the named successor would retract, reinstate or erase, by operation."""
    found: dict[str, int] = {}
    for row in session.scalars(_of(peer, keeper)):
        found[row.op] = found.get(row.op, 0) + 1
    return found


def _empties(session: Session, peer: PeerRow, keeper: str) -> bool:
    """Whether what the keeper wrote takes away so many of the peer's records that a person has to look."""
    withdrawing = tuple(op.value for op in WITHDRAWING)
    gone = {row.record_id for row in session.scalars(_of(peer, keeper)) if row.op in withdrawing}
    return breaks(accepted_among(session, peer, gone), accepted(session, peer))


def _became(session: Session, envelope: Envelope) -> Standing:
    """Raises ``Refused`` where the record would say something else than its own node published."""
    if envelope.op not in HOLDING:
        return Standing.NOTED
    return Standing.TAKEN if unchanged.is_same(session, envelope) else Standing.PASSED


def _claimed(session: Session, peer: PeerRow) -> list[MirrorEntryRow]:
    return list(session.scalars(_of(peer, peer.successor or "")))


def _of(peer: PeerRow, keeper: str) -> Select[MirrorEntryRow]:
    claimed = MirrorEntryRow.standing == Standing.CLAIMED.value
    return _by(peer, keeper).where(claimed).order_by(MirrorEntryRow.position)


def _by(peer: PeerRow, keeper: str) -> Select[MirrorEntryRow]:
    """What the log of the keeper says of the peer's records."""
    of_it = MirrorEntryRow.record_id.startswith(f"AIR-{peer.short}-", autoescape=True)
    return select(MirrorEntryRow).where(MirrorEntryRow.peer == keeper, of_it)


def _accepted(row: CustodyRow, peer: PeerRow) -> Acceptance:
    """What was accepted, as far as the peer's own key signed it."""
    try:
        signed = Accepted(row.note or b"").frozen(parse_vkey(peer.vkey)).checkpoint
    except Refused:
        return Acceptance(row.previous, None, b"")
    return Acceptance(row.previous, signed.size, signed.root)
