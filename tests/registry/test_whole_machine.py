"""A report's life as a state machine: whatever people and machines do in whatever order, the books agree.

The model is a plain table of what should be true; after every step the databases are asked.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from registry.errors import Conflict
from registry.identity.rules import Actor
from registry.intake.rules import EDITABLE, Action, State, after, possible
from registry.review.service import Reviews
from tests.conftest import SettableClock
from tests.factories import account
from tests.registry.conftest import Furnished
from tests.registry.house import House, open_house


@dataclass
class Known:
    """What should be true of one submission."""

    owner: Actor
    state: State = State.DRAFT
    versions: int = 1
    holder: str | None = None
    steps: list[str] = field(default_factory=lambda: ["create"])


class Life(RuleBasedStateMachine):
    """People write, send, claim, decide; the door opens; some runs of it die half-way."""

    furnished: Furnished
    submissions: Bundle[str] = Bundle("submissions")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        copy, people = self.furnished
        self.house: House = open_house(copy(self.folder), SettableClock(), people)
        self.known: dict[str, Known] = {}

    def teardown(self) -> None:
        self.house.private.close()
        self.house.public.close()
        shutil.rmtree(self.folder)

    @rule(target=submissions, who=st.sampled_from(["member", "other_member"]), submit=st.booleans())
    def write(self, who: str, submit: bool) -> str:
        actor: Actor = getattr(self.house.people, who)
        made = self.house.side.intake.create(actor, account(), channel="form", submit=submit)
        known = self.known[made.view.summary.id] = Known(actor)
        if submit:
            known.state = State.SUBMITTED
            known.steps.append("submit")
        return made.view.summary.id

    @rule(key=submissions)
    def revise(self, key: str) -> None:
        known = self.known[key]
        if self._goes(
            known.state in EDITABLE,
            lambda: self.house.side.intake.revise(known.owner, key, account(), expected=None),
        ):
            known.versions += 1
            known.steps.append("revise")

    @rule(key=submissions)
    def submit(self, key: str) -> None:
        self._step(key, Action.SUBMIT, lambda: self.house.side.intake.submit(self.known[key].owner, key))

    @rule(key=submissions)
    def withdraw(self, key: str) -> None:
        self._step(key, Action.WITHDRAW, lambda: self.house.side.intake.withdraw(self.known[key].owner, key))

    @rule(key=submissions, who=st.sampled_from(["reviewer", "other_reviewer"]))
    def claim(self, key: str, who: str) -> None:
        known = self.known[key]
        if known.state in (State.DRAFT, State.WITHDRAWN):
            return
        free = known.holder is None or known.state is State.SUBMITTED
        if self._step(
            key, Action.CLAIM, lambda: self.house.side.reviews.claim(self._person(who), key), free=free
        ):
            known.holder = who

    @rule(key=submissions, who=st.sampled_from(["reviewer", "other_reviewer"]))
    def release(self, key: str, who: str) -> None:
        if self._decide(key, who, Action.RELEASE, lambda: self._reviews().release(self._person(who), key)):
            self.known[key].holder = None

    @rule(key=submissions, who=st.sampled_from(["reviewer", "other_reviewer"]))
    def request_changes(self, key: str, who: str) -> None:
        act = lambda: self._reviews().request_changes(self._person(who), key, "Say more.")  # noqa: E731 - named for the line below
        self._decide(key, who, Action.REQUEST_CHANGES, act)

    @rule(key=submissions, who=st.sampled_from(["reviewer", "other_reviewer"]))
    def accept(self, key: str, who: str) -> None:
        self._decide(key, who, Action.ACCEPT, lambda: self._reviews().accept(self._person(who), key))

    @rule(key=submissions, who=st.sampled_from(["reviewer", "other_reviewer"]))
    def decline(self, key: str, who: str) -> None:
        act = lambda: self._reviews().decline(self._person(who), key, "test", "")  # noqa: E731 - named for the line below
        self._decide(key, who, Action.DECLINE, act)

    @rule(stop=st.sampled_from(["reserve", "write", "never"]))
    def open_the_door(self, stop: str) -> None:
        door = self.house.side.publication
        door.reserve()
        self._all(State.ACCEPTED, State.SCHEDULED, "schedule")
        if stop == "reserve":
            return
        written = door.write(door.open_parcels())
        if stop == "never":
            door.mark(written)
            self._all(State.SCHEDULED, State.PUBLISHED, "publish")

    @invariant()
    def states_and_versions_agree(self) -> None:
        rows = self.house.ask(
            "SELECT s.id, s.state, s.version, count(v.number), max(v.number) FROM submission s"
            " JOIN submission_version v ON v.submission_id = s.id GROUP BY s.id, s.state, s.version"
        )
        found = {row[0]: tuple(row[1:]) for row in rows}
        assert found == {
            key: (k.state.value, k.versions, k.versions, k.versions) for key, k in self.known.items()
        }

    @invariant()
    def every_step_is_on_the_trail_in_order(self) -> None:
        for key, known in self.known.items():
            assert [action for action, _, _ in self.house.steps(key)] == known.steps

    @invariant()
    def each_published_report_is_one_record(self) -> None:
        marked = self.house.ask("SELECT record_id FROM submission WHERE state = 'published'")
        written = {row[0] for row in self.house.ask_public("SELECT id FROM record")}
        assert len({row[0] for row in marked}) == len(marked)
        assert {row[0] for row in marked} <= written
        scheduled = sum(k.state is State.SCHEDULED for k in self.known.values())
        assert len(marked) <= len(written) <= len(marked) + scheduled

    def _step(self, key: str, action: Action, act: Callable[[], object], *, free: bool = True) -> bool:
        known = self.known[key]
        if not self._goes(free and action in possible(known.state), act):
            return False
        known.state = after(action, known.state)
        known.steps.append(action.value)
        return True

    def _decide(self, key: str, who: str, action: Action, act: Callable[[], object]) -> bool:
        known = self.known[key]
        if known.state in (State.DRAFT, State.WITHDRAWN):
            return False
        return self._step(key, action, act, free=known.holder == who)

    def _goes(self, expected: bool, act: Callable[[], object]) -> bool:
        if expected:
            act()
        else:
            with pytest.raises(Conflict):
                act()
        return expected

    def _all(self, old: State, new: State, step: str) -> None:
        for known in self.known.values():
            if known.state is old:
                known.state = new
                known.steps.append(step)

    def _person(self, who: str) -> Actor:
        actor: Actor = getattr(self.house.people, who)
        return actor

    def _reviews(self) -> Reviews:
        return self.house.side.reviews


def test_the_books_agree_whatever_happens(furnished_sqlite: Furnished) -> None:
    class Here(Life):
        furnished = furnished_sqlite

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
