"""How far reviewers agree, as anybody may read it: a finished table, handed over by the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.record.models import AgreementRow

LABELLED_FROM: Final = 30
"""Reports that two people classified, from which on agreement is told beside the labels of records."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one person chose ``code`` where another chose ``other``, or nothing where that is empty."""

    code: str
    other: str
    count: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on a facet; ``n`` 0 and ``alpha`` None stand for: too few to tell."""

    facet: str
    measure: str
    n: int
    alpha: float | None
    confusions: tuple[Confusion, ...]
    day: date

    @property
    def labels(self) -> bool:
        """Whether it is told beside the labels of records."""
        return self.alpha is not None and self.n >= LABELLED_FROM


class Agreements:
    """What anybody may read of it."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def read(self) -> dict[str, Agreement]:
        """Facet → agreement; empty until the first table was handed over."""
        with self._public.read() as session:
            found = session.scalars(select(AgreementRow)).all()
            return {row.facet: _view(row) for row in found}


def replace(session: Session, lines: Iterable[Agreement]) -> None:
    """Put these in the place of whatever was there."""
    session.execute(delete(AgreementRow))
    for line in lines:
        confusions = [{"code": one.code, "other": one.other, "count": one.count} for one in line.confusions]
        session.add(
            AgreementRow(
                facet=line.facet,
                measure=line.measure,
                n=line.n,
                alpha=line.alpha,
                confusions=confusions,
                day=line.day,
            )
        )


def _view(row: AgreementRow) -> Agreement:
    confusions = tuple(Confusion(**one) for one in row.confusions)
    return Agreement(row.facet, row.measure, row.n, row.alpha, confusions, row.day)
