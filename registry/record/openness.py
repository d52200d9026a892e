"""Figures about review as they came through the door, and the trail's hash of each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.record.models import FiguresRow, TrailHeadRow


@dataclass(frozen=True, slots=True)
class Openness:
    """Figures as they were when a day began, and the newest hash of the trail on that day."""

    day: date
    figures: dict[str, Any]
    head: str


class PublicFigures:
    """What anybody may read about review at this node."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def newest(self) -> Openness | None:
        """The newest figures; None before the first day was counted."""
        with self._public.read() as session:
            return newest(session)

    def heads(self) -> list[str]:
        """Every hash of the trail that was ever told here, oldest first."""
        with self._public.read() as session:
            return list(session.scalars(select(TrailHeadRow.hash).order_by(TrailHeadRow.day)))


def newest(session: Session) -> Openness | None:
    """The newest figures; None before the first day was counted."""
    row = session.scalar(select(FiguresRow).order_by(FiguresRow.day.desc()).limit(1))
    if row is None:
        return None
    return Openness(row.day, row.figures, session.get_one(TrailHeadRow, row.day).hash)


def keep(session: Session, day: date, figures: dict[str, Any], head: str) -> None:
    """Put the figures of a day in place of older ones; hashes of older days stay."""
    session.execute(delete(FiguresRow))
    session.merge(TrailHeadRow(day=day, hash=head))
    session.add(FiguresRow(day=day, figures=figures))
