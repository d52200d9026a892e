"""Whether what a node serves of its own records is what its log says of them: no more, and in that state.

A log can be whole while somebody wrote a revision beside it into the database. Readers would be shown that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.ledger import stored
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.following import last_entries
from registry.ledger.refusal import Refused
from registry.record.models import RecordRow, VersionRow
from registry.record.types import RecordState

PAGE: Final = 500
"""Records compared at a time."""


def require_told(session: Session, home: str) -> None:
    """Raises ``Refused`` with the first record of this node (full id) that its log does not tell of so.

    Changes that the log has not followed yet are left out; so is all, where the log has ended.
    """
    if stored.is_over(session):
        return
    for rows in _pages(session, home):
        ids = [row.id for row in rows]
        entries, newest = last_entries(session, ids), _states(session, ids)
        for row in rows:
            entry = entries.get(row.id)
            if entry is None and row.state != RecordState.ERASED:
                raise _other("%(id)s is served, and the log says nothing of it.", row)
            if entry is None:  # erased before anybody was told of it
                continue
            erased = parse_envelope(entry.leaf).op is Op.ERASE
            if erased != (row.state == RecordState.ERASED):
                raise _other("%(id)s is erased in the log or in the database, and not in both.", row)
            if not erased and row.revision != entry.revision:
                message = "%(id)s is served in revision %(served)s, and the log knows %(told)s."
                raise _other(message, row, served=row.revision, told=entry.revision)
            if not erased and newest.get((row.id, row.revision)) != row.state:
                raise _other("%(id)s is served in another state than its newest revision says.", row)


def _pages(session: Session, home: str) -> Iterator[Sequence[RecordRow]]:
    own, followed, after = f"AIR-{home[:10]}-", stored.head(session).seq, ""
    while True:
        query = select(RecordRow).where(
            RecordRow.id.startswith(own, autoescape=True), RecordRow.id > after, RecordRow.seq <= followed
        )
        rows = session.scalars(query.order_by(RecordRow.id).limit(PAGE)).all()
        if not rows:
            return
        yield rows
        after = rows[-1].id
        session.expunge_all()


def _states(session: Session, ids: Sequence[str]) -> dict[tuple[str, int], str]:
    """Record and revision → the state that the payload says."""
    query = select(VersionRow.record_id, VersionRow.revision, VersionRow.payload).where(
        VersionRow.record_id.in_(ids), VersionRow.payload.is_not(None)
    )
    found = session.execute(query)
    return {(record_id, revision): payload["state"] for record_id, revision, payload in found if payload}


def _other(message: str, row: RecordRow, **facts: object) -> Refused:
    return Refused("record-other", message, id=row.id, **facts)
