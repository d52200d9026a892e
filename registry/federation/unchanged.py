"""Whether a successor's revision of a record says what the record's own node published, but for its state.

A retraction and a reinstatement hold the whole record again, so that a new text could come with them. All
functions work in the caller's unit of work.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.errors import Malformed
from registry.federation import mirror
from registry.federation.models import MirrorEntryRow
from registry.federation.rules import HERE, HOLDING
from registry.ledger.envelopes import Envelope
from registry.ledger.refusal import Refused
from registry.strict_json import parse

OF_STATE: Final = frozenset({"state", "because", "revision", "modified", "previous"})
"""What a keeper may change in a payload."""
_REVISIONS: Final = tuple(op.value for op in HOLDING)


def is_same(session: Session, envelope: Envelope) -> bool:
    """Whether the payload of a keeper's entry is the record as it was; False where there is none to compare.

    There is none as well where what was said last before was passed over or not believed: an older payload
    may rightly say something else. Raises ``Refused`` where it says something else than the payload before.
    """
    kept, before = mirror.payload(session, envelope.commitment), _before(session, envelope)
    if kept is None or before is None:
        return False
    if _words(kept.payload) != _words(before):
        raise Refused(
            "custody-content", "%(id)s would say what its own node never published.", id=envelope.id
        )
    return True


def _before(session: Session, envelope: Envelope) -> bytes | None:
    """The payload of the revision that was believed last before this one, if it is here."""
    query = (
        select(MirrorEntryRow.commitment, MirrorEntryRow.standing)
        .where(MirrorEntryRow.record_id == envelope.id, MirrorEntryRow.revision < envelope.revision)
        .where(MirrorEntryRow.op.in_(_REVISIONS), mirror.counted())
        .order_by(MirrorEntryRow.revision.desc())
        .limit(1)
    )
    last = session.execute(query).one_or_none()
    kept = mirror.payload(session, last.commitment) if last and last.standing in HERE else None
    return None if kept is None else kept.payload


def _words(raw: bytes) -> dict[str, Any]:
    try:
        found = parse(raw)
    except Malformed as error:
        raise Refused("payload-not-json", "The payload is not JSON: %(why)s", why=error.text) from error
    if not isinstance(found, dict):
        raise Refused("payload-malformed", "The payload is no object.")
    return {name: value for name, value in found.items() if name not in OF_STATE}
