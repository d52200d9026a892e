"""Whatever people choose, ask, take, refuse and decide in whatever order: no wrong name is ever public."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from registry.errors import CommonsError
from registry.intake.identities.rules import CHOOSABLE, LENT, OWN, Identity, OfferState
from registry.intake.rules import State
from tests.factories import account
from tests.registry.conftest import Furnished
from tests.registry.house import House
from tests.registry.intake.identities.asking import (
    RIVER,
    accept,
    choose,
    contributor,
    offer_of,
    refuse,
    take,
    wish,
)
from tests.registry.lived_in import LivedIn

OURS = {Identity.NAMED: "Lake Health", Identity.DESCRIPTOR: "an organization like Lake", Identity.HIDDEN: ""}
THEIRS = {Identity.NAMED: RIVER, Identity.DESCRIPTOR: "an organization like Rive"}


class OneReport(LivedIn):
    """One report, the organization that sends it, one that may publish it, a reviewer, and the door.

    The model is what the public may read at this moment: a text, or None where nothing may go out.
    """

    published: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.key = self.house.draft()
        self.may_read: str | None = OURS[Identity.DESCRIPTOR]
        self.asked: OfferState | None = None

    def teardown(self) -> None:
        self.send_and_examine()  # every story ends at the door
        self._leave_by_the_door()
        super().teardown()

    @property
    def state(self) -> State:
        return State(self.house.state(self.key))

    @rule(identity=st.sampled_from(OWN))
    def choose_alone(self, identity: Identity) -> None:
        if self.state in CHOOSABLE:
            choose(self.house, self.key, identity)
            self.may_read, self.asked = OURS[identity], None

    @rule(message=st.sampled_from(["", "Please."]))
    def ask(self, message: str) -> None:
        if self.state not in CHOOSABLE:
            return
        before = self.house.side.identities.naming.of(self.house.people.member, self.key).offer
        choose(self.house, self.key, wish(message=message))
        stands = before is not None and before.message == message and before.state in ("offered", "taken")
        if not stands:
            self.may_read, self.asked = None, OfferState.OFFERED

    @rule(lends=st.sampled_from(LENT))
    def take_over(self, lends: Identity) -> None:
        if self.asked and self._did(lambda: take(self.house, self.key, lends)):
            self.may_read, self.asked = THEIRS[lends], OfferState.TAKEN

    @rule()
    def turn_down(self) -> None:
        if self.asked and self._did(lambda: refuse(self.house, self.key)):
            self.may_read, self.asked = None, None

    @rule(title=st.sampled_from(["One story", "Another story"]))
    def write(self, title: str) -> None:
        member, raw = self.house.people.member, account(title=title)
        done = self._did(lambda: self.house.side.intake.revise(member, self.key, raw, expected=None))
        if done and self.asked is OfferState.TAKEN:
            self.may_read = None

    @rule()
    def send(self) -> None:
        self._did(lambda: self.house.side.intake.submit(self.house.people.member, self.key))

    @rule()
    def send_and_examine(self) -> None:
        self.send()
        self._did(lambda: accept(self.house, self.key))

    @rule()
    def send_back(self) -> None:
        reviews, reviewer = self.house.side.reviews, self.house.people.reviewer
        self._did(lambda: reviews.claim(reviewer, self.key))
        self._did(lambda: reviews.request_changes(reviewer, self.key, "Say more."))

    @rule()
    def open_the_door(self) -> None:
        self._leave_by_the_door()

    def _leave_by_the_door(self) -> None:
        was, may_read = self.state, self.may_read
        published = self.house.side.publication.publish_batch()
        goes = was is State.ACCEPTED and may_read is not None
        assert len(published) == goes
        if goes:
            self.published.add(may_read or "")
            assert contributor(self.house, self.key) == may_read

    @invariant()
    def the_organization_is_shown_what_is_true(self) -> None:
        view = self.house.side.identities.naming.of(self.house.people.member, self.key)
        if view.choosable:
            assert view.waiting == (self.may_read is None)
            assert self.may_read is None or view.shown == self.may_read

    @invariant()
    def at_most_one_request_stands(self) -> None:
        rows = self.house.ask("SELECT count(*) FROM report_offer WHERE state IN ('offered', 'taken')")
        assert rows[0][0] == (self.asked is not None)

    @invariant()
    def the_publisher_reads_nothing_that_is_not_offered(self) -> None:
        found = self.house.side.identities.others.page(self.house.people.other_member).items
        assert [one.id for one in found] == (
            [offer_of(self.house, self.key)] if self.asked and self.state is not State.DRAFT else []
        )

    def _did(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except CommonsError:
            return False
        return True


def test_no_wrong_name_is_ever_public(furnished_sqlite: Furnished) -> None:
    OneReport.furnished = furnished_sqlite
    run_state_machine_as_test(
        OneReport,
        settings=settings(
            max_examples=20,
            derandomize=True,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(OneReport.published) > 1, "several ways lead into the public"


@pytest.mark.parametrize("identity", OWN)
def test_the_model_speaks_of_what_is_there(small_house: House, identity: Identity) -> None:
    organization = small_house.ask("SELECT name, descriptor FROM organization WHERE name = 'Lake Health'")[0]
    assert OURS[identity] in ("", *organization)
