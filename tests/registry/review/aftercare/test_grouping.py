"""Grouping public reports in one incident, and undoing it; on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import Conflict
from registry.record import store
from registry.record.types import RecordState, RecordType, Relation
from registry.review.aftercare.rules import Kind
from tests.registry.house import House, at_once
from tests.registry.record.samples import DAY, incoming
from tests.registry.review.aftercare.caring import (
    ERASE,
    approve_and_carry_out,
    care,
    proposed,
    published,
)
from tests.registry.review.aftercare.merges import group, merge, merged, two


def grouped(house: House) -> tuple[str, str, str]:
    """Ids of two reports and of the incident that they are part of."""
    first, second = two(house)
    approve_and_carry_out(house, group(house, first, second))
    incident = house.records.read(first).part_of
    assert incident is not None
    return first, second, incident


def test_two_reports_become_parts_of_a_new_incident(house: House) -> None:
    first, second, key = grouped(house)
    incident, lead = house.records.read(key), house.records.read(second)
    assert (incident.type, incident.state, incident.revision) == (
        RecordType.INCIDENT,
        RecordState.PUBLISHED,
        1,
    )
    assert incident.account == lead.account
    assert incident.because is not None
    assert incident.because.reason == "one-event"
    for report in (first, second):
        record = house.records.read(report)
        assert (record.state, record.revision) == (RecordState.REVISED, 2)
        assert record.related == (Relation("part-of", key),)
        assert record.account == house.records.version(report, 1).account
    found = house.records.pointing_to(key, ("part-of",))
    assert {one.record.id for one in found.items} == {first, second}


def test_a_third_report_joins_by_the_incident_or_by_a_part_of_it(house: House) -> None:
    first, _, key = grouped(house)
    third, fourth = two(house)
    approve_and_carry_out(house, group(house, third, first))
    approve_and_carry_out(house, group(house, fourth, key))
    assert {house.records.read(one).part_of for one in (first, third, fourth)} == {key}
    assert house.records.read(first).revision == 2, "who was part of it already is not touched"


@pytest.mark.parametrize("wish", [("retract", "wrong", ""), ERASE])
def test_retracting_the_incident_lets_each_stand_alone_again(
    house: House, wish: tuple[str, str, str]
) -> None:
    first, second, key = grouped(house)
    approve_and_carry_out(house, proposed(house, key, wish=wish))
    for report in (first, second):
        record = house.records.read(report)
        assert (record.related, record.part_of, record.revision) == ((), None, 3)
    approve_and_carry_out(house, group(house, second, first))
    assert house.records.read(first).part_of not in (None, key)


def foreign(house: House, key: str, kind: RecordType) -> str:
    with house.public.work() as session:
        made = replace(incoming(key), type=kind)
        store.keep_external(session, made, "0.1.0", DAY)
    return made.id


def test_what_is_not_grouped(house: House) -> None:
    first, second, key = grouped(house)
    alone = published(house)[1]
    theirs = foreign(house, "aiid:9001", RecordType.REPORT)
    with pytest.raises(Conflict, match="part of an incident already"):
        group(house, first, alone)
    for record, other in ((theirs, alone), (alone, theirs), (key, alone)):
        with pytest.raises(Conflict, match="Only reports of this node"):
            group(house, record, other)
    old, _ = merged(house)
    with pytest.raises(Conflict, match="is merged itself"):
        group(house, alone, old)
    approve_and_carry_out(house, proposed(house, second))
    with pytest.raises(Conflict, match="cannot be done"):
        group(house, second, alone)
    seen = care(house).merging.preview(house.people.reviewer, first, alone)
    assert set(seen.refused) == {Kind.GROUP}


def test_an_incident_of_another_collection_takes_our_report_in(house: House) -> None:
    alone, theirs = published(house)[1], foreign(house, "aiid:9002", RecordType.INCIDENT)
    approve_and_carry_out(house, group(house, alone, theirs))
    assert house.records.read(alone).part_of == theirs
    assert house.records.read(theirs).revision == 1


def test_grouping_and_merging_cross_as_merges_do(house: House) -> None:
    first, second = two(house)
    group(house, first, second)
    for propose in (group, merge):
        with pytest.raises(Conflict, match="waits already"):
            propose(house, second, first)


def test_two_doors_make_one_incident(house: House) -> None:
    first, second = two(house)
    change = group(house, first, second)
    care(house).changes.approve(house.people.other_reviewer, change.id)
    at_once(4, lambda _: house.side.record_changes.carry_out(early=True))
    incidents = house.ask_public("SELECT count(*) FROM record WHERE type = 'incident'")
    assert incidents[0][0] == 1
    assert house.records.read(first).revision == 2


def test_flags_of_a_record_stay_open_when_it_is_only_grouped(house: House) -> None:
    first, second = two(house)
    care(house).flags.flag(first, "wrong", "The clinic was another one.")
    approve_and_carry_out(house, group(house, first, second))
    assert house.ask("SELECT state FROM record_flag")[0][0] == "open"
