"""Use cases of a reviewer: look, claim, release, ask for changes, accept, decline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from registry import audit
from registry.account import Account
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.rules import GUEST, Actor, Permission
from registry.identity.starting import by
from registry.intake import access, due, steps
from registry.intake.models import Submission
from registry.intake.personal.deciding import choose, for_reviewers
from registry.intake.personal.rules import Stage
from registry.intake.risk.deciding import RiskCheck, RiskChoice, read_levels
from registry.intake.risk.views import Assessment
from registry.intake.rules import Action, State
from registry.intake.similar import relating
from registry.intake.similar.rules import Held, wrong
from registry.intake.similar.targets import Targets
from registry.intake.views import SubmissionView, summary
from registry.outbox import enqueue
from registry.privacy.coarsening import left_standing
from registry.review import interest, readiness, releasing, under_review
from registry.review.appealing import rows as appeals
from registry.review.coding import keeping, sample
from registry.review.coding.rules import Given
from registry.review.concluding import (
    Conclusion,
    ask_for_changes,
    conclude,
    decisions_on,
    quorum_of,
    refuse_second_vote,
)
from registry.review.holding import claim_view
from registry.review.independence import masking, recusing
from registry.review.independence.rules import RECUSAL_REASONS, UNMASK_REASONS
from registry.review.models import Claim
from registry.review.notes import checked_note
from registry.review.pools import keeping as pools
from registry.review.rules import DECLINE_REASONS, OTHER_NODE, SAID_IN_THE_NOTE, Decision, has_lapsed
from registry.review.terms import ReviewTerms
from registry.review.views import DecisionView, ReviewView
from registry.review.workflow import ACTS, Act

PUBLICATION_DUE = due.PUBLICATION_DUE
"""Kind of the outbox job that an acceptance leaves for the door."""


class Reviews:
    """What a reviewer does with other organizations' submissions."""

    def __init__(
        self,
        private: PrivateDatabase,
        clock: Clock,
        risk: RiskCheck,
        terms: ReviewTerms,
        targets: Targets,
    ) -> None:
        self._private, self._clock, self._risk, self._terms = private, clock, risk, terms
        self._targets = targets

    def read(self, actor: Actor, submission_id: str) -> ReviewView:
        """All that is needed to decide; raises ``NotFound`` for drafts and one's own organization's."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            found = for_reviewers(session, row)
            shown = Account.from_json(found.account)
            told_by = masking.teller(session, actor, row, blind=self._terms.blind)
            return ReviewView(
                submission=SubmissionView(replace(summary(row), title=shown.title), shown),
                personal=found,
                guest=row.channel == GUEST,
                contributor=told_by.words,
                masked=told_by.masked,
                claim=claim_view(session.get(Claim, row.id), actor, self._clock),
                quorum=quorum_of(session, actor, row, self._terms.severe_from),
                steps=tuple(audit.trail(session, steps.SUBJECT, row.id)),
                decisions=tuple(decisions_on(session, row.id)),
                coding=keeping.of(session, row),
                appeal=appeals.for_reviewers(session, row, shown.language),
                speaks_of=interest.speaks_of(session, actor, shown),
            )

    def claim(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> None:
        """Take a report on; raises ``Conflict`` while somebody else holds it, or beyond one's own bound."""
        with self._private.work() as session:
            row, now = self._free(session, actor, submission_id, expected), self._clock()
            pools.refuse_more(session, actor, now)
            steps.move(session, row, Action.CLAIM, by(actor), now)
            session.merge(
                Claim(
                    submission_id=row.id,
                    reviewer_id=actor.id,
                    reviewer_name=actor.name,
                    organization_id=actor.organization_id,
                    until=now + self._terms.claim_life,
                )
            )

    def ask(self, actor: Actor, submission_id: str, act: Act) -> None:
        """Raises what would keep this act from being done now, as the act would; changes nothing."""
        with self._private.work() as session:
            if ACTS[act].own_claim:
                self._claimed(session, actor, submission_id, None, act)
            else:
                self._free(session, actor, submission_id, None)

    def release(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> None:
        """Put a report back into the queue."""
        with self._private.work() as session:
            row, claim = self._claimed(session, actor, submission_id, expected, Act.RELEASE)
            steps.move(session, row, Action.RELEASE, by(actor), self._clock())
            session.delete(claim)

    def unmask(
        self, actor: Actor, submission_id: str, reason_code: str, *, expected: int | None = None
    ) -> None:
        """Learn who told a report, where review is blind; the reason stays on record. Raises ``Invalid``."""
        _known("/reason", reason_code, UNMASK_REASONS)
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.UNMASK)
            masking.unmask(session, row, actor, reason_code, self._clock())

    def recuse(
        self, actor: Actor, submission_id: str, reason_code: str, *, expected: int | None = None
    ) -> None:
        """Step aside from a report for good; a claim of one's own goes back. Raises ``Invalid``."""
        _known("/reason", reason_code, RECUSAL_REASONS)
        with self._private.work() as session:
            row = under_review.held(session, actor, submission_id)
            under_review.guard(session, actor, row, expected, ACTS[Act.RECUSE])
            recusing.step_aside(session, row, actor, reason_code, self._clock())

    def request_changes(
        self, actor: Actor, submission_id: str, note: str, *, expected: int | None = None
    ) -> None:
        """Ask the organization to mend something; the note says what. The claim stays."""
        note = checked_note(note, required=True)
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.REQUEST_CHANGES)
            ask_for_changes(session, actor, row, note, self._clock())

    def accept(
        self, actor: Actor, submission_id: str, note: str = "", *, expected: int | None = None
    ) -> Decision | None:
        """Accept the newest version; it will be published with the next batch.

        Gives what is decided by that: nothing yet, where reviewers of other organizations have to agree.
        """
        note = checked_note(note, required=False)
        with self._private.work() as session:
            row, claim = self._claimed(session, actor, submission_id, expected, Act.ACCEPT)
            seen = readiness.refuse_open(session, row, actor, self._risk)
            decided = self._conclude(session, actor, row, Conclusion(Decision.ACCEPT, note))
            if decided is Decision.ACCEPT:
                readiness.settle(session, row, actor, self._risk, seen, self._clock())
            session.delete(claim)
            return self._go_on(session, row, decided)

    def decide_details(
        self, actor: Actor, submission_id: str, choices: Mapping[str, str], *, expected: int | None = None
    ) -> int:
        """Say which details (thing → ``hide`` or ``keep``) the public may read; raises ``Invalid``.

        Gives the lock of the report afterwards.
        """
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.DECIDE_PART)
            choose(session, row, actor, Stage.REVIEW, choices, self._clock())
            return row.lock

    def risk(self, actor: Actor, submission_id: str, levels: Mapping[str, str] | None = None) -> Assessment:
        """How many look like this report, at these rungs (ladder → rung) or those that count now."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            chosen = None if levels is None else read_levels(levels)
            found = self._risk.for_review(session, row, actor, chosen)
            written = for_reviewers(session, row).for_public()
            return replace(found, still_told=left_standing(written, found.levels))

    def decide_risk(
        self, actor: Actor, submission_id: str, choice: RiskChoice, *, expected: int | None = None
    ) -> None:
        """Say how exactly the newest version is published; raises ``Invalid``."""
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.DECIDE_PART)
            self._risk.decide(session, row, actor, choice, self._clock())

    def classify(self, actor: Actor, submission_id: str, given: Given, *, expected: int | None = None) -> int:
        """Confirm or change the codes of one facet; raises ``Invalid``. Gives the lock afterwards."""
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.DECIDE_PART)
            keeping.keep(session, row, actor, given, self._clock())
            return row.lock

    def decide_relation(
        self, actor: Actor, submission_id: str, *, confirm: bool, expected: int | None = None
    ) -> None:
        """Say whether the report belongs to the record that it names; without that it is not accepted."""
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.DECIDE_PART)
            held = Held.CONFIRMED if confirm else Held.DROPPED
            relating.decide(session, row, held, by(actor), self._clock())

    def merge(self, actor: Actor, submission_id: str, record: str, *, expected: int | None = None) -> None:
        """Say that a report belongs to a public record, whether or not it named one; raises ``Invalid``."""
        problem = wrong(self._targets.standing(record))
        with self._private.work() as session:
            row, _ = self._claimed(session, actor, submission_id, expected, Act.MERGE)
            if problem is not None:  # told to those only for whom the report is there
                raise Invalid([Problem("/record", problem.message)])
            relating.merge(session, row, record, by(actor), self._clock())

    def decline(
        self,
        actor: Actor,
        submission_id: str,
        reason_code: str,
        note: str,
        *,
        other_node: str = "",
        expected: int | None = None,
    ) -> Decision | None:
        """Decline with a reason code and a note; both stay on record and the submitter sees them.

        ``other_node`` is the id of the node that is the right place for it, for that reason alone.
        Gives what is decided by that, as ``accept`` does.
        """
        other_node = other_node if reason_code == OTHER_NODE else ""
        note = refuse_decline(reason_code, note, told=bool(other_node))
        with self._private.work() as session:
            row, claim = self._claimed(session, actor, submission_id, expected, Act.DECLINE)
            decided = self._conclude(
                session, actor, row, Conclusion(Decision.DECLINE, note, reason_code, other_node or None)
            )
            session.delete(claim)
            return self._go_on(session, row, decided)

    def decisions_for_submitter(self, actor: Actor, submission_id: str) -> list[DecisionView]:
        """The decisions on one's own organization's report, oldest first."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return decisions_on(session, row.id)

    def _free(self, session: Session, actor: Actor, submission_id: str, expected: int | None) -> Submission:
        row = under_review.held(session, actor, submission_id)
        under_review.guard(session, actor, row, expected, ACTS[Act.CLAIM])
        refuse_second_vote(session, actor, row)
        held = session.get(Claim, row.id)
        # What was taken back in review and came again as a revision waits for anybody.
        waits = State(row.state) is State.SUBMITTED
        if held is not None and not waits and not has_lapsed(held.until, self._clock()):
            raise Conflict(_held_by(held, actor), reviewer=held.reviewer_name)
        return row

    def _claimed(
        self, session: Session, actor: Actor, submission_id: str, expected: int | None, act: Act
    ) -> tuple[Submission, Claim]:
        return under_review.claimed(session, actor, submission_id, expected, act, self._clock())

    def _conclude(self, session: Session, actor: Actor, row: Submission, said: Conclusion) -> Decision | None:
        return conclude(session, actor, row, said, self._terms.severe_from, self._clock())

    def _go_on(self, session: Session, row: Submission, decided: Decision | None) -> Decision | None:
        """What follows from a decision: an accepted report waits for its random time and its batch."""
        if decided is Decision.ACCEPT:
            sample.draw(session, row, self._terms.second_coding, self._clock())
            released = releasing.hold(session, row.id, self._clock(), self._terms.delay)
            enqueue(session, PUBLICATION_DUE, {}, due.next_batch(released, self._terms.publication_every))
        return decided


def refuse_decline(reason_code: str, note: str, *, told: bool = False) -> str:
    """The note of a decline as it is kept; raises ``Invalid`` for an unknown reason or a bad note.

    ``told`` is whether something else says what the note would have to.
    """
    _known("/reason", reason_code, DECLINE_REASONS)
    return checked_note(note, required=reason_code in SAID_IN_THE_NOTE and not told)


def _known(pointer: str, code: str, codes: Mapping[str, str]) -> None:
    """Raises ``Invalid`` for a code that is none of these."""
    if code not in codes:
        raise Invalid([Problem(pointer, N_("Choose one of: %(known)s."), {"known": ", ".join(codes)})])


def _held_by(claim: Claim, actor: Actor) -> str:
    if claim.reviewer_id == actor.id:
        return N_("You have claimed this report already.")
    return N_("%(reviewer)s is reviewing this report at the moment.")
