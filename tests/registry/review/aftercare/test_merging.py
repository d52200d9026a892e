"""Merging public records: what becomes of both, what crosses, who may, and how it is undone."""

from __future__ import annotations

import pytest

from registry.errors import CommonsError, Conflict, Gone, Invalid, NotAllowed, NotFound, Stale
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.record.types import DUPLICATE_OF, RecordState, Relation
from registry.review.aftercare.merging import Merge
from registry.review.aftercare.rules import ChangeState
from tests.registry.house import House
from tests.registry.review.aftercare.caring import (
    ERASE,
    approve_and_carry_out,
    care,
    proposed,
    published,
    revise,
    third,
)
from tests.registry.review.aftercare.merges import HERE_TOO, SAME, merge, merged, two


def test_a_merged_record_names_its_successor_and_stays_readable(house: House) -> None:
    old, new = two(house)
    change = merge(house, old, new)
    assert (change.into, change.state, change.may_decide) == (new, ChangeState.PROPOSED, False)
    assert house.records.read(old).successor is None
    assert approve_and_carry_out(house, change) == [old]
    record = house.records.read(old)
    assert (record.state, record.successor, record.revision) == (RecordState.MERGED, new, 2)
    assert record.related == (Relation(DUPLICATE_OF, new),)
    assert record.account == house.records.version(old, 1).account
    assert record.because is not None
    assert (record.because.reason, record.because.note) == (SAME, "Both tell of May.")
    assert house.records.merged_into(new) == [old]
    assert house.records.read(new).revision == 1, "nothing is written into the other one"
    acts = house.ask("SELECT action FROM audit_event WHERE subject = 'change' ORDER BY id")
    assert [row[0] for row in acts] == ["propose-merge", "approve-change", "record-merge"]


def test_undoing_it_restores_both(house: House) -> None:
    old, new = merged(house)
    before = house.records.read(new)
    approve_and_carry_out(house, proposed(house, old, wish=("reinstate", "in-error", "")))
    record = house.records.read(old)
    assert (record.state, record.successor, record.related) == (RecordState.REINSTATED, None, ())
    assert house.records.read(new) == before
    assert house.records.merged_into(new) == []
    approve_and_carry_out(house, merge(house, new, old))
    assert house.records.read(new).successor == old, "and the other way round is possible then"


def test_what_points_to_the_merged_one_points_to_its_successor(house: House) -> None:
    old, new = two(house)
    told = house.side.intake.create(
        house.people.other_member,
        HERE_TOO,
        channel="form",
        submit=True,
        telling_of=Telling(Kind.STATEMENT, old),
    )
    approve_and_carry_out(house, merge(house, old, new))
    key = told.view.summary.id
    house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.accept(house.people.reviewer, key)
    (statement,) = house.side.publication.publish_batch()
    assert house.records.read(statement).related == (Relation("about", new),)
    before = published(house)[1]
    approve_and_carry_out(house, merge(house, new, before))
    page = house.records.pointing_to(before, ("about",))
    assert [one.record.id for one in page.items] == [statement], "by way of the one between"
    assert house.records.merged_into(before) == [new, old]


def test_a_record_does_not_point_to_itself_once_its_like_is_merged_into_it(house: House) -> None:
    people, first = house.people, published(house)[1]
    key = house.claimed()
    house.side.reviews.merge(people.reviewer, key, first)
    house.side.reviews.accept(people.reviewer, key)
    (second,) = house.side.publication.publish_batch()
    assert [one.record.id for one in house.records.pointing_to(first, ("same-as",)).items] == [second]
    approve_and_carry_out(house, merge(house, first, second))
    assert house.records.pointing_to(second, ("same-as",)).items == ()


def test_what_is_erased_is_merged_into_nothing_and_nothing_into_it(house: House) -> None:
    old, new = two(house)
    approve_and_carry_out(house, proposed(house, old, wish=ERASE))
    wish = Merge(old, SAME, "", 1, 1)
    with pytest.raises(Invalid):
        care(house).merging.propose(house.people.reviewer, new, wish)
    with pytest.raises(Gone):
        care(house).merging.propose(house.people.reviewer, old, Merge(new, SAME, "", 1, 1))


