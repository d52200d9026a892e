"""Details of a report with what was decided about them, inside the unit of work of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from registry.intake.personal.rules import CHOICES, REVIEWER_CHOICES, Choice, Stage, Verdict, verdict
from registry.intake.personal.things import hidden, things, things_of_title
from registry.intake.rules import State
from registry.intake.vault.originals import thing_of, veiled_thing
from registry.privacy.accounts import Detail

_OPEN = (State.CHANGES_REQUESTED, State.REVISING)
"""States in which the organization still changes what reviewers have read."""


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
    """An account, the details that stand in it, and what was decided about them."""

    account: Mapping[str, Any]
    decided: tuple[Decided, ...]

    def under_review(self) -> Personal:
        """As reviewers read it: what the organization hid is a mark and no detail any more."""
        return _without(self, lambda one: not one.verdict.reviewers_read)

    def for_public(self) -> dict[str, Any]:
        """The account as the public reads it; its marks are those that reviewers read, and more."""
        shown = self.under_review()
        return dict(_without(shown, lambda one: not one.verdict.public_reads).account)

    @property
    def open(self) -> tuple[Decided, ...]:
        """What a reviewer still has to decide."""
        return tuple(one for one in self.decided if not one.verdict.decided)


def personal(session: Session, row: Submission) -> Personal:
    """The details of the newest version, found now by the rules of now; none once it was erased."""
    if row.erased_at is not None:
        return Personal({}, ())
    return of_account(session, row.id, steps.newest(session, row).account)


def for_reviewers(session: Session, row: Submission) -> Personal:
    """The newest version as reviewers read it.

    While the organization still changes it, what it has not chosen about yet is hidden from them.
    """
    return under_review_of(personal(session, row), State(row.state))


def under_review_of(found: Personal, state: State) -> Personal:
    """An account of a report in this state as reviewers read it."""
    return (_held_back(found) if state in _OPEN else found).under_review()


def for_public(session: Session, submission_id: str, account: Mapping[str, Any]) -> dict[str, Any]:
    """This account of a submission as the public reads it."""
    return of_account(session, submission_id, account).for_public()


def of_account(session: Session, submission_id: str, account: Mapping[str, Any]) -> Personal:
    """The details of this account of a submission."""
    kept = chosen(session, [submission_id]).get(submission_id, {})
    gone = {thing for (thing, _), choice in kept.items() if choice is not Choice.KEEP}
    return _decided(account, things(account, gone), kept)


Chosen = Mapping[tuple[str, str], Choice]
"""(thing, stage) → choice."""


def chosen(session: Session, submission_ids: Sequence[str]) -> dict[str, dict[tuple[str, str], Choice]]:
    """What was chosen, for each of these submissions."""
    query = select(DetailChoice).where(DetailChoice.submission_id.in_(submission_ids))
    kept: dict[str, dict[tuple[str, str], Choice]] = {}
    for row in list(session.scalars(query)):
        thing = thing_of(session, row.submission_id, row.thing)
        kept.setdefault(row.submission_id, {})[thing, row.stage] = Choice(row.choice)
    return kept


def title_for_reviewers(account: Mapping[str, Any], state: State, kept: Chosen) -> str:
    """The title as reviewers read it in lists, where there is no time to look through every account."""
    line = {"title": account.get("title", ""), "language": account.get("language") or "en"}
    gone = {
        thing
        for (thing, stage), choice in kept.items()
        if (stage, choice) == (Stage.ORGANIZATION, Choice.HIDE)
    }
    found = _decided(line, things_of_title(line["title"], line["language"], gone), kept)
    held = _held_back(found) if state in _OPEN else found
    title: str = held.under_review().account["title"]
    return title


def choose(
    session: Session, row: Submission, actor: Actor, stage: Stage, choices: Mapping[str, str], now: datetime
) -> None:
    """Keep choices (thing → choice) for details that this side decides; raises ``Invalid`` for others."""
    if not choices:
        return
    problems = list(_wrong(session, row, stage, choices))
    if problems:
        raise Invalid(problems)
    query = select(DetailChoice).where(
        DetailChoice.submission_id == row.id, DetailChoice.stage == stage.value
    )
    kept = {one.thing: one for one in session.scalars(query)}
    for thing, choice in choices.items():
        veiled = veiled_thing(session, row.id, thing)
        if veiled in kept:
            kept[veiled].choice, kept[veiled].actor_id, kept[veiled].at = choice, actor.id, now
        else:
            session.add(
                DetailChoice(
                    submission_id=row.id,
                    thing=veiled,
                    stage=stage.value,
                    choice=choice,
                    actor_id=actor.id,
                    at=now,
                )
            )
    row.lock += 1
    step = Step(steps.SUBJECT, row.id, "decide-details", row.state, row.state, str(len(choices)))
    audit.append(session, step, by(actor), now)


def _wrong(session: Session, row: Submission, stage: Stage, choices: Mapping[str, str]) -> Iterator[Problem]:
    """Every choice that this side cannot make."""
    found = for_reviewers(session, row) if stage is Stage.REVIEW else personal(session, row)
    there = {one.detail.thing: one for one in found.decided}
    allowed = REVIEWER_CHOICES if stage is Stage.REVIEW else CHOICES
    for thing, choice in choices.items():
        pointer = f"/choices/{thing[:32]}"
        if choice not in allowed:
            yield Problem(pointer, N_("Choose one of: %(known)s."), {"known": ", ".join(allowed)})
        elif thing not in there:
            yield Problem(pointer, N_("This detail is not in the report."))
        elif stage is Stage.REVIEW and there[thing].organization is Choice.REVIEWERS:
            yield Problem(pointer, N_("The organization shows this detail to reviewers only."))


def _decided(account: Mapping[str, Any], found: Iterable[Detail], kept: Chosen) -> Personal:
    decided = (
        Decided(one, kept.get((one.thing, Stage.ORGANIZATION)), kept.get((one.thing, Stage.REVIEW)))
        for one in found
    )
    return Personal(account, tuple(decided))


def _without(found: Personal, gone: Callable[[Decided], bool]) -> Personal:
    names = {one.detail.thing for one in found.decided if gone(one)}
    if not names:
        return found
    account, left = hidden(found.account, [one.detail for one in found.decided], names)
    kept = {one.detail.thing: one for one in found.decided}
    return Personal(account, tuple(replace(kept[one.thing], detail=one) for one in left))


def _held_back(found: Personal) -> Personal:
    return replace(
        found,
        decided=tuple(replace(one, organization=one.organization or Choice.HIDE) for one in found.decided),
    )
