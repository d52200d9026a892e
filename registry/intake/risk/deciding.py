"""The risk check inside the unit of work of whoever asks: counting, wishing, deciding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.errors import N_, Invalid, Problem
from registry.identity.models import Organization
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.labels import Label
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.risk.crowd import Crowd
from registry.intake.risk.models import ExactnessChoice, reason_of
from registry.intake.risk.rules import Counted, smallest, way
from registry.intake.risk.views import Alike, Assessment, RiskDecision, Smallest, StepCount
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.intake.vault.originals import sealed_text
from registry.privacy.coarsening import DEFAULT, LADDERS, Levels, finest, first_shared, outline
from registry.privacy.coarsening.ladders import MOST_EXACT

ON_THEIR_WAY = (State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED, State.SCHEDULED)
"""States of a report that was sent as it is and is not public yet."""
WAITING_MAX = 500
"""Reports on their way that are looked at, the newest first; a bound, not a rule."""
REASON_MAX = 2_000


Coded = Callable[[Session, Submission, Mapping[str, Any]], Mapping[str, Any]]
"""The newest version of a report, and its account → that account as it is classified now."""


def as_told(_session: Session, _row: Submission, account: Mapping[str, Any]) -> Mapping[str, Any]:
    """The codes that were submitted."""
    return account


class Stage(StrEnum):
    """Who chose."""

    ORGANIZATION = "organization"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class RiskChoice:
    """What a reviewer chooses: ladder → rung (others stay), and why if too few look alike."""

    levels: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RiskCheck:
    """Against what reports are held: the crowd in public, and how many have to look alike.

    ``coded`` gives an account with the codes that reviewers gave it: those are what the public reads.
    """

    crowd: Crowd
    threshold: int
    coded: Coded = as_told

    def for_organization(self, session: Session, row: Submission, levels: Levels | None) -> Assessment:
        """As its organization sees it: public counts only."""
        account = steps.newest(session, row).account
        counted = Counted(self._public(session, row, account), {})
        wish = wished(session, row.id)
        return self._assessed(counted, account, wish, levels or start(wish), private=False)

    def for_review(
        self, session: Session, row: Submission, viewer: Actor, levels: Levels | None = None
    ) -> Assessment:
        """As a reviewer sees it; without levels at those decided on, else at those of no decision."""
        account = self.coded(session, row, steps.newest(session, row).account)
        public = self._public(session, row, account)
        counted = Counted(public, _waiting(session, row, account, viewer))
        wish, decision = wished(session, row.id), decided(session, row)
        chosen = levels or (decision.levels if decision else start(wish))
        return self._assessed(
            counted, account, wish, chosen.joined(wish or MOST_EXACT), private=True, decision=decision
        )

    def wish(
        self, session: Session, row: Submission, actor: Actor, chosen: Mapping[str, str], now: datetime
    ) -> None:
        """Keep what the organization wants to be published no more exactly than (ladder → rung)."""
        levels = read_levels(chosen, start(wished(session, row.id)))
        seen = self.for_organization(session, row, levels)
        _keep(session, actor, _choice(session, row, Stage.ORGANIZATION, seen), now)
        _tell(session, row, actor, now)

    def decide(
        self, session: Session, row: Submission, actor: Actor, chosen: RiskChoice, now: datetime
    ) -> None:
        """Keep a reviewer's decision; raises ``Invalid`` without a reason where too few look alike."""
        reason, wish = _checked_reason(chosen.reason), wished(session, row.id)
        levels = read_levels(chosen.levels, start(wish))
        _refuse_more_exact(levels, wish)
        seen = self.for_review(session, row, actor, levels)
        if not seen.alike.reached and not reason:
            message = N_("Say why it may be published although too few reports look like it.")
            raise Invalid([Problem("/reason", message)])
        _keep(session, actor, _choice(session, row, Stage.REVIEW, seen, reason), now)
        _tell(session, row, actor, now)

    def settle(
        self, session: Session, row: Submission, actor: Actor, seen: Assessment, now: datetime
    ) -> None:
        """Before a report is accepted: where enough look alike unchanged, keep that as the decision."""
        if seen.decision is None and not seen.open:
            _keep(session, actor, _choice(session, row, Stage.REVIEW, seen), now)

    def _public(self, session: Session, row: Submission, account: Mapping[str, Any]) -> Mapping[Any, int]:
        return self.crowd.shared(outline(account), demo=_is_demo(session, row), but=row.record_id)

    def _assessed(
        self,
        counted: Counted,
        account: Mapping[str, Any],
        wish: Levels | None,
        levels: Levels,
        *,
        private: bool,
        decision: RiskDecision | None = None,
    ) -> Assessment:
        def alike(at: Levels) -> Alike:
            crowded = counted.crowded(at) if private else None
            return Alike(counted.published(at), crowded, counted.total(at) >= self.threshold)

        told, here = finest(account), alike(levels)
        found = None
        if not here.reached:
            end = smallest(levels, told, lambda at: counted.total(at) >= self.threshold)
            if end is not None:
                walked = (
                    StepCount(ladder, before, getattr(after, ladder), alike(after))
                    for ladder, before, after in way(levels, told, end)
                )
                found = Smallest(end, alike(end), tuple(walked))
        return Assessment(self.threshold, told, wish, levels, here, found, decision)


