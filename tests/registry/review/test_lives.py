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
from functools import partial
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from registry.audit import reading
from registry.audit.chain import check
from registry.errors import CommonsError
from registry.identity.rules import Actor, Role
from registry.intake.risk.deciding import RiskCheck
from registry.intake.rules import State
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.aftercare.changes import Proposal
from registry.review.coding.keeping import coded_newest
from registry.review.coding.rules import Given
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from tests.factories import account, register
from tests.registry.conftest import Furnished
from tests.registry.review.kept_true import PHONE, SEVERITIES, KeptTrue

STEPS: Final = int(os.environ.get("COMMONS_STEPS", "1000"))
"""Steps that are tried in all; the bar is 10,000 (``make lives``)."""
CHANGED: Final = account(text="A chatbot gave twice the dose.")
A_LIFE: Final = 50
REPORTS: Final = 3
"""Reports of one life; more would each come to little."""
NAMED: Final = "Third Review"
ENOUGH: Final = 10_000
EVERY: Final = frozenset(
    {
        *("release", "recuse", "settle", "decline", "ask", "uphold", "reject", "withdraw"),
        *("appeal", "reopen", "change", "recode", "recode and accept", "recode and release"),
        *("erase original", "propose", "approve", "carry out"),
    }
)
"""What is done at least once in so many steps."""
DONE: Counter[str] = Counter()
"""How often each act was done and not refused, in all lives; and how many steps were tried."""
STEP: Final = "steps"
HOLDS: Final = ("claim", "claim", "claim", "release", "release", "recuse")
"""Who recuses themselves is out for a whole life: were it as frequent as the rest, nobody would be left."""


ENDED: Final = (State.PUBLISHED, State.DECLINED, State.WITHDRAWN)
CHANGES: Final = (("retract", "wrong"), ("erase", "safety"), ("reinstate", "in-error"))
WHOM: Final = st.integers(0, 6)
"""Numbers of reviewers: three of them have a colleague who reviews for the same organization."""


class Lives(KeptTrue):
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
        for whose, name in ((people.reviewer, "upper"), (people.other_reviewer, "lower")):  # one voice each
            person = house.side.directory.add_person(f"{name}@example.org", name, "a long password")
            house.side.directory.grant(person, whose.organization_id, [Role.REVIEWER])
            self.reviewers.append(house.side.sessions.actor_of(person))
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
        if named:
            self.named.add(made.view.summary.id)
        DONE["send"] += 1

    @rule(number=st.integers(0, 9), who=WHOM, act=st.sampled_from(HOLDS))
    def hold(self, number: int, who: int, act: str) -> None:
        key, reviewer = self.key(number), self.reviewers[who]
        acts = {
            "claim": lambda: self.reviews.claim(reviewer, key),
            "release": lambda: self.reviews.release(reviewer, key),
            "recuse": lambda: self.reviews.recuse(reviewer, key, "close"),
        }
        self.attempt(act, acts[act])

    @rule(number=st.integers(0, 9), who=WHOM, settled=st.booleans())
    def accept(self, number: int, who: int, settled: bool) -> None:
        key, reviewer = self.key(number), self.reviewers[who]
        if settled:
            self.attempt("claim", lambda: self.reviews.claim(reviewer, key))
            self.attempt("settle", lambda: self._settle(reviewer, key))
        self.attempt("accept", lambda: self.reviews.accept(reviewer, key))

    def _settle(self, reviewer: Actor, key: str) -> None:
        waiting = self.reviews.read(reviewer, key).personal.open
        self.reviews.decide_details(reviewer, key, {one.detail.thing: "keep" for one in waiting})

    @rule(
        number=st.integers(0, 9),
        who=WHOM,
        severity=st.sampled_from(SEVERITIES),
        then=st.sampled_from(["", "accept", "release", "release"]),
    )
    def recode(self, number: int, who: int, severity: str, then: str) -> None:
        """Classify it otherwise, or as before, so that votes lapse and count again; go on, or put it back."""
        key, reviewer = self.key(number), self.reviewers[who]
        given = Given("severity", (f"severity/{severity}",))
        self.attempt("claim", lambda: self.reviews.claim(reviewer, key))
        if not self.attempt("recode", lambda: self.reviews.classify(reviewer, key, given)) or not then:
            return
        if then == "accept":
            self.attempt("settle", lambda: self._settle(reviewer, key))
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: self.reviews.accept(reviewer, key),
            "release": lambda: self.reviews.release(reviewer, key),
        }
        self.attempt(f"recode and {then}", acts[then])

    @rule()
    def worker(self) -> None:
        """Whoever holds what names them by now loses it."""
        DONE["let go"] += self.house.side.reviewing.letting_go.run()

    @precondition(lambda self: self.where(*ENDED))
    @rule(number=st.integers(0, 9), who=st.integers(0, 1))
    def erase(self, number: int, who: int) -> None:
        """Of what is over: else nothing would be left to judge."""
        ended, originals = self.where(*ENDED), self.house.side.custody.originals
        key = ended[number % len(ended)]
        self.attempt("erase original", lambda: originals.erase(self.members[who], key))

    @precondition(lambda self: self.where(State.PUBLISHED))
    @rule(who=WHOM, decider=WHOM, change=st.sampled_from(CHANGES), early=st.booleans())
    def care(self, who: int, decider: int, change: tuple[str, str], early: bool) -> None:
        """Something is proposed for a public record, and somebody decides; the door does it."""
        public = "SELECT record_id FROM submission WHERE state = 'published' ORDER BY id"
        record = self.house.ask(public)[0][0]
        changes, carried = self.house.side.reviewing.care.changes, self.house.side.record_changes
        wish = Proposal(*change, "", self._revision(record))
        self.attempt("propose", lambda: changes.propose(self.reviewers[who], record, wish))
        for (key,) in self.house.ask("SELECT id FROM record_change WHERE state = 'proposed' ORDER BY id"):
            self.attempt("approve", partial(changes.approve, self.reviewers[decider], key))
        DONE["carry out"] += len(carried.carry_out(early=early))

    def _revision(self, record: str) -> int:
        query = "SELECT max(revision) FROM record_version WHERE record_id = :id"
        return int(self.house.ask_public(query, id=record)[0][0] or 1)

    @rule(number=st.integers(0, 9), who=WHOM, act=st.sampled_from(["decline", "ask"]))
    def refuse(self, number: int, who: int, act: str) -> None:
        key, reviewer = self.key(number), self.reviewers[who]
        acts = {
            "decline": lambda: self.reviews.decline(reviewer, key, "unsafe", ""),
            "ask": lambda: self.reviews.request_changes(reviewer, key, "Which dose?"),
        }
        self.attempt_claimed(act, reviewer, key, acts[act])

    @precondition(lambda self: self.where(State.APPEALED))
    @rule(who=WHOM, right=st.booleans())
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
        act=st.sampled_from(["submit", "withdraw", "change", "name"]),
    )
    def own(self, number: int, who: int, act: str) -> None:
        key, member, side = self.key(number), self.members[who], self.house.side
        acts = {
            "submit": lambda: side.intake.submit(member, key),
            "withdraw": lambda: side.intake.withdraw(member, key),
            "change": lambda: side.intake.revise(member, key, CHANGED, expected=None),
            "name": lambda: side.intake.revise(
                member, key, CHANGED | {"entities": {"deployers": [NAMED]}}, expected=None
            ),
        }
        self.attempt(act, acts[act])

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
