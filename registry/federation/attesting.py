"""Reviews of other nodes that count here, and those of this node that others may let count.

A reviewer's word on a record of another node is an entry in this node's log. Where a node is trusted for its
reviews, a record that waits here is shown up to the revision that was reviewed there, unless somebody
trusted has said otherwise since. What people here decided counts before all that, and what counts through
others is never said on. All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.many import batched
from registry.federation import mirror
from registry.federation.mirror import Told
from registry.federation.models import JudgmentRow, PeerRow, ReviewRow
from registry.federation.placing import Placed, place_all
from registry.federation.rules import HEARD, WITHDRAWING, Mode, Standing
from registry.federation.saying import Saying, say
from registry.federation.standing import PeerState
from registry.federation.taking import Stretch
from registry.federation.view import Reader
from registry.ledger.claims import Point
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.hashing import leaf_hash
from registry.ledger.reviewed import REVIEWED, Reviewed, read_reviewed
from registry.ledger.stored import is_over

_HOME = slice(4, 14)
_TRUSTED = (PeerRow.reviews, PeerRow.mode.in_(HEARD), PeerRow.state == PeerState.FOLLOWING.value)
_OVER = frozenset(op.value for op in WITHDRAWING)


def attest(session: Session, home: str, day: date, entry: bytes, *, shown: bool) -> None:
    """Say in this node's log what a reviewer decided about the revision of this entry (leaf) of another log.

    That a record is left out is said only where it was said before that it is shown; nothing is said in a
    log that was handed over.
    """
    read = parse_envelope(entry)
    if is_over(session) or not (shown or _said_shown(session, home[:10], read.id)):
        return
    said = Reviewed(Point(read.id, read.revision, leaf_hash(entry).hex()), shown)
    line = Saying(Op.ANNOTATE, REVIEWED, said.record, read.tax.version, said.to_payload())
    (position,) = say(session, home, day, [line])
    _keep(session, home[:10], position, said)


def settle(session: Session, short: str, stretch: Stretch, reader: Reader) -> int:
    """Hear what a stretch of a peer's log says of reviews, and let count what counts by now.

    Gives how many records of other peers are shown anew; the peer's own are placed by whoever calls.
    """
    reviewed = hear(session, short, stretch)
    adopt(session, {one.id for one in stretch.envelopes if one.id[_HOME] == short}, reader.today)
    return show(session, reviewed, reader)


def hear(session: Session, origin: str, stretch: Stretch) -> set[str]:
    """Keep what a stretch of a peer's log says of its reviews; gives the records that it is about."""
    found = set()
    for one in stretch.entries:
        envelope = one.envelope
        if envelope is None or envelope.op is not Op.ANNOTATE or one.position not in stretch.taken:
            continue
        said = read_reviewed(stretch.taken[one.position].payload, envelope)
        if said is not None:
            _keep(session, origin, one.position, said)
            found.add(said.record.id)
    return found


def show(session: Session, record_ids: Iterable[str], reader: Reader) -> int:
    """Let reviews of others count for these records, and show what may be shown; gives how many are."""
    homes: dict[str, list[str]] = {}
    for record_id in sorted(record_ids):
        homes.setdefault(record_id[_HOME], []).append(record_id)
    shown = 0
    for short, ids in homes.items():
        peer = session.get(PeerRow, short)
        if peer is not None:
            adopt(session, ids, reader.today)
            shown += list(place_all(session, peer, ids, reader).values()).count(Placed.SHOWN)
    return shown


def adopt(session: Session, record_ids: Iterable[str], day: date) -> None:
    """Judge as nodes did that are trusted for it, where nobody here has judged."""
    session.flush()
    if session.scalar(select(PeerRow.short).where(*_TRUSTED).limit(1)) is None:
        return
    for some in batched(sorted(record_ids)):
        words = _words(session, some)
        if not words:
            continue
        entries, judged = mirror.newer(session, list(words)), mirror.judged(session, list(words))
        for record_id, said in words.items():
            best = _best(said, entries.get(record_id, ()))
            row = judged.get(record_id)
            if best is None or not (row is None or (row.again and row.judged < best.revision)):
                continue
            if row is None:
                row = JudgmentRow(record_id=record_id, peer=record_id[_HOME])
                session.add(row)
            row.judged = row.shown = best.revision
            row.reason, row.again, row.by, row.day = "", True, best.origin, day
    session.flush()


def reviewed_by(session: Session, origin: str) -> list[str]:
    """The records that a node spoke of in its reviews."""
    return list(session.scalars(select(ReviewRow.record_id).where(ReviewRow.origin == origin).distinct()))


def _words(session: Session, record_ids: Sequence[str]) -> dict[str, list[ReviewRow]]:
    """Record id → the newest word on it of each node that is trusted; of records that are held here."""
    query = (
        select(ReviewRow)
        .join(PeerRow, PeerRow.short == ReviewRow.origin)
        .where(
            ReviewRow.record_id.in_(record_ids),
            *_TRUSTED,
        )
        .order_by(ReviewRow.position)
    )
    held = frozenset(session.scalars(select(PeerRow.short).where(PeerRow.mode == Mode.HOLD.value)))
    newest: dict[tuple[str, str], ReviewRow] = {}
    for row in session.scalars(query):
        if row.record_id[_HOME] in held and row.record_id[_HOME] != row.origin:
            newest[row.record_id, row.origin] = row
    found: dict[str, list[ReviewRow]] = {}
    for (record_id, _), row in newest.items():
        found.setdefault(record_id, []).append(row)
    return found


def _best(said: Sequence[ReviewRow], entries: Sequence[Told]) -> ReviewRow | None:
    """The word on the newest revision that is here as it was reviewed; none where anybody says otherwise."""
    if not entries or entries[-1].op in _OVER or not all(one.shown for one in said):
        return None
    here = {
        (one.revision, leaf_hash(one.leaf).hex()) for one in entries if one.standing == Standing.TAKEN.value
    }
    fitting = [one for one in said if (one.revision, one.leaf) in here]
    return max(fitting, key=lambda one: (one.revision, one.origin), default=None)


def _said_shown(session: Session, origin: str, record_id: str) -> bool:
    query = select(ReviewRow.shown).where(ReviewRow.origin == origin, ReviewRow.record_id == record_id)
    return session.scalar(query.order_by(ReviewRow.position.desc()).limit(1)) is True


def _keep(session: Session, origin: str, position: int, said: Reviewed) -> None:
    row = ReviewRow(origin=origin, position=position, record_id=said.record.id, shown=said.shown)
    row.revision, row.leaf = said.record.revision, said.record.leaf
    session.add(row)
