"""The log as the public database holds it: hashes of complete subtrees, leaves, and adding to both.

All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.orm import Session

from registry.db.public import LOG
from registry.ledger import tree
from registry.ledger.custody import ends_log
from registry.ledger.envelopes import Envelope, Op, parse_envelope
from registry.ledger.hashing import leaf_hash
from registry.ledger.models import EntryRow, HeadRow, NodeRow
from registry.ledger.refusal import Refused
from registry.ledger.tree import Place


class StoredNodes:
    """The hashes of complete subtrees; fits ``tree.Nodes``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, places: Sequence[Place]) -> list[bytes]:
        """Hashes in the order asked for; raises ``Refused`` when one is missing."""
        rows: dict[int, list[int]] = {}
        for level, position in places:
            rows.setdefault(level, []).append(position)
        found: dict[Place, bytes] = {}
        if rows:
            # Level by level: pairs in one list would have SQLite read the whole table.
            wanted = or_(*(and_(NodeRow.level == at, NodeRow.position.in_(rows[at])) for at in rows))
            query = select(NodeRow.level, NodeRow.position, NodeRow.hash).where(wanted)
            found = {(level, position): value for level, position, value in self._session.execute(query)}
        try:
            return [found[place] for place in places]
        except KeyError as error:
            message = "The database lacks the hash of subtree %(position)s on level %(level)s."
            level, position = error.args[0]
            raise Refused("node-missing", message, level=level, position=position) from error

    def row(self, level: int, first: int, count: int) -> list[bytes]:
        """So many neighbouring hashes of one level; raises ``Refused`` when one is missing."""
        between = NodeRow.position.between(first, first + count - 1)
        query = select(NodeRow.hash).where(NodeRow.level == level, between).order_by(NodeRow.position)
        found = list(self._session.scalars(query))
        if len(found) != count:
            message = "The database lacks hashes of level %(level)s."
            raise Refused("node-missing", message, level=level)
        return found


def leaves(session: Session, first: int, count: int) -> list[bytes]:
    """So many neighbouring leaves; raises ``Refused`` when one is missing."""
    between = EntryRow.position.between(first, first + count - 1)
    found = list(session.scalars(select(EntryRow.leaf).where(between).order_by(EntryRow.position)))
    if len(found) != count:
        message = "The database lacks entries between %(first)s and %(last)s."
        raise Refused("entry-missing", message, first=first, last=first + count - 1)
    return found


def label(session: Session) -> str:
    """The TLP label of every entry of this database's log; it never changes."""
    return _log(session).upper()


def name_log(session: Session) -> None:
    """Call the log of a new database what it is called for good; changes nothing later."""
    if session.get(HeadRow, _log(session)) is None:
        empty = update(HeadRow).where(HeadRow.size == 0, HeadRow.seq == 0)
        session.execute(empty.values(log=_log(session)))


def head(session: Session) -> HeadRow:
    """The head of the log, to be read."""
    return session.get_one(HeadRow, _log(session))


def held_head(session: Session) -> HeadRow:
    """The head of the log; nobody else writes to the log until the unit ends."""
    return session.get_one(HeadRow, _log(session), with_for_update=True)


def _log(session: Session) -> str:
    return str(session.info[LOG])


def has_ended(session: Session, head: HeadRow) -> bool:
    """Whether the log was handed over: its last entry says so, and nothing follows."""
    last = session.get(EntryRow, head.size - 1) if head.size else None
    return last is not None and last.op == Op.CUSTODY.value and ends_log(parse_envelope(last.leaf))


def is_over(session: Session) -> bool:
    """The same of the log as it is now."""
    return has_ended(session, head(session))


def append(session: Session, head: HeadRow, entries: Iterable[tuple[Envelope, bytes]]) -> None:
    """Add leaves with their envelopes at the end; the head must be held.

    Raises ``Refused`` where the log has ended and there is anything to add.
    """
    edge = tree.frontier(StoredNodes(session), head.size)
    leaves, nodes = [], []
    for envelope, leaf in entries:
        leaves.append(_entry(edge.size, envelope, leaf))
        nodes += [
            {"level": level, "position": position, "hash": value}
            for level, position, value in edge.append(leaf_hash(leaf))
        ]
    if leaves:
        if has_ended(session, head):
            raise Refused("log-ended", "The log of this node was handed over. Nothing follows in it.")
        session.execute(insert(EntryRow), leaves)
        session.execute(insert(NodeRow), nodes)
    head.size = edge.size


def _entry(position: int, envelope: Envelope, leaf: bytes) -> dict[str, object]:
    return {
        "position": position,
        "record_id": envelope.subject,
        "revision": envelope.revision,
        "op": envelope.op.value,
        "commitment": envelope.commitment,
        "leaf": leaf,
    }
