"""What lies sealed in the private database, opened row by row, to be held against what was written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from registry.db.private import PrivateDatabase
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.vault.originals import thing_of
from registry.review.models import DecisionRow


def titles(private: PrivateDatabase) -> dict[str, str]:
    """Id → title of every submission."""
    with private.read() as session:
        return {row.id: row.title for row in list(session.scalars(select(Submission)))}


def versions(private: PrivateDatabase) -> dict[str, list[tuple[int, dict[str, Any], str]]]:
    """Id → number, account and author of every version, in their order."""
    found: dict[str, list[tuple[int, dict[str, Any], str]]] = {}
    query = select(SubmissionVersion).order_by(SubmissionVersion.submission_id, SubmissionVersion.number)
    with private.read() as session:
        for row in list(session.scalars(query)):
            found.setdefault(row.submission_id, []).append((row.number, row.account, row.author_id))
    return found


def notes(private: PrivateDatabase, key: str) -> list[str]:
    """The note of every decision on a submission, oldest first."""
    query = select(DecisionRow).where(DecisionRow.submission_id == key).order_by(DecisionRow.at)
    with private.read() as session:
        return [row.note for row in list(session.scalars(query))]


def choices(private: PrivateDatabase, key: str) -> set[tuple[str, str, str]]:
    """Thing, stage and choice of everything that was chosen in a submission."""
    query = select(DetailChoice).where(DetailChoice.submission_id == key)
    with private.read() as session:
        rows = list(session.scalars(query))
        return {(thing_of(session, key, row.thing), row.stage, row.choice) for row in rows}
