"""Through the door once and only once, wherever a run stops."""

from __future__ import annotations

import random

import pytest

from registry.errors import Conflict
from tests.conftest import SettableClock
from tests.factories import account
from tests.registry.house import House
from tests.registry.publication.runs import (
    AT_ANY_MOMENT,
    KILLED,
    NEVER,
    SEAMS,
    TIME_UP,
    Runner,
    books_agree,
    published,
)

TITLES = tuple(f"Report number {n}" for n in range(6))
ROUNDS = 10


def accept(house: House, titles: tuple[str, ...] = TITLES) -> dict[str, str]:
    """Accepted reports: title → id."""
    return {title: house.accepted(title=title) for title in titles}


def stop_after(house: House, step: str) -> None:
    """A run that ends after the named step."""
    door = house.side.publication
    door.reserve()
    if step == "reserve":
        return
    written = door.write(door.open_parcels())
    if step == "write":
        return
    door.mark(written)


@pytest.mark.parametrize(
    ("step", "state", "public"),
    [("reserve", "scheduled", 0), ("write", "scheduled", 6), ("mark", "published", 6)],
)
def test_the_next_run_finishes_what_one_left(house: House, step: str, state: str, public: int) -> None:
    reports = accept(house)
    stop_after(house, step)
    assert {house.state(key) for key in reports.values()} == {state}
    before = published(house)
    assert len(before) == public
    assert house.side.publication.batch_is_due() == (step != "mark")
    house.clock.forward(days=400)  # the serials of another year must not tempt it
    house.side.publication.publish_batch()
    if public:
        assert published(house) == before
    books_agree(house, reports)
    assert house.side.publication.publish_batch() == []


def test_steps_may_be_repeated_without_harm(house: House) -> None:
    reports, door = accept(house), house.side.publication
    assert (door.reserve(), door.reserve()) == (len(TITLES), 0)
    parcels = door.open_parcels()
    written = door.write(parcels)
    assert door.write(parcels[::-1]) == written
    door.mark(written)
    door.mark(written)
    assert door.open_parcels() == []
    books_agree(house, reports)


def test_a_mark_of_some_leaves_the_others_open(house: House) -> None:
    reports, door = accept(house), house.side.publication
    door.reserve()
    written = door.write(door.open_parcels())
    some = dict(list(written.items())[:2])
    door.mark(some)
    door.mark({"0" * 32: "AIR-ABCDEFGHIJ-2026-000001"})
    assert {parcel.token for parcel in door.open_parcels()} == set(written) - set(some)
    assert sorted(door.publish_batch()) == sorted(set(written.values()) - set(some.values()))
    books_agree(house, reports)


def test_a_batch_takes_what_was_left_and_what_is_new(house: House) -> None:
    reports = accept(house)
    stop_after(house, "write")
    reports |= accept(house, ("A late one", "Another late one"))
    assert len(house.side.publication.publish_batch()) == len(reports)
    books_agree(house, reports)


def test_processes_killed_at_every_step_publish_once(house: House) -> None:
    reports: dict[str, str] = {}
    with Runner(house) as runner:
        for seam in SEAMS:
            reports |= accept(house, (f"{seam}, first", f"{seam}, second"))
            before = published(house)
            assert runner.run(seam) == KILLED
            after = published(house)
            assert before.items() <= after.items()
            assert len(after) == (len(reports) if seam in ("write", "mark") else len(before))
        assert runner.run(NEVER) == 0
    books_agree(house, reports)


def test_processes_killed_at_any_moment_publish_once(house: House) -> None:
    reports: dict[str, str] = {}
    with Runner(house) as runner:
        for number in range(ROUNDS):
            reports |= accept(house, (f"{number}, first", f"{number}, second"))
            before = published(house)
            moment = random.uniform(0.005, 0.15)  # noqa: S311 - any moment will do
            assert runner.run(AT_ANY_MOMENT, moment) in (0, TIME_UP)
            assert before.items() <= published(house).items()
        assert runner.run(NEVER) == 0
    books_agree(house, reports)


def test_what_is_scheduled_can_no_longer_be_taken_back(house: House) -> None:
    key = house.accepted()
    for act in (house.side.publication.reserve, house.side.publication.publish_batch):
        act()
        with pytest.raises(Conflict):
            house.side.intake.withdraw(house.people.member, key)


def test_what_was_taken_back_in_time_is_not_published(house: House) -> None:
    reports = accept(house, ("Stays", "Goes"))
    house.side.intake.withdraw(house.people.member, reports.pop("Goes"))
    house.side.publication.publish_batch()
    books_agree(house, reports)


def test_only_what_is_accepted_goes_through(house: House) -> None:
    waiting = [house.draft(), house.submitted(), house.claimed()]
    assert house.side.publication.publish_batch() == []
    assert [house.state(key) for key in waiting] == ["draft", "submitted", "in_review"]
    assert published(house) == {}


def test_what_is_published_is_the_accepted_version(house: House) -> None:
    key = house.claimed(title="First words")
    house.side.reviews.request_changes(house.people.reviewer, key, "Please name no place.")
    house.side.intake.revise(house.people.member, key, account(title="Better words"), expected=None)
    house.side.intake.submit(house.people.member, key)
    accepted = house.side.reviews.read(house.people.reviewer, key).submission.account
    house.side.reviews.accept(house.people.reviewer, key)
    [record_id] = house.side.publication.publish_batch()
    record = house.records.read(record_id)
    assert record.account == accepted
    assert record.account.title == "Better words"
    assert (record.published, record.modified) == (house.clock.now.date(), house.clock.now.date())


def test_the_order_of_serials_does_not_follow_the_order_of_reports(
    house: House, clock: SettableClock
) -> None:
    """Neither of sending nor of acceptance; chance brings 20 things so near to an order once in 10⁷ runs."""
    sent = []
    for number in range(20):
        sent.append(house.claimed(title=f"Number {number}"))
        clock.forward(minutes=7)
    taken = random.sample(sent, len(sent))
    for key in taken:
        house.side.reviews.accept(house.people.reviewer, key)
        clock.forward(minutes=7)
    house.side.publication.publish_batch()
    numbered = [row[0] for row in house.ask("SELECT id FROM submission ORDER BY record_id")]
    by_key = sorted(sent)
    for order in (sent, taken, by_key):
        assert abs(rho(order, numbered)) < 0.9


def test_every_order_of_a_small_batch_happens(small_house: House) -> None:
    """Drawn anew each time: of six orders, 60 draws miss one about once in ten thousand runs, two never."""
    accept(small_house, TITLES[:3])
    small_house.side.publication.reserve()
    orders = {
        tuple(parcel.account.title for parcel in small_house.side.publication.open_parcels())
        for _ in range(60)
    }
    assert len(orders) >= 5


def rho(first: list[str], second: list[str]) -> float:
    """Spearman's rank correlation of two orders of the same things."""
    assert sorted(first) == sorted(second)
    distance = sum((place - second.index(each)) ** 2 for place, each in enumerate(first))
    return 1 - 6 * distance / (len(first) * (len(first) ** 2 - 1))
