"""An erasure waits for nothing but another one; what was open beside it is over. On both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from registry.errors import Conflict, Gone
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.rules import CHANGES, ChangeState, Kind
from registry.review.aftercare.views import ChangeView
from tests.registry.house import House, at_once
from tests.registry.review.aftercare.caring import ERASE, RETRACT, care, proposed, published, third
from tests.registry.review.aftercare.merges import group, merge, two

Open = Callable[[House, str, str], ChangeView]

BESIDE: dict[str, Open] = {
    **{
        kind.value: lambda house, record, _, kind=kind: proposed(
            house, record, house.people.steward, (kind.value, next(iter(CHANGES[kind].reasons)), "")
        )
        for kind in (Kind.MARK_DISPUTED, Kind.MARK_UNVERIFIABLE, Kind.RETRACT)
    },
    "merge": lambda house, record, other: merge(house, record, other, house.people.steward),
    "merge of another into it": lambda house, record, other: merge(
        house, other, record, house.people.steward
    ),
    "group": lambda house, record, other: group(house, record, other, house.people.steward),
    "group of another with it": lambda house, record, other: group(
        house, other, record, house.people.steward
    ),
}
"""What is open of the record, or leads to it."""


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize("beside", BESIDE)
def test_a_record_is_erased_at_once_whatever_else_is_open(house: House, beside: str, approved: bool) -> None:
    record, other = two(house)
    waits = BESIDE[beside](house, record, other)
    if approved:
        care(house).changes.approve(third(house), waits.id)
    erase = proposed(house, record, wish=ERASE)
    care(house).changes.approve(house.people.other_reviewer, erase.id)
    assert house.side.record_changes.carry_out() == [record], "nobody waits for the batch"
    with pytest.raises(Gone):
        house.records.read(record)
    left = care(house).changes.read(house.people.steward, waits.id)
    assert (left.state, left.note, left.may_decide) == (ChangeState.OVERTAKEN, "", False)
    was = "approved" if approved else "proposed"
    query = "SELECT action, old, new FROM audit_event WHERE subject_id = :key ORDER BY id DESC"
    assert tuple(house.ask(query, key=waits.id)[0]) == ("overtake-change", was, "overtaken")
    house.clock.forward(hours=1)
    assert house.side.record_changes.carry_out(early=True) == []
    assert house.records.read(other).revision == 1
    for act in (
        lambda: care(house).changes.approve(house.people.other_reviewer, waits.id),
        lambda: care(house).changes.refuse(house.people.other_reviewer, waits.id, "overtaken"),
        lambda: care(house).changes.take_back(house.people.steward, waits.id),
    ):
        with pytest.raises(Conflict, match="was erased"):
            act()


def test_what_is_open_of_other_records_stays(house: House) -> None:
    record, other = two(house)
    kept = proposed(house, other)
    erase = proposed(house, record, wish=ERASE)
    care(house).changes.approve(house.people.other_reviewer, erase.id)
    house.side.record_changes.carry_out()
    assert care(house).changes.read(house.people.reviewer, kept.id).state is ChangeState.PROPOSED


def test_a_refused_erasure_leaves_what_is_open_beside_it(house: House) -> None:
    _, record = published(house)
    kept, erase = proposed(house, record), proposed(house, record, wish=ERASE)
    with pytest.raises(Conflict, match="Another change of this record waits"):
        proposed(house, record, house.people.steward)
    seen = care(house).desk.read(house.people.other_reviewer, record)
    assert [one.id for one in seen.open_changes] == [erase.id, kept.id], "what is urgent comes first"
    (line,) = care(house).desk.waiting(house.people.other_reviewer)
    assert line.change is not None
    assert line.change.id == erase.id
    care(house).changes.refuse(house.people.other_reviewer, erase.id, "milder")
    care(house).changes.approve(house.people.other_reviewer, kept.id)
    assert house.side.record_changes.carry_out(early=True) == [record]
    assert house.records.read(record).state.value == "retracted"


def test_a_record_is_not_erased_twice_and_two_at_once_ask_once(house: House) -> None:
    key, record = published(house)
    proposed(house, record)

    def ask(number: int) -> ChangeView:
        if number % 2:
            return care(house).changes.propose_own(house.people.member, key, Proposal(*ERASE, 1))
        return proposed(house, record, wish=ERASE)

    answers = at_once(4, ask)
    assert sorted(isinstance(each, ChangeView) for each in answers) == [False] * 3 + [True]
    refused = [each for each in answers if isinstance(each, Conflict)]
    assert {each.message for each in refused} == {
        "An erasure of this record waits already. Let it be decided first."
    }
    assert len(refused) == 3


def test_what_was_proposed_in_the_same_moment_is_over_with_the_next_erasure(house: House) -> None:
    """Whoever looked at the record right before it went proposes into the void; nobody could decide it."""
    record, other = two(house)
    late = proposed(house, record, house.people.steward)
    with house.private.work() as session:
        session.execute(text("UPDATE record_change SET state = 'overtaken'"))
    _erase(house, record)
    with house.private.work() as session:
        session.execute(text("UPDATE record_change SET state = 'proposed' WHERE kind <> 'erase'"))
    _erase(house, other)
    assert care(house).changes.read(house.people.steward, late.id).state is ChangeState.OVERTAKEN


def _erase(house: House, record: str) -> None:
    erase = proposed(house, record, wish=ERASE)
    care(house).changes.approve(house.people.other_reviewer, erase.id)
    house.side.record_changes.carry_out()


def test_an_owner_can_ask_for_an_erasure_while_others_propose_something_milder(house: House) -> None:
    key, record = published(house)
    proposed(house, record, wish=RETRACT)
    erase = care(house).changes.propose_own(house.people.member, key, Proposal(*ERASE, 1))
    care(house).changes.approve(house.people.reviewer, erase.id)
    assert house.side.record_changes.carry_out() == [record]
