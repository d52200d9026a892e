"""An organization attaches files to its reports: steps, bounds, and what is left when something breaks."""

from __future__ import annotations

from typing import cast

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale, Unavailable
from registry.identity.rules import Permission, Role
from registry.intake.attachments.models import Attachment
from registry.intake.attachments.rules import (
    DAY_MAX,
    FILE_MAX,
    FILES_MAX,
    REPORT_MAX,
    DayIsFull,
    FileTooLarge,
    Media,
)
from registry.intake.attachments.service import Attachments, Upload
from registry.intake.attachments.views import Added
from registry.intake.rules import EDITABLE, State
from registry.intake.vault.keys import keys_of
from tests.factories import keep_details, register
from tests.registry.house import House, at_once
from tests.registry.intake.attachments.planting import MARK, exif, jpeg, segment
from tests.registry.shelf import Shelf

WORDS = b"Bot: take two of the blue tablets\n"
PHOTO = jpeg(segment(0xE1, b"Exif\x00\x00" + exif()))
SHOWN = "The screen with the wrong dose"


def attach(
    house: House,
    key: str,
    *,
    name: str = "chat.txt",
    data: bytes = WORDS,
    shown: str = SHOWN,
    expected: int | None = None,
) -> Added:
    """Attach a file as the member, a second after the one before."""
    house.clock.forward(seconds=1)
    own = house.side.attachments.own
    return own.add(house.people.member, key, Upload(name, data), shown, expected=expected)


def shelf(house: House) -> Shelf:
    return cast("Shelf", house.side.attachments.store)


def lock(house: House, key: str) -> int:
    return house.side.intake.read(house.people.member, key).summary.lock


def standings(house: House) -> list[str]:
    return sorted(row[0] for row in house.ask("SELECT standing FROM attachment"))


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


def in_state(house: House, state: State) -> str:
    """A report with one file in this state."""
    key, side, reviewer = house.draft(), house.side, house.people.reviewer
    attach(house, key)
    if state is State.DRAFT:
        return key
    side.intake.submit(house.people.member, key)
    if state is State.WITHDRAWN:
        side.intake.withdraw(house.people.member, key)
    if state in (State.SUBMITTED, State.WITHDRAWN):
        return key
    side.reviews.claim(reviewer, key)
    if state is State.CHANGES_REQUESTED:
        side.reviews.request_changes(reviewer, key, "Say more.")
    if state is State.DECLINED:
        side.reviews.decline(reviewer, key, "test", "")
    if state in (State.ACCEPTED, State.SCHEDULED, State.PUBLISHED):
        keep_details(side, reviewer, key)
        side.reviews.accept(reviewer, key)
    if state is State.PUBLISHED:
        side.publication.publish_batch()
    if state is State.SCHEDULED:  # lasts only within a batch
        with house.private.work() as session:
            session.connection().exec_driver_sql("UPDATE submission SET state = 'scheduled'")
    return key


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
            with pytest.raises(Conflict, match="can no longer be changed"):
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


def test_a_report_holds_so_many_files_and_no_more(small_house: House) -> None:
    key = small_house.draft()
    for _ in range(FILES_MAX):
        attach(small_house, key)
    with pytest.raises(Invalid, match="Remove one first"):
        attach(small_house, key)
    own, me = small_house.side.attachments.own, small_house.people.member
    own.remove(me, key, own.of(me, key).items[0].id, expected=None)
    attach(small_house, key)


