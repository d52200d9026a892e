"""A report's life as a state machine: whatever people and machines do in whatever order, the books agree.

The model is a plain table of what should be true; after every step the databases are asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, rule, run_state_machine_as_test

from registry.errors import Conflict, NotFound
from registry.identity.rules import Actor
from registry.intake.rules import EDITABLE, ON_PUBLIC, Action, State, after, possible
from registry.review.service import Reviews
from tests.registry import opened
from tests.registry.conftest import Furnished
from tests.registry.known import WHO, Known, story
from tests.registry.lived_in import LivedIn

REVIEWER = st.sampled_from(["reviewer", "other_reviewer"])
UNSEEN = (State.DRAFT, State.REVISING, State.WITHDRAWN)
"""States of which reviewers know nothing."""
LIFE_OF_A_CLAIM = timedelta(hours=48)


class Life(LivedIn):
    """People write, send, claim, decide; time passes; the door opens; some runs of it die half-way."""

    submissions: Bundle[str] = Bundle("submissions")

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Known] = {}
        self.kept: dict[str, list[tuple[Any, ...]]] = {}

    @rule(target=submissions, who=st.sampled_from(["member", "other_member"]), submit=st.booleans())
    def write(self, who: str, submit: bool) -> str:
        actor, title = self._person(who), self._new_title()
        made = self.house.side.intake.create(actor, story(title), channel="form", submit=submit)
        known = self.known[made.view.summary.id] = Known(actor, [title])
        if submit:
            known.state = State.SUBMITTED
            known.steps.append("submit")
        return made.view.summary.id

    @rule(key=submissions)
    def revise(self, key: str) -> None:
        known, title = self.known[key], self._new_title()
        intake = self.house.side.intake
        if self._goes(
            known.state in EDITABLE,
            lambda: intake.revise(known.owner, key, story(title), expected=None),
        ):
            known.titles.append(title)
            known.current = len(known.titles)
            known.steps.append("revise")

    @rule(target=submissions)
    def publish(self) -> str:
        """The whole way at once: chance alone seldom finds it, and so never what comes after."""
        key = self.write("member", submit=True)
        self.claim(key, "reviewer")
        self.decide_details(key, "reviewer", "keep")
        self.accept(key, "reviewer")
        self.open_the_door("never")
        return key

    @rule(key=submissions)
    def reopen(self, key: str) -> None:
        known = self.known[key]
        if self._step(key, Action.REOPEN, lambda: self.house.side.revising.reopen(known.owner, key)):
            known.titles.append(known.titles[known.current - 1])
            known.current = len(known.titles)

    @rule(key=submissions)
    def submit(self, key: str) -> None:
        self._step(key, Action.SUBMIT, lambda: self.house.side.intake.submit(self.known[key].owner, key))

    @rule(key=submissions)
    def withdraw(self, key: str) -> None:
        self._step(key, Action.WITHDRAW, lambda: self.house.side.intake.withdraw(self.known[key].owner, key))

    @rule(key=submissions, choice=st.sampled_from(["hide", "reviewers", "keep"]))
    def choose_details(self, key: str, choice: str) -> None:
        known, personal = self.known[key], self.house.side.personal
        things = [one.detail.thing for one in personal.found(known.owner, key).decided]
        act = lambda: personal.choose(known.owner, key, dict.fromkeys(things, choice), expected=None)  # noqa: E731 - named for the line below
        if self._goes(known.state in EDITABLE, act):
            known.chosen = choice
            known.steps.append("decide-details")

    @rule(key=submissions, who=REVIEWER, choice=st.sampled_from(["hide", "keep"]))
    def decide_details(self, key: str, who: str, choice: str) -> None:
        known, actor = self.known[key], self._person(who)
        asked: list[str] = []
        if known.state not in UNSEEN:
            found = self._reviews().read(actor, key).personal.decided
            asked = [one.detail.thing for one in found if one.organization != "reviewers"]
        act = lambda: self._reviews().decide_details(actor, key, dict.fromkeys(asked, choice))  # noqa: E731 - named for the line below
        if not self._seen(key, act):
            return
        held = self._holder(key) == who and known.state is State.IN_REVIEW
        if self._goes(held, act) and asked:
            known.found = choice
            known.steps.append("decide-details")

    @rule(hours=st.sampled_from([1, 24, 47, 48]))
    def time_passes(self, hours: int) -> None:
        self.clock.forward(hours=hours)

    @rule(key=submissions, who=REVIEWER)
    def claim(self, key: str, who: str) -> None:
        known = self.known[key]
        act = lambda: self._reviews().claim(self._person(who), key)  # noqa: E731 - named for the line below
        if self._seen(key, act) and self._step(key, Action.CLAIM, act, free=self._holder(key) is None):
            known.holder, known.until = who, self.clock.now + LIFE_OF_A_CLAIM

    @rule(key=submissions, who=REVIEWER)
    def release(self, key: str, who: str) -> None:
        if self._decide(key, who, Action.RELEASE, lambda: self._reviews().release(self._person(who), key)):
            self.known[key].holder = None

    @rule(key=submissions, who=REVIEWER)
    def request_changes(self, key: str, who: str) -> None:
        act = lambda: self._reviews().request_changes(self._person(who), key, "Say more.")  # noqa: E731 - named for the line below
        self._decide(key, who, Action.REQUEST_CHANGES, act)

    @rule(key=submissions, who=REVIEWER)
    def accept(self, key: str, who: str) -> None:
        act = lambda: self._reviews().accept(self._person(who), key)  # noqa: E731 - named for the line below
        free = self._holder(key) == who and not self.known[key].open
        if self._seen(key, act):
            self._ends(key, self._step(key, Action.ACCEPT, act, free=free))

    @rule(key=submissions, who=REVIEWER)
    def decline(self, key: str, who: str) -> None:
        act = lambda: self._reviews().decline(self._person(who), key, "test", "")  # noqa: E731 - named for the line below
        self._ends(key, self._decide(key, who, Action.DECLINE, act))

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
            for known in self.known.values():
                if known.state is State.SCHEDULED:
                    known.public, known.told = known.current, known.named
            self._all(State.SCHEDULED, State.PUBLISHED, "publish")

    @invariant()
    def states_and_versions_agree(self) -> None:
        found = {
            row[0]: (row[1], row[2]) for row in self.house.ask("SELECT id, state, version FROM submission")
        }
        assert found == {key: (known.state.value, known.current) for key, known in self.known.items()}
        written = opened.versions(self.house.private)
        titles = {key: [account["title"] for _, account, _ in rows] for key, rows in written.items()}
        assert titles == {key: known.titles for key, known in self.known.items()}

    @invariant()
    def every_step_is_on_the_trail_in_order(self) -> None:
        for key, known in self.known.items():
            assert [action for action, _, _ in self.house.steps(key)] == known.steps

    @invariant()
    def what_was_once_written_stays_as_it_was(self) -> None:
        for question in (
            "SELECT * FROM audit_event ORDER BY id",
            "SELECT * FROM submission_version ORDER BY rowid",
            "SELECT * FROM review_decision ORDER BY rowid",
        ):
            now = [tuple(row) for row in self.house.ask(question)]
            before = self.kept.get(question, [])
            assert now[: len(before)] == before
            self.kept[question] = now

    @invariant()
    def each_published_report_is_one_record_of_its_accepted_words(self) -> None:
        marked = {
            row[0]: row[1]
            for row in self.house.ask("SELECT id, record_id FROM submission WHERE record_id <> ''")
        }
        assert set(marked) == {key for key, known in self.known.items() if known.public is not None}
        written = {row[0] for row in self.house.ask_public("SELECT id FROM record")}
        assert len(set(marked.values())) == len(marked)
        assert set(marked.values()) <= written
        for key, record_id in marked.items():
            public, known = self.house.records.read(record_id).account, self.known[key]
            told = {(known.titles[(known.public or 0) - 1], known.told)}
            if known.state is State.SCHEDULED:  # written, perhaps, and not marked yet
                told.add((known.titles[known.current - 1], known.named))
            assert (public.title, WHO in public.text) in told
        on_the_way = sum(known.state is State.SCHEDULED for known in self.known.values())
        assert len(marked) <= len(written) <= len(marked) + on_the_way

    @invariant()
    def reviewers_read_no_more_than_they_may(self) -> None:
        for key, known in self.known.items():
            if known.state not in UNSEEN:
                view = self._reviews().read(self.house.people.reviewer, key)
                unsent = known.state is State.CHANGES_REQUESTED and known.chosen is None
                assert (WHO in repr(view)) == (known.chosen != "hide" and not unsent)

    def _ends(self, key: str, done: bool) -> None:
        """After the last decision nobody holds the report."""
        self.known[key].holder = None if done else self.known[key].holder

    def _holder(self, key: str) -> str | None:
        """Who holds a report now: a claim ends at its time."""
        known = self.known[key]
        lapsed = known.until is not None and known.until <= self.clock.now
        return None if lapsed else known.holder

    def _step(self, key: str, action: Action, act: Callable[[], object], *, free: bool = True) -> bool:
        known = self.known[key]
        action = ON_PUBLIC.get(action, action) if known.public is not None else action
        if not self._goes(free and action in possible(known.state), act):
            return False
        known.state = after(action, known.state)
        if action in ON_PUBLIC.values() and known.public is not None:
            known.current, known.holder = known.public, None
        known.steps.append(action.value)
        return True

    def _decide(self, key: str, who: str, action: Action, act: Callable[[], object]) -> bool:
        return self._seen(key, act) and self._step(key, action, act, free=self._holder(key) == who)

    def _seen(self, key: str, act: Callable[[], object]) -> bool:
        """Whether reviewers see the report; where they do not, the act finds nothing."""
        if self.known[key].state not in UNSEEN:
            return True
        with pytest.raises(NotFound):
            act()
        return False

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

    def _new_title(self) -> str:
        return f"Title {sum(len(known.titles) for known in self.known.values()) + 1}"

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
