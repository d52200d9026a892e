"""How a peer stands: its policy and state as they are kept, and what of it was accepted here."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry.account.fields import web_link
from registry.db.many import batched
from registry.federation.models import PeerRow
from registry.federation.rate import Used, bound
from registry.federation.rules import EVERYTHING, Mode, Policy, Scope
from registry.federation.view import Home
from registry.record.models import RecordRow
from registry.record.types import RecordState

_GONE = (RecordState.RETRACTED.value, RecordState.ERASED.value)


class PeerState(StrEnum):
    """Whether a peer's log is read on."""

    FOLLOWING = "following"
    KEPT = "kept"  # it is gone, and another node keeps its records: its log is over where that accepted it
    OURS = "ours"  # it is gone, and this node keeps its records
    FROZEN = "frozen"  # it signed two things that cannot both be true; what was accepted stays, marked


OVER = frozenset({PeerState.KEPT.value, PeerState.OURS.value})
"""States of a peer whose log is read no further, since it is gone."""


def policy_of(peer: PeerRow) -> Policy:
    """The policy that was set for a peer."""
    return Policy(Mode(peer.mode), Scope.from_json(peer.scope), peer.max_rate)


def rescoped(peer: PeerRow, scope: Scope) -> dict[str, object]:
    """The scope as it is kept, and told of the copy: ``earlier`` where entries were read under another one.

    What was passed over is not fetched later, so that a copy stays a partial one.
    """
    before = policy_of(peer).scope
    passed = peer.size > 0 and before not in (scope, EVERYTHING)
    return {**scope.to_json(), **({"earlier": True} if passed or peer.scope.get("earlier") else {})}


def used_of(peer: PeerRow) -> Used:
    """What was taken of a peer on the last day."""
    return Used(peer.rate_day, peer.rate_taken, peer.rate_left)


def bound_of(peer: PeerRow) -> int | None:
    """How many entries of a peer are taken in a day at most, as it stands; None for any number."""
    return bound(peer.max_rate, first=peer.note is None)


def home_of(peer: PeerRow) -> Home:
    """A peer as the home of its records; without an address where that is none to be followed."""
    return Home(peer.node_id, peer.name, web_link(peer.url).rstrip("/"))


def accepted(session: Session, peer: PeerRow) -> int:
    """How many records of a peer are shown here and were neither retracted nor erased.

    Counted as all but those: two ranges of an index, where asking each record for its state takes ten times
    as long.
    """
    of_it = select(func.count()).select_from(RecordRow).where(RecordRow.source == peer.node_id)
    gone = session.scalar(of_it.where(RecordRow.state.in_(_GONE))) or 0
    return (session.scalar(of_it) or 0) - gone


def accepted_among(session: Session, peer: PeerRow, record_ids: Iterable[str]) -> int:
    """How many of these records are such."""
    query = select(func.count()).select_from(RecordRow).where(*_accepted(peer))
    return sum(session.scalar(query.where(RecordRow.id.in_(some))) or 0 for some in batched(record_ids))


def _accepted(peer: PeerRow) -> tuple[ColumnElement[bool], ...]:
    return RecordRow.source == peer.node_id, RecordRow.state.not_in(_GONE)
