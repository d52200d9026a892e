"""Writing down to which record a submission belongs, inside the unit of work of whoever asks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, By, Step
from registry.errors import N_, Conflict
from registry.intake import steps
from registry.intake.labels import NO_RECORD, Label
from registry.intake.models import Submission
from registry.intake.similar.rules import RELATION, Held, Kind, undecided
from registry.intake.views import summary


def relate(session: Session, row: Submission, record: str | None, by: By, at: datetime) -> None:
    """Name another record, or none; a new one is open again. Nothing happens when it is the same.

    Raises ``Conflict`` where the report is not for everybody: what it names would tell of it.
    """
    if record is not None and row.tlp != Label.CLEAR.value:
        raise Conflict(NO_RECORD)
    if record == row.about_record and row.about_held != Held.GONE:
        return
    row.about_record = record
    row.about_held = None if record is None else Held.OPEN.value
    row.lock += 1
    row.updated_at = at
    said = None if record is None else f"{RELATION[Kind(row.kind)]} {record}"
    action = "unrelate" if record is None else "relate"
    audit.append(session, Step(steps.SUBJECT, row.id, action, row.state, row.state, said), by, at)


def decide(session: Session, row: Submission, held: Held, by: By, at: datetime) -> None:
    """Keep what the reviewer says of the relation; raises ``Conflict`` where there is none to decide."""
    if row.about_record is None or Kind(row.kind) is not Kind.REPORT:
        raise Conflict(N_("There is no attachment to decide on."))
    row.about_held = held.value
    row.lock += 1
    row.updated_at = at
    action = "confirm-relation" if held is Held.CONFIRMED else "drop-relation"
    step = Step(steps.SUBJECT, row.id, action, row.state, row.state, row.about_record)
    audit.append(session, step, by, at)


def merge(session: Session, row: Submission, record: str, by: By, at: datetime) -> None:
    """Let a report belong to this record, as a reviewer finds; raises ``Conflict`` for a statement."""
    if Kind(row.kind) is not Kind.REPORT:
        raise Conflict(N_("A statement stays with the record that it is about."))
    relate(session, row, record, by, at)
    decide(session, row, Held.CONFIRMED, by, at)


def is_undecided(row: Submission) -> bool:
    """Whether a reviewer has still to say if the report belongs to the record that it names."""
    return undecided(Kind(row.kind), summary(row).about)


def lose(session: Session, row: Submission, at: datetime) -> None:
    """Note that the record was gone when the submission was to be published."""
    row.about_held = Held.GONE.value
    step = Step(steps.SUBJECT, row.id, "relation-gone", row.state, row.state, row.about_record)
    audit.append(session, step, REGISTRY, at)
