"""How much there is room for, and what is left when something breaks: nothing that counts."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid, NotFound, Unavailable
from registry.intake.attachments.models import Attachment
from registry.intake.attachments.rules import (
    DAY_MAX,
    FILE_MAX,
    FILES_MAX,
    REPORT_MAX,
    DayIsFull,
    FileTooLarge,
)
from registry.intake.attachments.service import Upload
from registry.intake.vault.keys import keys_of
from tests.registry.house import House
from tests.registry.intake.attachments.desk import (
    SHOWN,
    WORDS,
    attach,
    lock,
    shelf,
    slow,
    standings,
)


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


def test_an_erased_original_takes_its_files_along(house: House) -> None:
    key, me, side = house.draft(), house.people.member, house.side
    one = attach(house, key).item
    receipt = side.custody.originals.erase(me, key)
    assert receipt.destroyed["attachments"] == 1
    assert side.attachments.own.of(me, key).items == ()
    with pytest.raises(NotFound):
        side.attachments.own.content(me, key, one.id)
    side.attachments.sweeping.sweep()
    assert shelf(house).kept == {}
    assert house.ask("SELECT description, glimpse FROM attachment") == [(None, None)]