def read_levels(raw: Mapping[str, str], base: Levels = DEFAULT) -> Levels:
    """Rungs as somebody sent them, those of ``base`` elsewhere; raises ``Invalid`` that names the ladder."""
    problems = [
        Problem(
            f"/levels/{ladder[:32]}",
            N_("Choose one of: %(known)s."),
            {"known": ", ".join(LADDERS.get(ladder, LADDERS))},
        )
        for ladder, rung in raw.items()
        if rung not in LADDERS.get(ladder, ())
    ]
    if problems:
        raise Invalid(problems)
    return Levels.from_json(base.to_json() | dict(raw))


def start(wish: Levels | None) -> Levels:
    """What is published if nobody decides anything more."""
    return DEFAULT if wish is None else DEFAULT.joined(wish)


def wished(session: Session, submission_id: str) -> Levels | None:
    """What the organization chose last, whichever version that was about."""
    found = _newest(session, submission_id, Stage.ORGANIZATION)
    return None if found is None else Levels.from_json(found.levels)


def decided(session: Session, row: Submission) -> RiskDecision | None:
    """What a reviewer decided last about the newest version."""
    found = _newest(session, row.id, Stage.REVIEW, row.version)
    if found is None:
        return None
    alike = Alike(found.public_alike, found.crowded, found.reached)
    return RiskDecision(Levels.from_json(found.levels), alike, found.threshold, found.reason, found.at)


def published_levels(session: Session, submission_id: str, version: int) -> Levels:
    """How exactly this version is published: as decided, and no more exactly than its organization wants."""
    wish = wished(session, submission_id)
    found = _newest(session, submission_id, Stage.REVIEW, version)
    if found is None:
        return start(wish)
    return Levels.from_json(found.levels).joined(wish or MOST_EXACT)


def _newest(
    session: Session, submission_id: str, stage: Stage, version: int | None = None
) -> ExactnessChoice | None:
    query = select(ExactnessChoice).where(
        ExactnessChoice.submission_id == submission_id, ExactnessChoice.stage == stage.value
    )
    if version is not None:
        query = query.where(ExactnessChoice.version == version)
    return session.scalar(query.order_by(ExactnessChoice.id.desc()).limit(1))


def _refuse_more_exact(levels: Levels, wish: Levels | None) -> None:
    wanted = wish or MOST_EXACT
    message = N_("The organization wants this to be less exact.")
    problems = [
        Problem(f"/levels/{ladder}", message) for ladder in LADDERS if levels.at(ladder) < wanted.at(ladder)
    ]
    if problems:
        raise Invalid(problems)


def _choice(
    session: Session, row: Submission, stage: Stage, seen: Assessment, reason: str = ""
) -> ExactnessChoice:
    return ExactnessChoice(
        submission_id=row.id,
        version=row.version,
        stage=stage.value,
        levels=seen.levels.to_json(),
        public_alike=seen.alike.public,
        crowded=bool(seen.alike.crowded),
        threshold=seen.threshold,
        reached=seen.alike.reached,
        sealed_reason=sealed_text(session, row.id, reason, reason_of(row.version)) if reason else None,
    )


def _keep(session: Session, actor: Actor, choice: ExactnessChoice, now: datetime) -> None:
    choice.actor_id, choice.organization_id, choice.at = actor.id, actor.organization_id, now
    session.add(choice)
    session.flush()


def _tell(session: Session, row: Submission, actor: Actor, now: datetime) -> None:
    """Note the act in the trail, and let others who have the report open notice."""
    row.lock += 1
    step = Step(steps.SUBJECT, row.id, "decide-exactness", row.state, row.state)
    audit.append(session, step, by(actor), now)


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) > REASON_MAX:
        facts = {"length": len(reason), "limit": REASON_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/reason", message, facts)])
    return reason


def _waiting(
    session: Session, row: Submission, account: Mapping[str, Any], viewer: Actor
) -> dict[str, frozenset[Any]]:
    """Other organization → from which rungs on its reports on their way look like this one."""
    newest = and_(
        SubmissionVersion.submission_id == Submission.id, SubmissionVersion.number == Submission.version
    )
    query = (
        select(Submission.organization_id, SubmissionVersion)
        .join(SubmissionVersion, newest)
        .join(Organization, Organization.id == Submission.organization_id)
        .where(
            Submission.state.in_([state.value for state in ON_THEIR_WAY]),
            Submission.tlp == Label.CLEAR.value,  # what is not to be public hides nobody there
            Submission.record_id.is_(None),  # a revision: what is public is counted there
            Submission.organization_id.not_in([row.organization_id, viewer.organization_id]),
        )
    )
    if not _is_demo(session, row):
        query = query.where(Submission.demo.is_(False), Organization.demo.is_(False))
    query = query.order_by(Submission.submitted_at.desc(), Submission.id).limit(WAITING_MAX)
    ours, found = outline(account), dict[str, set[Any]]()
    waiting = session.execute(query).all()
    keys_of(session).fetch(session, [theirs.submission_id for _, theirs in waiting])
    for organization_id, theirs in waiting:
        first = first_shared(ours, outline(theirs.account))
        if first is not None:
            found.setdefault(organization_id, set()).add(first)
    return {organization_id: frozenset(firsts) for organization_id, firsts in found.items()}


def _is_demo(session: Session, row: Submission) -> bool:
    return row.demo or session.get_one(Organization, row.organization_id).demo