def test_an_erased_record_that_was_merged_still_names_its_successor(house: House) -> None:
    old, new = merged(house)
    approve_and_carry_out(house, proposed(house, old, wish=ERASE))
    with pytest.raises(Gone) as gone:
        house.records.read(old)
    assert gone.value.facts["successor"] == new
    assert house.records.merged_into(new) == []


@pytest.mark.parametrize("into", ["", "AIR-nowhere-2026-1", "itself"])
def test_the_other_record_is_there_and_another_one(house: House, into: str) -> None:
    record = published(house)[1]
    wish = Merge(record if into == "itself" else into, SAME, "", 1, 1)
    with pytest.raises(Invalid) as refused:
        care(house).merging.propose(house.people.reviewer, record, wish)
    assert [one.pointer for one in refused.value.problems] == ["/into"]


def test_who_may_merge_and_who_decides(house: House) -> None:
    people, (old, new) = house.people, two(house)
    refused: dict[str, type[CommonsError]] = {"member": NotAllowed, "other_member": NotAllowed}
    for name, error in refused.items():
        with pytest.raises(error):
            merge(house, old, new, getattr(people, name))
    change = merge(house, old, new, people.steward)
    for actor, error in ((people.steward, NotAllowed), (people.member, NotAllowed)):
        with pytest.raises(error):
            care(house).changes.approve(actor, change.id)
    care(house).changes.take_back(people.steward, change.id)
    again = merge(house, old, new)
    with pytest.raises(Conflict, match="Somebody else"):
        care(house).changes.approve(people.reviewer, again.id)
    care(house).changes.approve(people.other_reviewer, again.id)


def test_whoever_told_one_of_both_neither_merges_nor_decides(house: House) -> None:
    """Ties with the other record count as much as ties with the one that is merged."""
    people, other = house.people, third(house)
    old, new = two(house)
    kin = house.side.tenants.kin
    key = house.submitted(people.other_member)
    house.side.reviews.claim(people.reviewer, key)
    house.side.reviews.accept(people.reviewer, key)
    (theirs,) = house.side.publication.publish_batch()
    kin.declare(other, "River Schools")
    with pytest.raises(NotFound):
        merge(house, old, theirs, other)
    with pytest.raises(NotFound):
        care(house).merging.preview(other, theirs, old)
    change = merge(house, old, theirs)
    with pytest.raises(NotFound):
        care(house).changes.approve(other, change.id)
    care(house).changes.approve(people.other_reviewer, change.id)
    assert house.records.read(new).state is RecordState.PUBLISHED


def test_what_changed_meanwhile_is_not_merged(house: House) -> None:
    people, (old, new) = house.people, two(house)
    for stale in ({"revision": 2}, {"into_revision": 2}):
        with pytest.raises(Stale):
            merge(house, old, new, **stale)
    change = merge(house, old, new)
    revise(house, new)
    with pytest.raises(Conflict, match="has changed since"):
        care(house).changes.approve(people.other_reviewer, change.id)
    care(house).changes.refuse(people.other_reviewer, change.id, "overtaken")


def test_a_door_that_comes_late_does_not_merge_into_what_fell(house: House) -> None:
    people, (old, new) = house.people, two(house)
    change = merge(house, old, new)
    care(house).changes.approve(people.other_reviewer, change.id)
    approve_and_carry_out(house, proposed(house, new, wish=ERASE))
    assert house.records.read(old).state is RecordState.PUBLISHED
    assert house.ask("SELECT state FROM record_change WHERE kind = 'merge'")[0][0] == "overtaken"


def test_nobody_names_a_merged_record_any_more(house: House) -> None:
    old, new = merged(house)
    with pytest.raises(Invalid) as refused:
        house.side.intake.create(
            house.people.member,
            {"title": "Again", "language": "en"},
            channel="form",
            telling_of=Telling(record=old),
        )
    assert "merged into another" in refused.value.problems[0].message
    assert house.records.read(new).state is RecordState.PUBLISHED
