"""Details of a report with what was decided about them, inside the unit of work of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.errors import N_, Invalid, Problem
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.personal.models import DetailChoice
from registry.intake.personal.rules import Choice, Stage, Verdict, verdict
from registry.privacy.accounts import Detail, details, without


@dataclass(frozen=True, slots=True)
class Decided:
    """A detail, what each side chose, and what follows."""

    detail: Detail
    organization: Choice | None
    reviewer: Choice | None

    @property
    def verdict(self) -> Verdict:
        """Who reads it."""
        return verdict(self.detail.certain, self.organization, self.reviewer)


@dataclass(frozen=True, slots=True)
class Personal:
    """All details of one version of an account."""

    account: Mapping[str, Any]
    decided: tuple[Decided, ...]

    def for_reviewers(self) -> dict[str, Any]:
        """The account as reviewers read it."""
        return self._without(lambda one: not one.verdict.reviewers_read)

    def for_public(self) -> dict[str, Any]:
        """The account as the public reads it."""
        return self._without(lambda one: not one.verdict.public_reads)

    @property
    def open(self) -> tuple[Decided, ...]:
        """What a reviewer still has to decide."""
        return tuple(one for one in self.decided if not one.verdict.decided)

    def _without(self, hidden: Callable[[Decided], bool]) -> dict[str, Any]:
        things = {one.detail.thing for one in self.decided if hidden(one)}
        return without(self.account, [one.detail for one in self.decided], things)


def personal(session: Session, row: Submission) -> Personal:
    """The details of the newest version, found now by the rules of now."""
    return of_account(session, row.id, steps.newest(session, row).account)


def under_review(session: Session, submission_id: str, account: Mapping[str, Any]) -> Personal:
    """The details that are left in the account as reviewers read it; what the organization hid is a mark."""
    return of_account(session, submission_id, of_account(session, submission_id, account).for_reviewers())


def of_account(session: Session, submission_id: str, account: Mapping[str, Any]) -> Personal:
    """The details of this account of a submission."""
    return _with(account, chosen(session, [submission_id]).get(submission_id, {}))


Chosen = Mapping[tuple[str, str], Choice]
"""(thing, stage) → choice."""


def chosen(session: Session, submission_ids: Sequence[str]) -> dict[str, dict[tuple[str, str], Choice]]:
    """What was chosen, for each of these submissions."""
    query = select(DetailChoice).where(DetailChoice.submission_id.in_(submission_ids))
    kept: dict[str, dict[tuple[str, str], Choice]] = {}
    for row in session.scalars(query):
        kept.setdefault(row.submission_id, {})[row.thing, row.stage] = Choice(row.choice)
    return kept


def title_for_reviewers(account: Mapping[str, Any], kept: Chosen) -> str:
    """The title as reviewers read it in lists."""
    line = {"title": account.get("title", ""), "language": account.get("language")}
    title: str = _with(line, kept).for_reviewers()["title"]
    return title


def _with(account: Mapping[str, Any], kept: Chosen) -> Personal:
    decided = (
        Decided(found, kept.get((found.thing, Stage.ORGANIZATION)), kept.get((found.thing, Stage.REVIEW)))
        for found in details(account)
    )
    return Personal(account, tuple(decided))


def choose(
    session: Session, row: Submission, actor: Actor, stage: Stage, choices: Mapping[str, str], now: datetime
) -> None:
    """Keep choices (thing → choice) for details that this side reads; raises ``Invalid`` for others."""
    find = under_review if stage is Stage.REVIEW else of_account
    there = {one.detail.thing for one in find(session, row.id, steps.newest(session, row).account).decided}
    allowed = set(Choice) - ({Choice.REVIEWERS} if stage is Stage.REVIEW else set())
    problems = [
        Problem(
            f"/choices/{thing[:32]}", N_("Choose one of: %(known)s."), {"known": ", ".join(sorted(allowed))}
        )
        for thing, choice in choices.items()
        if choice not in allowed
    ] + [
        Problem(f"/choices/{thing[:32]}", N_("This detail is not in the report."))
        for thing in choices
        if thing not in there
    ]
    if problems:
        raise Invalid(problems)
    for thing, choice in choices.items():
        session.merge(
            DetailChoice(
                submission_id=row.id, thing=thing, stage=stage.value, choice=choice, actor_id=actor.id, at=now
            )
        )
    row.lock += 1
    step = Step(steps.SUBJECT, row.id, "decide-details", row.state, row.state, str(len(choices)))
    audit.append(session, step, by(actor), now)
