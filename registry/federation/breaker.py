"""The breaker: a mass withdrawal is not read before a person here allowed that one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from registry.errors import N_, Conflict
from registry.federation.models import PeerRow
from registry.federation.pulled import MASS_WITHDRAWAL
from registry.federation.rules import BREAKER_COUNT, WITHDRAWING, breaks
from registry.federation.standing import accepted, accepted_among
from registry.federation.taking import Stretch
from registry.federation.verifying import Checked
from registry.ledger.envelopes import Envelope
from registry.record.types import RecordState

NOT_STOPPED: Final = N_("No mass withdrawal of that node is stopped. Look again first: commons peer sync")


def stops(session: Session, peer: PeerRow, stretch: Stretch) -> bool:
    """Whether a person has to look first; how far what is stopped reaches is remembered then.

    Nothing is counted for the few withdrawals of every day, nor are those that a person allowed. What comes
    while one is stopped is not what the person was asked about: it is asked about after that.
    """
    new = [one for one in stretch.entries if one.position >= peer.allowed and _withdraws(one, stretch)]
    if not _break_any(session, peer, new):
        return False
    peer.stopped = peer.stopped or new[-1].position + 1
    return True


def let_through(peer: PeerRow) -> None:
    """Allow what is stopped, and no more; raises ``Conflict`` where nothing is."""
    if peer.stopped is None:
        raise Conflict(NOT_STOPPED)
    peer.allowed, peer.stopped = peer.stopped, None
    if peer.trouble == MASS_WITHDRAWAL:
        peer.trouble = ""


def reach(peer: PeerRow, start: int, end: int) -> int:
    """Where a stretch from ``start`` ends at the latest: what was allowed is kept apart from what follows."""
    return min(end, peer.allowed) if start < peer.allowed else end


def _withdraws(one: Checked, stretch: Stretch) -> bool:
    """By its entry, or by what it says of itself: a revision can have any state that its node gives it."""
    if one.envelope is None or one.envelope.op in WITHDRAWING:
        return one.envelope is not None
    taken = stretch.taken.get(one.position)
    record = None if taken is None else taken.record
    return record is not None and record.state is RecordState.RETRACTED


def _break_any(session: Session, peer: PeerRow, new: Iterable[Checked]) -> bool:
    """Whether these withdraw too many records of the peer, or of a node whose records it keeps."""
    said = [(one.envelope, one.kept) for one in new if one.envelope is not None]
    own = [envelope for envelope, kept in said if not kept]
    others = [envelope for envelope, kept in said if kept]
    homes = map(partial(session.get, PeerRow), {one.home[:10] for one in others})
    return _break(session, peer, own) or any(
        home.successor == peer.short and _break(session, home, others) for home in homes if home is not None
    )


def _break(session: Session, home: PeerRow, said: Iterable[Envelope]) -> bool:
    """Whether these, which all withdraw, withdraw too many of the records of one node."""
    gone = {one.id for one in said if one.home == home.node_id}
    if len(gone) <= BREAKER_COUNT:
        return False
    return breaks(accepted_among(session, home, gone), accepted(session, home))
