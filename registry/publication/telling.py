"""What the log is told of a change at the door: records, then what they say of those of other nodes."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from registry.federation.claiming import claim
from registry.ledger.following import follow
from registry.ledger.stored import is_over


def tell(session: Session, node: str, day: date) -> None:
    """Append all of it, in the unit of work that changed the records; ``node`` is the full node id.

    A log that was handed over says nothing more; what is erased at such a node is erased all the same.
    """
    if is_over(session):
        return
    follow(session, node)
    claim(session, node, day)
