"""What the next revision of a public record says, made of the one before and of what was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from registry.account import Account
from registry.intake.models import Submission, SubmissionVersion
from registry.record.types import PublicRecord, RecordState, Relation

MARKED: Final = frozenset({RecordState.DISPUTED, RecordState.UNVERIFIABLE})
"""States that say what others think of a record."""
_FIRST = 1
"""The version that an original began with."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Of which record a parcel is the next revision.

    ``named`` is the record that the report was attached to; ``adopted`` says that its words began as the
    public ones, so that what was made less exact in them before still is.
    """

    record: str
    named: str | None
    adopted: bool


def revised(session: Session, row: Submission) -> Revised | None:
    """What a submission on its way revises; None where it is not public yet."""
    if row.record_id is None:
        return None
    first = session.get(SubmissionVersion, (row.id, _FIRST))
    return Revised(row.record_id, row.about_record, adopted=first is None or first.gone)


def following(
    before: PublicRecord,
    of: Revised,
    account: Account,
    generalised: Sequence[str],
    related: Sequence[Relation],
) -> PublicRecord:
    """The next revision of ``before``: what others made of the record meanwhile stays with it.

    What was marked on it is not settled by a revision alone; every other state becomes *revised*.
    """
    kept = tuple(one for one in before.related if one.target != of.named)
    marked = before.state in MARKED
    return replace(
        before,
        account=account,
        state=before.state if marked else RecordState.REVISED,
        because=before.because if marked else None,
        generalised=_less_exact(before.generalised, generalised) if of.adopted else tuple(generalised),
        related=tuple(dict.fromkeys((*kept, *(one for one in related if one.target != before.id)))),
    )


def _less_exact(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """What was made less exact now, and before where it was not touched again."""
    touched = {_part(one) for one in now}
    return (*(one for one in before if _part(one) not in touched), *now)


def _part(said: str) -> str:
    """The part of an account that ``place: district → country`` speaks of."""
    return said.partition(":")[0]
