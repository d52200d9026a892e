"""An organization attaches files to its reports: the steps, in every state, for its own people only."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, NotAllowed, NotFound, Stale
from registry.identity.rules import Permission, Role
from registry.intake.attachments.rules import (
    Media,
)
from registry.intake.attachments.service import Upload
from registry.intake.rules import EDITABLE, State
from tests.factories import register
from tests.registry.house import House, at_once
from tests.registry.intake.attachments.desk import (
    PHOTO,
    SHOWN,
    WORDS,
    attach,
    in_state,
    lock,
    shelf,
)
from tests.registry.intake.attachments.planting import MARK


def test_a_file_is_attached_described_read_and_removed(house: House) -> None:
    key, me = house.draft(), house.people.member
    own, before = house.side.attachments.own, lock(house, key)
    added = attach(house, key, name="Wanjiru.jpg", data=PHOTO, expected=before)
    assert (added.item.media, added.item.name, added.item.description) == (
        Media.JPEG,
        "attachment-1.jpg",
        SHOWN,
    )
    assert (added.attached.lock, added.attached.editable) == (before + 1, True)
    told = own.describe(me, key, added.item.id, "  The screen\n again ", expected=before + 1)
    assert ([item.description for item in told.items], told.lock) == (["The screen again"], before + 2)
    kept = own.content(me, key, added.item.id)
    assert (kept.item.size, kept.data[:2], MARK in kept.data) == (len(kept.data), b"\xff\xd8", False)
    assert own.remove(me, key, added.item.id, expected=before + 2).items == ()
    assert [step[0] for step in house.steps(key)] == ["create", "attach", "describe-attachment", "detach"]
    assert shelf(house).kept == {}
    with pytest.raises(NotFound):
        own.content(me, key, added.item.id)


def test_files_are_numbered_in_their_order(small_house: House) -> None:
    key = small_house.draft()
    for name in ("a.txt", "b.jpg", "c.md"):
        attach(small_house, key, name=name, data=PHOTO if name == "b.jpg" else WORDS)
    found = small_house.side.attachments.own.of(small_house.people.member, key).items
    assert [item.name for item in found] == ["attachment-1.txt", "attachment-2.jpg", "attachment-3.txt"]


def test_a_number_stays_with_its_file_and_is_never_given_again(house: House) -> None:
    key, me, own = house.draft(), house.people.member, house.side.attachments.own
    first, second, third = (attach(house, key, name=f"{name}.txt").item for name in "abc")
    own.remove(me, key, first.id, expected=None)
    left = own.of(me, key).items
    assert [(one.id, one.name) for one in left] == [
        (second.id, "attachment-2.txt"),
        (third.id, "attachment-3.txt"),
    ]
    assert own.content(me, key, third.id).item.name == "attachment-3.txt"
    own.remove(me, key, third.id, expected=None)
    house.clock.forward(days=2)
    house.side.attachments.sweeping.sweep()
    assert attach(house, key).item.name == "attachment-4.txt"
    assert attach(house, house.draft(), name="d.txt").item.name == "attachment-1.txt", "each report counts"


def test_files_that_come_at_once_have_numbers_of_their_own(house: House) -> None:
    key, me, own = house.draft(), house.people.member, house.side.attachments.own
    done = at_once(
        4, lambda number: own.add(me, key, Upload("a.txt", WORDS * (number + 1)), "", expected=None)
    )
    names = {one.item.id: one.item.name for one in done}
    assert sorted(names.values()) == [f"attachment-{number}.txt" for number in (1, 2, 3, 4)]
    assert {one.id: one.name for one in own.of(me, key).items} == names


def test_neither_database_nor_store_holds_a_word(house: House) -> None:
    key = house.draft()
    attach(house, key, name="Wanjiru at the clinic.txt")
    rows = repr(house.ask("SELECT * FROM attachment"))
    whole = (
        rows.encode()
        + b"".join(shelf(house).kept.values())
        + repr(house.ask("SELECT * FROM audit_event")).encode()
    )
    for word in (b"blue tablets", b"wrong dose", b"Wanjiru", b"clinic"):
        assert word not in whole
    (address,) = shelf(house).kept
    assert address in rows


def test_the_same_file_twice_is_sealed_in_two_ways(small_house: House) -> None:
    key = small_house.draft()
    attach(small_house, key)
    attach(small_house, key)
    assert len(shelf(small_house).kept) == 2


@pytest.mark.parametrize("state", State)
def test_files_change_while_the_report_may_be_edited_and_never_else(small_house: House, state: State) -> None:
    key = in_state(small_house, state)
    own, me = small_house.side.attachments.own, small_house.people.member
    held = own.of(me, key)
    assert (held.editable, len(held.items)) == (state in EDITABLE, 1)
    (one,) = held.items
    acts = (
        lambda: attach(small_house, key),
        lambda: own.describe(me, key, one.id, "Another", expected=None),
        lambda: own.remove(me, key, one.id, expected=None),
    )
    for act in acts:
        if state in EDITABLE:
            act()
        else:
            with pytest.raises(Conflict, match="cannot be done now"):
                act()
    assert len(own.of(me, key).items) == 1
    assert len(shelf(small_house).kept) == 1


def test_whoever_has_not_seen_the_report_as_it_is_changes_nothing(small_house: House) -> None:
    key = small_house.draft()
    one = attach(small_house, key).item
    own, me, old = small_house.side.attachments.own, small_house.people.member, lock(small_house, key) - 1
    for act in (
        lambda: attach(small_house, key, expected=old),
        lambda: own.describe(me, key, one.id, "Another", expected=old),
        lambda: own.remove(me, key, one.id, expected=old),
    ):
        with pytest.raises(Stale):
            act()
    assert [item.description for item in own.of(me, key).items] == [SHOWN]


def test_of_several_files_at_once_one_is_added(house: House) -> None:
    key = house.draft()
    own, me, seen = house.side.attachments.own, house.people.member, lock(house, key)
    done = at_once(
        4, lambda number: own.add(me, key, Upload("a.txt", WORDS * (number + 1)), "", expected=seen)
    )
    assert sorted(type(one).__name__ for one in done) == ["Added", "Stale", "Stale", "Stale"]
    assert len(own.of(me, key).items) == 1
    assert len(shelf(house).kept) == 1
    assert lock(house, key) == seen + 1


@pytest.mark.parametrize("who", ["other_member", "reviewer", "steward", "nobody here"])
def test_for_others_there_is_no_such_report(small_house: House, who: str) -> None:
    key, side = small_house.draft(), small_house.side
    one = attach(small_house, key).item
    if who == "nobody here":
        actor = register(side.directory, side.sessions, "nobody", "Lake Health Two", [Role.MEMBER])
    else:
        actor = getattr(small_house.people, who)
    own = side.attachments.own
    refusal = NotFound if actor.holds(Permission.READ_SUBMISSIONS) else NotAllowed
    for act in (
        lambda: own.of(actor, key),
        lambda: own.content(actor, key, one.id),
        lambda: own.add(actor, key, Upload("a.txt", WORDS), SHOWN, expected=None),
        lambda: own.describe(actor, key, one.id, "Another", expected=None),
        lambda: own.remove(actor, key, one.id, expected=None),
    ):
        with pytest.raises(refusal):
            act()


def test_a_file_of_one_report_is_none_of_another(small_house: House) -> None:
    key, other, me = small_house.draft(), small_house.draft(), small_house.people.member
    one, own = attach(small_house, key).item, small_house.side.attachments.own
    for act in (
        lambda: own.content(me, other, one.id),
        lambda: own.describe(me, other, one.id, "Another", expected=None),
        lambda: own.remove(me, other, one.id, expected=None),
    ):
        with pytest.raises(NotFound):
            act()
