"""What is known of a peer, gathered for pages, commands and the descriptor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.federation import mirror, missing, waiting
from registry.federation.models import PeerRow, WitnessedRow
from registry.federation.rate import Used
from registry.federation.rules import HEARD, Policy
from registry.federation.standing import PeerState, accepted, bound_of, policy_of, used_of
from registry.federation.succession import case
from registry.federation.succession_rules import GOOD
from registry.ledger.checkpoints import parse_checkpoint
from registry.ledger.cosignatures import WitnessKey, parse_witness_vkey
from registry.ledger.cosigned import cosigners
from registry.ledger.keys import parse_vkey
from registry.ledger.notes import read_note
from registry.ledger.refusal import Refused


@dataclass(frozen=True, slots=True)
class PeerView:
    """What is known of a peer, for pages, commands and the descriptor.

    ``taken`` entries of its log were read, of ``signed`` that are known of: by the newest checkpoint that was
    read to its end, or since a mass withdrawal among them was stopped; ``missing`` payloads were wanted, and
    whoever was asked did not give them.
    ``unacknowledged`` are records that this node erased and a peer that hands on its log still may have.
    ``witness`` is the key with which it cosigns; it did so for the first ``cosigned`` entries of this node's
    log, and ``refusal`` is the code of why not when it was asked last. This node cosigned ``witnessed``
    entries of its log; ``cosigners`` are the known witnesses under its newest checkpoint. Its log ``names``
    the node with that full id as its successor, which ``accepted``; ``keeper`` is the short id of the one
    that keeps its records since it is gone. ``used`` says how many of its
    entries were taken on the last day, and how many were left because it may have no more taken; ``most`` may
    be taken in a day, None for any number.
    """

    short: str
    node_id: str
    name: str
    url: str
    prefix: str
    vkey: str
    policy: Policy
    state: PeerState
    trouble: str
    taken: int
    signed: int
    shown: int
    waiting: int
    quarantined: int
    missing: int
    reviews_trusted: bool
    mirrors_us: bool
    unacknowledged: tuple[str, ...]
    witness: str | None
    cosigned: int
    refusal: str
    witnessed: int | None
    cosigners: tuple[str, ...]
    names: str | None
    accepted: bool
    keeper: str | None
    tried_on: date | None
    pulled_on: date | None
    used: Used
    most: int | None

    @property
    def lag(self) -> int:
        """Entries that were signed and not read yet."""
        return max(0, self.signed - self.taken)

    @property
    def reviews_count(self) -> bool:
        """Whether its reviews of other nodes' records count here as it stands (``attesting``)."""
        heard = self.policy.mode.value in HEARD and self.state is PeerState.FOLLOWING
        return self.reviews_trusted and heard

    def to_json(self) -> dict[str, Any]:
        """For programs; days (UTC), since the public side keeps no times."""
        return {
            "id": self.node_id,
            "short": self.short,
            "name": self.name,
            "url": self.url,
            "prefix": self.prefix,
            "vkey": self.vkey,
            "mode": self.policy.mode.value,
            "scope": self.policy.scope.to_json(),
            "max_rate": self.policy.max_rate,
            "most_in_a_day": self.most,
            "taken_on": None if self.used.day is None else self.used.day.isoformat(),
            "taken_that_day": self.used.taken,
            "left_by_rate": self.used.left,
            "state": self.state.value,
            "trouble": self.trouble or None,
            "entries": self.taken,
            "lag": self.lag,
            "shown": self.shown,
            "waiting": self.waiting,
            "quarantined": self.quarantined,
            "missing": self.missing,
            "reviews_trusted": self.reviews_trusted,
            "reviews_count": self.reviews_count,
            "mirrors_us": self.mirrors_us,
            "unacknowledged": list(self.unacknowledged),
            "witness": self.witness,
            "cosigned_us": self.cosigned,
            "cosigning_refused": self.refusal or None,
            "cosigned_by_us": self.witnessed,
            "cosigners": list(self.cosigners),
            "names_successor": self.names,
            "successor_accepted": self.accepted,
            "kept_by": self.keeper,
            "tried": None if self.tried_on is None else self.tried_on.isoformat(),
            "pulled": None if self.pulled_on is None else self.pulled_on.isoformat(),
        }


def known_witnesses(session: Session) -> list[WitnessKey]:
    """The keys with which peers cosign, as they are pinned."""
    found = session.scalars(select(PeerRow.witness).where(PeerRow.witness.is_not(None)))
    return [parse_witness_vkey(vkey) for vkey in found if vkey is not None]


def view(session: Session, row: PeerRow, known: Sequence[WitnessKey] | None = None) -> PeerView:
    """Everything about a peer, in the caller's unit of work; ``known`` are the witnesses, else looked up."""
    witnesses = known_witnesses(session) if known is None else known
    of_it = select(WitnessedRow.size).where(WitnessedRow.peer == row.short)
    custody = case(session, row)
    return PeerView(
        short=row.short,
        node_id=row.node_id,
        name=row.name,
        url=row.url,
        prefix=row.prefix,
        vkey=row.vkey,
        policy=policy_of(row),
        state=PeerState(row.state),
        trouble=row.trouble,
        taken=row.size,
        signed=max(signed_size(row), row.stopped or 0, row.allowed),
        shown=accepted(session, row),
        waiting=waiting.count(session, row.short),
        quarantined=mirror.quarantined(session, row.short),
        missing=missing.count(session, row.short),
        reviews_trusted=row.reviews,
        mirrors_us=row.mirrors_us,
        unacknowledged=tuple(mirror.unacknowledged(session, row.short)) if row.mirrors_us else (),
        witness=row.witness,
        cosigned=row.cosigned,
        refusal=row.refusal,
        witnessed=session.scalar(of_it),
        cosigners=_cosigners(row, witnesses),
        names=custody.naming.successor if custody.naming else None,
        accepted=custody.verdict in GOOD,
        keeper=row.successor,
        tried_on=row.tried_on,
        pulled_on=row.pulled_on,
        used=used_of(row),
        most=bound_of(row),
    )


def _cosigners(row: PeerRow, witnesses: Sequence[WitnessKey]) -> tuple[str, ...]:
    """A witness whose key was learnt after the note was kept may turn out to stand there wrongly."""
    if row.note is None:
        return ()
    try:
        return cosigners(row.note, parse_vkey(row.vkey), witnesses)
    except Refused:
        return ()


def signed_size(row: PeerRow) -> int:
    """Entries of the newest checkpoint that was checked."""
    return 0 if row.note is None else parse_checkpoint(read_note(row.note)[0]).size


def notes_of(row: PeerRow, witnessed: bytes | None) -> dict[str, str]:
    """The newest notes of a log that were read and cosigned, and what contradicts them."""
    notes = {"checkpoint": row.note, "witnessed": witnessed, "evidence": row.evidence}
    told = {name: note.decode("utf-8") for name, note in notes.items() if note}
    return {"id": row.node_id, "state": row.state, **told}
