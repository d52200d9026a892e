"""Reports in every order of steps, by whoever tries them, against what must always hold.

Nobody judges what they have to do with; a severe report needs reviewers of two organizations; nothing goes
out in which a detail was left open; nothing that was said is ever gone; every step is one of the table.

``tests/registry/test_whole_machine.py`` says exactly what each act leads to, for two reviewers; here
everybody tries everything, also who must not, and only what must never happen is asked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from registry.audit import AuditRow, reading
from registry.audit.chain import check
from registry.errors import CommonsError
from registry.identity.rules import Actor, Role
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.risk.deciding import RiskCheck
from registry.intake.rules import TRANSITIONS, Action, State
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.coding.keeping import coded_newest
from registry.review.models import Claim, DecisionRow
from registry.review.quorum.models import VoteRow
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from tests.factories import account, register
from tests.registry.conftest import Furnished
from tests.registry.lived_in import LivedIn

STEPS: Final = int(os.environ.get("COMMONS_STEPS", "1000"))
"""Steps that are tried in all; the bar is 10,000 (``make lives``)."""
CHANGED: Final = account(text="A chatbot gave twice the dose.")
A_LIFE: Final = 50
REPORTS: Final = 3
"""Reports of one life; more would each come to little."""
PHONE: Final = "+254 722 000 111"
NAMED: Final = "Third Review"
ENOUGH: Final = 10_000
EVERY: Final = frozenset(
    {
        *("release", "recuse", "settle", "decline", "ask", "uphold", "reject", "withdraw"),
        *("appeal", "reopen", "change"),
    }
)
"""What is done at least once in so many steps."""
DONE: Counter[str] = Counter()
"""How often each act was done and not refused, in all lives; and how many steps were tried."""
STEP: Final = "steps"
HOLDS: Final = ("claim", "claim", "claim", "release", "release", "recuse")
"""Who recuses themselves is out for a whole life: were it as frequent as the rest, nobody would be left."""


class Lives(LivedIn):
    """A few reports, and people of five organizations who try everything on them."""

    def __init__(self) -> None:
        super().__init__()
        house, people = self.house, self.house.people
        risk = RiskCheck(RecordCrowd(house.public), 1, coded_newest)
        terms = ReviewTerms(severe_from="serious")
        self.reviews = Reviews(house.private, house.clock, risk, terms, PublicTargets(house.public))
        enter = (house.side.directory, house.side.sessions)
        third = register(*enter, "third", NAMED, [Role.REVIEWER])
        self.members = [people.member, people.other_member]
        self.reviewers = [people.reviewer, people.other_reviewer, third]
        for member, name in zip(self.members, ("inner", "outer"), strict=True):  # they work for a sender, too
            person = house.side.directory.add_person(f"{name}@example.org", name, "a long password")
            house.side.directory.grant(person, member.organization_id, [Role.REVIEWER])
            self.reviewers.append(house.side.sessions.actor_of(person))
        self.keys: list[str] = []
        self.severe: set[str] = set()
        self.named: set[str] = set()
        self.rows: Counter[str] = Counter()
        self.send(who=0, severe=True, named=False, phone=True)
        self.send(who=1, severe=False, named=False, phone=False)

    def attempt(self, name: str, act: Callable[[], object]) -> bool:
        """Try something; whether it was done."""
        try:
            act()
        except CommonsError:
            return False
        DONE[name] += 1
        return True

    def key(self, number: int) -> str:
        return self.keys[number % len(self.keys)]

    def where(self, *states: State) -> list[str]:
        """The reports that stand there now."""
        return [key for key in self.keys if self.house.state(key) in states]

    def attempt_claimed(self, name: str, reviewer: Actor, key: str, act: Callable[[], object]) -> None:
        """Try something as a reviewer does: with a claim, if there is one to be had."""
        self.attempt("claim", lambda: self.reviews.claim(reviewer, key))
        self.attempt(name, act)

    @precondition(lambda self: len(self.keys) < REPORTS)
    @rule(who=st.integers(0, 1), severe=st.booleans(), named=st.booleans(), phone=st.booleans())
    def send(self, who: int, severe: bool, named: bool, phone: bool) -> None:
        raw = account(text=f"A chatbot gave a dose. {f'Call {PHONE}.' if phone else ''}")
        raw["classification"]["severity"] = ["severity/serious" if severe else "severity/minor"]
        if named:
            raw["entities"] = {"deployers": [NAMED]}
        made = self.house.side.intake.create(self.members[who], raw, channel="form", submit=True)
        self.keys.append(made.view.summary.id)
        if severe:
            self.severe.add(made.view.summary.id)
        if named:
            self.named.add(made.view.summary.id)
        DONE["send"] += 1

    @rule(number=st.integers(0, 9), who=st.integers(0, 4), act=st.sampled_from(HOLDS))
    def hold(self, number: int, who: int, act: str) -> None:
        key, reviewer = self.key(number), self.reviewers[who]
        acts = {
            "claim": lambda: self.reviews.claim(reviewer, key),
            "release": lambda: self.reviews.release(reviewer, key),
            "recuse": lambda: self.reviews.recuse(reviewer, key, "close"),
        }
        self.attempt(act, acts[act])

    @rule(number=st.integers(0, 9), who=st.integers(0, 4), settled=st.booleans())
    def accept(self, number: int, who: int, settled: bool) -> None:
        key, reviewer = self.key(number), self.reviewers[who]
        if settled:
            self.attempt("claim", lambda: self.reviews.claim(reviewer, key))
            self.attempt("settle", lambda: self._settle(reviewer, key))
        self.attempt("accept", lambda: self.reviews.accept(reviewer, key))

    def _settle(self, reviewer: Actor, key: str) -> None:
        waiting = self.reviews.read(reviewer, key).personal.open
        self.reviews.decide_details(reviewer, key, {one.detail.thing: "keep" for one in waiting})

    @rule(number=st.integers(0, 9), who=st.integers(0, 4), act=st.sampled_from(["decline", "ask"]))
    def refuse(self, number: int, who: int, act: str) -> None:
        key, reviewer = self.key(number), self.reviewers[who]
        acts = {
            "decline": lambda: self.reviews.decline(reviewer, key, "unsafe", ""),
            "ask": lambda: self.reviews.request_changes(reviewer, key, "Which dose?"),
        }
        self.attempt_claimed(act, reviewer, key, acts[act])

    @precondition(lambda self: self.where(State.APPEALED))
    @rule(who=st.integers(0, 4), right=st.booleans())
    def judge_an_appeal(self, who: int, right: bool) -> None:
        """Also by who must not; a report gets here too seldom for a number drawn from all of them."""
        key = self.where(State.APPEALED)[0]
        reviewer, appeals = self.reviewers[who], self.house.side.reviewing.appeals
        acts = {
            "uphold": lambda: appeals.uphold(reviewer, key, "It should be looked at again."),
            "reject": lambda: appeals.reject(reviewer, key, "still-unsafe", "It stays unsafe."),
        }
        act = "uphold" if right else "reject"
        self.attempt_claimed(act, reviewer, key, acts[act])

    @rule(
        number=st.integers(0, 9),
        who=st.integers(0, 1),
        act=st.sampled_from(["submit", "withdraw", "change"]),
    )
    def own(self, number: int, who: int, act: str) -> None:
        key, member, side = self.key(number), self.members[who], self.house.side
        acts = {
            "submit": lambda: side.intake.submit(member, key),
            "withdraw": lambda: side.intake.withdraw(member, key),
            "change": lambda: side.intake.revise(member, key, CHANGED, expected=None),
        }
        if self.attempt(act, acts[act]) and act == "change":
            self.severe.add(key)

    @precondition(lambda self: self.where(State.DECLINED))
    @rule(who=st.integers(0, 1))
    def appeal(self, who: int) -> None:
        key, appeals = self.where(State.DECLINED)[-1], self.house.side.reviewing.appeals
        self.attempt("appeal", lambda: appeals.make(self.members[who], key, "It is not unsafe at all."))

    @precondition(lambda self: self.where(State.PUBLISHED))
    @rule(who=st.integers(0, 1))
    def reopen(self, who: int) -> None:
        key, revising = self.where(State.PUBLISHED)[-1], self.house.side.revising
        self.attempt("reopen", lambda: revising.reopen(self.members[who], key))

    @rule(hours=st.sampled_from([1, 50]))
    def wait(self, hours: int) -> None:
        """Time goes by, and the worker publishes what is due."""
        self.clock.forward(hours=hours)
        self.publish(early=False)

    @precondition(lambda self: self.house.ask("SELECT 1 FROM submission WHERE state = 'accepted'"))
    @rule(early=st.booleans())
    def publish(self, *, early: bool) -> None:
        DONE["publish"] += len(self.house.side.publication.publish_batch(early=early))

    @invariant()
    def a_step_is_counted(self) -> None:
        DONE[STEP] += 1

    @invariant()
    def nobody_judges_what_they_have_to_do_with(self) -> None:
        for table in (Claim, DecisionRow, VoteRow):
            own = select(table.submission_id).join(Submission, Submission.id == table.submission_id)
            with self.house.private.read() as session:
                judged = own.where(table.organization_id == Submission.organization_id)
                assert list(session.scalars(judged)) == []

    @invariant()
    def nobody_judges_a_version_that_names_their_organization(self) -> None:
        for table in (DecisionRow, VoteRow):
            of_the_named = select(table.submission_id).where(
                table.organization_id == self.reviewers[2].organization_id, table.version == 1
            )
            with self.house.private.read() as session:
                assert not self.named & set(session.scalars(of_the_named))

    @invariant()
    def severe_reports_are_accepted_by_two_organizations(self) -> None:
        accepted = self.house.ask(
            "SELECT s.id, s.version - d.version, COUNT(DISTINCT d.organization_id) FROM submission s"
            " JOIN review_decision d ON d.submission_id = s.id AND d.decision = 'accept'"
            " WHERE s.state IN ('accepted', 'scheduled', 'published') GROUP BY s.id, d.version, s.version"
        )
        for key, earlier, count in accepted:
            assert count >= (2 if key in self.severe and not earlier else 1)
        standing = "SELECT id FROM submission WHERE state IN ('accepted', 'scheduled', 'published')"
        assert {row[0] for row in self.house.ask(standing)} == {key for key, *_ in accepted}

    @invariant()
    def nothing_goes_out_in_which_a_detail_is_open(self) -> None:
        payloads = self.house.ask_public("SELECT payload FROM record_version")
        assert not any(PHONE in str(row[0]) for row in payloads)

    @invariant()
    def what_was_said_stays(self) -> None:
        for table in (Submission, SubmissionVersion, DecisionRow, VoteRow, AuditRow):
            with self.house.private.read() as session:
                count = session.scalar(select(func.count()).select_from(table)) or 0
            assert count >= self.rows[table.__tablename__]
            self.rows[table.__tablename__] = count

    @invariant()
    def every_step_is_one_of_the_table(self) -> None:
        for key in self.keys:
            state: str | None = None
            for action, old, new in self.house.steps(key):
                if action in list(Action):
                    assert TRANSITIONS[Action(action)][State(cast("str", old))] == new
                    assert state in (None, old)
                    state = new
            assert state in (None, self.house.state(key))

    def teardown(self) -> None:
        found = check(reading.links(self.house.private))
        super().teardown()
        assert found.fault is None


@pytest.mark.timeout(3600)
def test_whatever_anybody_tries_what_must_hold_holds(
    furnished_sqlite: Furnished, record_property: Callable[[str, Any], None]
) -> None:
    machine = type("Furnished", (Lives,), {"furnished": furnished_sqlite})
    DONE.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(1, STEPS * 5 // 4 // A_LIFE),  # not every life is lived to its end
            stateful_step_count=A_LIFE,
            deadline=None,
            derandomize=STEPS < ENOUGH,  # few steps reach all that is asked for below only by luck
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )
    record_property("figures", f"about {STEPS} steps tried; done: {dict(sorted(DONE.items()))}")
    assert DONE[STEP] >= STEPS
    expected = {"send", "claim", "accept", "decline", "publish"} | (EVERY if STEPS >= ENOUGH else set())
    assert expected <= {act for act, count in DONE.items() if count}
