"""Numbers from the public database, given out inside the transaction that uses them.

The row of a counter is locked by its update until the transaction ends, so numbers become visible
in their order: a reader that has seen position n will never find a smaller one appear later.
"""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.record.models import CounterRow

CHANGES = "changes"
"""Position of a change in the public database: the cursor of every follower."""


def serials(year: int) -> str:
    """Name of the counter of serials of one year."""
    return f"serial-{year}"


def take(session: Session, name: str, count: int = 1) -> int:
    """Take ``count`` numbers; returns the first of them (counting starts at 1)."""
    step = update(CounterRow).where(CounterRow.name == name).values(value=CounterRow.value + count)
    if session.execute(step.returning(CounterRow.value)).scalar() is None:
        _start(session, name)
        session.execute(step)
    return session.execute(select(CounterRow.value).where(CounterRow.name == name)).scalar_one() - count + 1


def hold(session: Session, name: str) -> None:
    """Keep rivals away from this counter, and so from all that is numbered by it, until the unit ends."""
    take(session, name, 0)


def _start(session: Session, name: str) -> None:
    """Create the counter; a rival may have been faster, which is as good."""
    try:
        with session.begin_nested():
            session.execute(insert(CounterRow).values(name=name, value=0))
    except IntegrityError:
        return
