"""Through the door once and only once, wherever a run stops."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from registry.errors import Conflict
from registry.intake.rules import Action
from registry.publication.service import Parcel
from tests.registry.house import House, at_once

TITLES = tuple(f"Report number {n}" for n in range(6))


def accept_all(house: House) -> list[str]:
    return [house.accepted(title=title) for title in TITLES]


def published(house: House) -> dict[str, str]:
    """Title → record id of every public record."""
    rows = house.ask_public("SELECT id FROM record ORDER BY id")
    found = [house.records.read(row[0]) for row in rows]
    titles = {record.account.title: record.id for record in found}
    assert len(titles) == len(found), "a report was published twice"
    return titles


def stop_after(house: House, step: str) -> None:
    """A run that dies after the named step."""
    door = house.side.publication
    door.reserve()
    if step == "reserve":
        return
    written = door.write(door.open_parcels())
    if step == "write":
        return
    door.mark(written)


def write_half(house: House, parcels: Sequence[Parcel]) -> None:
    """The public step, dying after its first record."""
    with house.public.work() as session:
        house.side.publication._write_one(session, parcels[0], house.clock().date())
        raise ZeroDivisionError


@pytest.mark.parametrize("step", ["reserve", "write", "mark"])
def test_the_next_run_finishes_what_one_left(house: House, step: str) -> None:
    keys = accept_all(house)
    stop_after(house, step)
    house.side.publication.publish_batch()
    assert set(published(house)) == set(TITLES)
    for key, title in zip(keys, TITLES, strict=True):
        assert house.state(key) == "published"
        assert house.side.intake.read(house.people.member, key).summary.record_id == published(house)[title]
        assert [action for action, _, _ in house.steps(key)].count(Action.PUBLISH.value) == 1
    assert house.side.publication.publish_batch() == []
    assert not house.side.publication.batch_is_due()


def test_a_crash_in_the_middle_of_writing_leaves_nothing_public(house: House) -> None:
    accept_all(house)
    door = house.side.publication
    door.reserve()
    parcels = door.open_parcels()
    with pytest.raises(ZeroDivisionError):
        write_half(house, parcels)
    assert published(house) == {}
    assert len(door.publish_batch()) == len(TITLES)
    serials = sorted(int(record_id[-6:]) for record_id in published(house).values())
    assert serials == list(range(1, len(TITLES) + 1)), "a serial was lost or used twice"


def test_several_publishers_at_once_make_each_record_once(house: House) -> None:
    accept_all(house)
    results = at_once(4, lambda _: house.side.publication.publish_batch())
    assert not [result for result in results if isinstance(result, Exception)]
    house.side.publication.publish_batch()
    assert set(published(house)) == set(TITLES)
    assert len(set(published(house).values())) == len(TITLES)


def test_what_is_scheduled_can_no_longer_be_taken_back(house: House) -> None:
    key = house.accepted()
    house.side.publication.reserve()
    with pytest.raises(Conflict):
        house.side.intake.withdraw(house.people.member, key)


def test_what_was_taken_back_in_time_is_not_published(house: House) -> None:
    kept, taken = house.accepted(title="Stays"), house.accepted(title="Goes")
    house.side.intake.withdraw(house.people.member, taken)
    house.side.publication.publish_batch()
    assert set(published(house)) == {"Stays"}
    assert (house.state(kept), house.state(taken)) == ("published", "withdrawn")


def test_what_is_published_is_the_accepted_version(house: House) -> None:
    key = house.claimed(title="First words")
    house.side.reviews.request_changes(house.people.reviewer, key, "Please name no place.")
    view = house.side.intake.read(house.people.member, key)
    raw = view.account.to_json() | {"title": "Better words"}
    house.side.intake.revise(house.people.member, key, raw, expected=view.summary.lock)
    house.side.intake.submit(house.people.member, key)
    house.side.reviews.accept(house.people.reviewer, key)
    house.side.publication.publish_batch()
    assert set(published(house)) == {"Better words"}


def test_parcels_come_in_an_order_of_their_own(small_house: House) -> None:
    """Drawn anew each time, so a serial says nothing about when a report came in."""
    accept_all(small_house)
    door = small_house.side.publication
    door.reserve()
    orders = {tuple(parcel.account.title for parcel in door.open_parcels()) for _ in range(40)}
    assert all(sorted(order) == sorted(TITLES) for order in orders)
    assert len(orders) > 20


def test_the_public_side_learns_nothing_of_who_and_when(house: House) -> None:
    accept_all(house)
    house.side.publication.publish_batch()
    private = {
        str(value)
        for table in ("organization", "person", "submission", "handover", "review_claim")
        for row in house.ask(f"SELECT * FROM {table}")  # noqa: S608 - names from this file
        for value in row
        if isinstance(value, str) and len(value) == 32
    }
    assert len(private) > len(TITLES)
    with house.public.read() as session:
        connection = session.connection()
        dialect = connection.dialect
        tables = dialect.get_table_names(connection)
        rows = [row for table in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]  # noqa: S608 - names the database gave
    told = " ".join(str(value) for row in rows for value in row)
    tokens = {row[0] for row in house.ask("SELECT token FROM handover")}
    assert not [key for key in private - tokens if key in told]
    assert "Lake Health" not in told
    assert "an organization like Lake" in told
    assert house.clock.now.strftime("%H:%M") not in told
