"""What somebody sends: of which kind, about which record, and whether its account is good for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from sqlalchemy.orm import Session

from registry.account import Account, check
from registry.account.statement import check_statement, titled
from registry.audit import By
from registry.errors import Invalid, Problem
from registry.intake import labels
from registry.intake.labels import Label
from registry.intake.models import Submission
from registry.intake.similar import relating
from registry.intake.similar.rules import POINTER, STAYS, About, Kind, lacking, wrong
from registry.intake.similar.targets import Targets
from taxonomy import Taxonomy


class Unchanged(Enum):
    """Says that something is to stay as it is, where None would empty it."""

    YES = "unchanged"


@dataclass(frozen=True, slots=True)
class Telling:
    """Of which kind a submission is, the id of the public record that it names, if any, and its label."""

    kind: Kind = Kind.REPORT
    record: str | None = None
    label: Label = Label.CLEAR

    @property
    def about(self) -> About | None:
        """The relation at its birth."""
        return None if self.record is None else About(self.record)

    def facts(self) -> dict[str, str]:
        """What tells requests apart beyond the account; nothing for a report that stands alone."""
        told = {} if self.kind is Kind.REPORT else {"kind": self.kind.value}
        told |= {} if self.label is Label.CLEAR else {"tlp": self.label.value}
        return told if self.record is None else told | {"about": self.record}

    def problem(self, targets: Targets) -> Problem | None:
        """What keeps it from naming this record; asked before any unit of work begins."""
        unfit = labels.unfit(self.label, self.kind, self.record)
        if unfit is not None:
            return unfit
        if self.record is None:
            return lacking(self.kind, None)
        return wrong(targets.standing(self.record))


ALONE: Final = Telling()
"""A report that names no record."""


def parse(raw: object, kind: Kind, taxonomy: Taxonomy, day: date, *, complete: bool) -> Account:
    """The account of a submission of this kind; raises ``Invalid`` with every problem found."""
    whole = titled(raw, kind.value) if kind.is_statement else raw
    problems = (
        check_statement(whole, taxonomy, day, kind.value, complete=complete)
        if kind.is_statement
        else check(whole, taxonomy, day, complete=complete)
    )
    if problems or not isinstance(whole, Mapping):
        raise Invalid(problems)
    return Account.from_json(whole)


def name(
    session: Session, row: Submission, record: str | None, problem: Problem | None, by: By, at: datetime
) -> None:
    """Let a submission name this record, or none; raises ``Invalid`` unless it names it already."""
    if record == row.about_record and record is not None:
        return
    if Kind(row.kind) is Kind.REPLY:  # whether it may reply was asked of the other record
        raise Invalid([Problem(POINTER, STAYS)])
    wrong_here = problem or (lacking(Kind(row.kind), None) if record is None else None)
    if wrong_here is not None:
        raise Invalid([wrong_here])
    relating.relate(session, row, record, by, at)