def test_the_files_of_a_report_together_are_bounded(small_house: House) -> None:
    key = small_house.draft()
    for _ in range(REPORT_MAX // FILE_MAX):
        attach(small_house, key, data=b"x" * FILE_MAX)
    with pytest.raises(FileTooLarge, match="together"):
        attach(small_house, key)


def test_an_organization_attaches_so_much_a_day(house: House) -> None:
    """Neither removing nor another report helps; others are not held up; a day later it goes on."""
    key, me = house.draft(), house.people.member
    one = attach(house, key).item
    with house.private.work() as session:
        session.get_one(Attachment, one.id).taken = DAY_MAX - len(WORDS) + 1
    house.side.attachments.own.remove(me, key, one.id, expected=None)
    for report in (key, house.draft()):
        with pytest.raises(DayIsFull):
            attach(house, report)
    other = house.people.other_member
    theirs = house.draft(other)
    house.side.attachments.own.add(other, theirs, Upload("a.txt", WORDS), SHOWN, expected=None)
    house.clock.forward(hours=24)
    attach(house, key)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("", b"", "Choose a file"),
        ("a.txt", b" \n ", "empty"),
        ("a.txt", b"x" * (FILE_MAX + 1), "too large"),
        ("a.zip", b"PK\x03\x04", "Archives"),
        ("a.docx", b"PK\x03\x04", "Office"),
        ("a.png", b"GIF89a", "cannot be opened"),
        ("a.txt", "é".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_refusal_leaves_nothing_behind(small_house: House, name: str, data: bytes, said: str) -> None:
    key = small_house.draft()
    before = lock(small_house, key)
    with pytest.raises(Invalid, match=said):
        attach(small_house, key, name=name, data=data)
    assert (standings(small_house), shelf(small_house).kept, lock(small_house, key)) == ([], {}, before)


def test_a_store_that_does_not_answer_leaves_nothing_that_counts(small_house: House) -> None:
    key, me = small_house.draft(), small_house.people.member
    before, shelf(small_house).out = lock(small_house, key), True
    with pytest.raises(Unavailable):
        attach(small_house, key)
    assert (small_house.side.attachments.own.of(me, key).items, lock(small_house, key)) == ((), before)
    assert standings(small_house) == ["pending"]


def test_what_is_removed_while_the_store_does_not_answer_is_gone_for_everybody(small_house: House) -> None:
    key, me, own = small_house.draft(), small_house.people.member, small_house.side.attachments.own
    one = attach(small_house, key).item
    shelf(small_house).out = True
    assert own.remove(me, key, one.id, expected=None).items == ()
    shelf(small_house).out = False
    with pytest.raises(NotFound):
        own.content(me, key, one.id)
    small_house.side.attachments.sweeping.sweep()
    assert shelf(small_house).kept == {}


def test_a_file_that_the_store_lost_says_so(small_house: House) -> None:
    key, me = small_house.draft(), small_house.people.member
    one = attach(small_house, key).item
    shelf(small_house).kept.clear()
    with pytest.raises(Unavailable, match="not in its store"):
        small_house.side.attachments.own.content(me, key, one.id)


class Meanwhile(Shelf):
    """A store far away: something happens while it takes its time."""

    def __init__(self, happens: list[object]) -> None:
        super().__init__()
        self.happens = happens

    def put(self, data: bytes) -> str:
        address = super().put(data)
        for act in self.happens:
            act()  # type: ignore[operator] # callables, of any kind
        return address


def slow(house: House, *happens: object) -> tuple[Attachments, Meanwhile]:
    """The service on a store during whose work this happens."""
    store = Meanwhile(list(happens))
    return Attachments(house.private, store, house.clock), store


def test_a_report_that_is_sent_while_a_file_is_stored_goes_without_it(small_house: House) -> None:
    key, me = small_house.draft(), small_house.people.member
    own, store = slow(small_house, lambda: small_house.side.intake.submit(me, key))
    with pytest.raises(Conflict):
        own.add(me, key, Upload("a.txt", WORDS), SHOWN, expected=None)
    assert (store.kept, own.of(me, key).items) == ({}, ())


def test_a_file_that_took_too_long_is_swept_away_and_says_so(small_house: House) -> None:
    key, me = small_house.draft(), small_house.people.member
    later, sweep = lambda: small_house.clock.forward(hours=2), small_house.side.attachments.sweeping.sweep
    own, _ = slow(small_house, later, sweep)
    with pytest.raises(Unavailable):
        own.add(me, key, Upload("a.txt", WORDS), SHOWN, expected=None)
    assert own.of(me, key).items == ()


def test_once_the_key_is_destroyed_nothing_can_be_read(house: House) -> None:
    key, me, own = house.draft(), house.people.member, house.side.attachments.own
    one = attach(house, key).item
    with house.private.work() as session:
        keys_of(session).destroy(session, key, house.clock())
    for act in (lambda: own.of(me, key), lambda: own.content(me, key, one.id)):
        with pytest.raises(Exception, match="deleted"):
            act()
    assert shelf(house).kept
    house.side.attachments.sweeping.sweep()
    assert (shelf(house).kept, standings(house)) == ({}, ["removed"])
    house.clock.forward(days=1, seconds=1)
    house.side.attachments.sweeping.sweep()
    assert standings(house) == []
