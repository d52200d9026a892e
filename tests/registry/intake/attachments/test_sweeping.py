"""Files and rows that lost each other go; what is just being added never does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from registry.errors import CommonsError, Unavailable
from registry.identity.tenants.rules import OPERATOR
from registry.intake.attachments.service import Attachments, Upload
from registry.intake.attachments.stores import address_of
from registry.intake.attachments.sweeping import GRACE, Sweeping
from tests.conftest import SettableClock
from tests.registry.conftest import Furnished
from tests.registry.house import House, open_house
from tests.registry.intake.attachments.desk import attach, shelf, slow, standings

LATER = GRACE.total_seconds() + 1


def sweep(house: House) -> tuple[int, int]:
    swept = house.side.attachments.sweeping.sweep()
    return swept.files, swept.rows


def test_a_file_without_a_row_goes_once_it_was_seen_so_for_a_while(house: House) -> None:
    nobodys = address_of(b"left behind")
    key = house.draft()
    attach(house, key)
    shelf(house).put(b"left behind")
    assert sweep(house) == (0, 0)
    house.clock.forward(seconds=LATER - 2)
    assert sweep(house) == (0, 0)
    assert nobodys in shelf(house).kept
    house.clock.forward(seconds=2)
    assert sweep(house) == (1, 0)
    assert nobodys not in shelf(house).kept
    assert len(house.side.attachments.own.of(house.people.member, key).items) == 1


def test_a_row_without_a_file_goes_after_a_while(house: House) -> None:
    key = house.draft()
    shelf(house).out = True
    with pytest.raises(Unavailable):
        attach(house, key)
    shelf(house).out = False
    house.clock.forward(seconds=LATER - 2)
    sweep(house)
    assert standings(house) == ["pending"]
    house.clock.forward(seconds=2)
    sweep(house)
    assert standings(house) == ["removed"]
    house.clock.forward(days=1)
    assert sweep(house) == (0, 1)
    assert standings(house) == []


@pytest.mark.parametrize("times", [1, 3])
def test_what_is_just_being_added_is_left_alone(small_house: House, times: int) -> None:
    """The sweep comes exactly between the file and the row that makes it count, as often as it likes."""
    key, me = small_house.draft(), small_house.people.member
    sweeps: list[Sweeping] = []

    def sweep_now() -> None:
        sweeps[0].sweep()

    own, store = slow(small_house, *[sweep_now] * times)
    sweeps.append(Sweeping(small_house.private, store, small_house.clock))
    added = own.add(me, key, Upload("a.txt", b"words"), "Words", expected=None)
    assert own.content(me, key, added.item.id).data == b"words"
    small_house.clock.forward(days=3)
    sweeps[0].sweep()
    assert own.content(me, key, added.item.id).data == b"words"


def test_a_crash_between_file_and_row_leaves_nothing_for_long(small_house: House) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def die() -> None:
        raise Killed

    key, me = small_house.draft(), small_house.people.member
    own, store = slow(small_house, die)
    with pytest.raises(Killed):
        own.add(me, key, Upload("a.txt", b"words"), "Words", expected=None)
    assert (len(store.kept), standings(small_house)) == (1, ["pending"])
    assert own.of(me, key).items == ()
    sweeping = Sweeping(small_house.private, store, small_house.clock)
    sweeping.sweep()
    assert len(store.kept) == 1
    small_house.clock.forward(seconds=LATER)
    sweeping.sweep()
    assert store.kept == {}


def test_the_files_of_an_erased_organization_go(house: House) -> None:
    key = house.submitted()
    draft = house.draft()
    attach(house, draft)
    assert len(shelf(house).kept) == 1
    me = house.people.member
    house.side.custody.erasure.erase_organization(OPERATOR, me.organization_id, me.organization)
    assert standings(house) == []
    sweep(house)
    house.clock.forward(seconds=LATER)
    sweep(house)
    assert shelf(house).kept == {}
    assert house.ask("SELECT id FROM submission WHERE id IN (:a, :b)", a=key, b=draft) == []


def test_a_store_that_does_not_answer_is_an_outage_and_loses_nothing(small_house: House) -> None:
    key, me = small_house.draft(), small_house.people.member
    kept, gone = attach(small_house, key).item, attach(small_house, key).item
    shelf(small_house).out = True
    small_house.side.attachments.own.remove(me, key, gone.id, expected=None)
    with pytest.raises(Unavailable):
        sweep(small_house)
    shelf(small_house).out = False
    sweep(small_house)
    assert len(shelf(small_house).kept) == 1
    assert small_house.side.attachments.own.content(me, key, kept.id).data


@pytest.fixture(scope="module")
def open_house_of_all_tries(
    furnished_sqlite: Furnished, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    copy, people = furnished_sqlite
    house = open_house(copy(tmp_path_factory.mktemp("machine")), SettableClock(), people)
    yield house
    house.private.close()
    house.public.close()


class Machine(RuleBasedStateMachine):
    """Adding, removing, sending, outages and sweeps in any order: no file is lost, none is left for ever."""

    house: House

    @initialize()
    def begin(self) -> None:
        self.key, self.words = self.house.draft(), dict[str, bytes]()
        self.house.side.attachments.sweeping.sweep()

    @property
    def own(self) -> Attachments:
        return self.house.side.attachments.own

    @rule(words=st.binary(min_size=1, max_size=9).map(bytes.hex), breaks=st.booleans())
    def add(self, words: str, breaks: bool) -> None:
        self.house.clock.forward(seconds=1)
        shelf(self.house).out = breaks
        try:
            added = self.own.add(
                self.house.people.member, self.key, Upload("a.txt", words.encode()), "", expected=None
            )
        except CommonsError:
            assert breaks or len(self.words) == 10 or not self.editable
        else:
            self.words[added.item.id] = words.encode()
        shelf(self.house).out = False

    @precondition(lambda self: self.words and self.editable)
    @rule(breaks=st.booleans())
    def remove(self, breaks: bool) -> None:
        one = min(self.words)
        shelf(self.house).out = breaks
        self.own.remove(self.house.people.member, self.key, one, expected=None)
        shelf(self.house).out = False
        del self.words[one]

    @rule()
    def leave_a_file_behind(self) -> None:
        shelf(self.house).put(self.key.encode() + bytes(str(self.house.clock.now), "ascii"))

    @precondition(lambda self: self.editable)
    @rule()
    def send(self) -> None:
        self.house.side.intake.submit(self.house.people.member, self.key)

    @rule(minutes=st.sampled_from([1, 59, 61, 1_500]))
    def time_passes(self, minutes: int) -> None:
        self.house.clock.forward(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        self.house.side.attachments.sweeping.sweep()

    @property
    def editable(self) -> bool:
        return self.own.of(self.house.people.member, self.key).editable

    @invariant()
    def what_counts_can_be_read(self) -> None:
        me = self.house.people.member
        found = {
            item.id: self.own.content(me, self.key, item.id).data for item in self.own.of(me, self.key).items
        }
        assert found == self.words

    def teardown(self) -> None:
        for _ in range(3):
            self.house.clock.forward(days=2)
            self.house.side.attachments.sweeping.sweep()
        named = {row[0] for row in self.house.ask("SELECT address FROM attachment")}
        assert set(shelf(self.house).kept) == named
        assert set(standings(self.house)) <= {"kept"}


def test_whatever_happens_in_whatever_order(open_house_of_all_tries: House) -> None:
    machine = type("Machine", (Machine,), {"house": open_house_of_all_tries})
    machine.TestCase.settings = settings(max_examples=15, stateful_step_count=14, deadline=None)
    machine.TestCase().runTest()
