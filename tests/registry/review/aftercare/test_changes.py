"""Changes of public records: who proposes, who decides, and what the door does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import Conflict, Gone, NotAllowed, NotFound, Stale
from registry.identity.models import Organization, Person
from registry.identity.rules import OrganizationState, Role
from registry.identity.starting import acting, first_organization
from registry.identity.tenants.rules import OPERATOR
from registry.record import copies, store
from registry.record.types import Because, Origin, Outcome, Provenance, RecordState
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.rules import CHANGES, ChangeState, Kind
from registry.review.aftercare.views import ChangeView
from tests.factories import register
from tests.registry.house import House, at_once
from tests.registry.record.samples import DAY, incoming, record
from tests.registry.review.aftercare.caring import (
    ERASE,
    RETRACT,
    TEXT,
    approve_and_carry_out,
    care,
    proposed,
    published,
    revise,
    third,
)


def test_a_retracted_record_says_why_and_stays_readable(house: House) -> None:
    _, record_id = published(house)
    care(house).flags.flag(record_id, "wrong", TEXT)
    change = proposed(house, record_id)
    assert (change.state, change.mine, change.may_decide) == (ChangeState.PROPOSED, True, False)
    assert approve_and_carry_out(house, change) == [record_id]
    record = house.records.read(record_id)
    assert (record.state.value, record.revision) == ("retracted", 2)
    assert record.because is not None
    assert (record.because.reason, record.because.note) == RETRACT[1:]
    assert house.records.version(record_id, 1).because is None
    assert [tuple(row) for row in house.ask("SELECT state, sealed_text FROM record_flag")] == [
        ("settled", None)
    ]
    assert tuple(house.ask("SELECT state, sealed_note FROM record_change")[0]) == ("done", None)
    acts = house.ask("SELECT action, new FROM audit_event WHERE subject = 'change' ORDER BY id")
    assert [tuple(row) for row in acts] == [
        ("propose-retract", "proposed"),
        ("approve-change", "approved"),
        ("record-retract", "done"),
    ]
    again = proposed(house, record_id, wish=("reinstate", "in-error", ""))
    approve_and_carry_out(house, again)
    assert house.records.read(record_id).state.value == "reinstated"


def test_an_erased_record_is_gone_at_once_and_for_good(house: House) -> None:
    _, record_id = published(house)
    change = proposed(house, record_id, wish=ERASE)
    care(house).changes.approve(house.people.other_reviewer, change.id)
    assert house.side.record_changes.carry_out() == [record_id], "nobody waits for the batch"
    with pytest.raises(Gone) as gone:
        house.records.read(record_id)
    assert gone.value.facts["reason"] == "someone-recognizable"
    assert house.ask_public("SELECT payload FROM record_version WHERE payload IS NOT NULL") == []
    with pytest.raises(Gone):
        care(house).changes.propose(
            house.people.reviewer, record_id, Proposal("reinstate", "in-error", "", 1)
        )


def test_all_but_erasures_wait_for_the_batch(house: House) -> None:
    _, record_id = published(house)
    change = proposed(house, record_id)
    care(house).changes.approve(house.people.other_reviewer, change.id)
    assert house.side.record_changes.carry_out() == []
    house.clock.forward(hours=1)
    assert house.side.record_changes.carry_out() == [record_id]
    assert house.side.record_changes.carry_out() == []


def test_who_may_decide_on_what_whom_proposed(house: House) -> None:
    """Every proposer with every decider."""
    people, other = house.people, third(house)
    colleague = register(
        house.side.directory, house.side.sessions, "beside", "Beside Open Review", [Role.REVIEWER]
    )
    colleague = replace(
        colleague, organization_id=people.reviewer.organization_id, organization="Open Review"
    )
    deciders = {
        "member": people.member,
        "other member": people.other_member,
        "reviewer": people.reviewer,
        "colleague": colleague,
        "other reviewer": people.other_reviewer,
        "third": other,
        "steward": people.steward,
    }
    may = {
        "owner": {"reviewer", "colleague", "other reviewer", "third"},
        "reviewer": {"other reviewer", "third"},
        "steward": {"reviewer", "colleague", "other reviewer", "third"},
    }
    for proposer, able in may.items():
        for name, decider in deciders.items():
            key, record_id = published(house)
            revision = house.records.read(record_id).revision
            if proposer == "owner":
                change = care(house).changes.propose_own(people.member, key, Proposal(*RETRACT, revision))
            else:
                change = proposed(house, record_id, getattr(people, proposer))
            if name in able:
                done = care(house).changes.approve(decider, change.id)
                assert done.state is ChangeState.APPROVED, (proposer, name)
                continue
            with pytest.raises((NotAllowed, NotFound, Conflict)):
                care(house).changes.approve(decider, change.id)
            with pytest.raises((NotAllowed, NotFound, Conflict)):
                care(house).changes.refuse(decider, change.id, "record-right")


def test_who_may_propose(house: House) -> None:
    key, record_id = published(house)
    wish = Proposal(*RETRACT, 1)
    for actor in (house.people.member, house.people.other_member):
        with pytest.raises(NotAllowed):
            care(house).changes.propose(actor, record_id, wish)
    with pytest.raises(NotFound):
        care(house).changes.propose_own(house.people.other_member, key, wish)
    with pytest.raises(NotAllowed):
        care(house).changes.propose_own(house.people.reviewer, key, wish)
    with pytest.raises(Conflict, match="no public record"):
        care(house).changes.propose_own(house.people.member, house.submitted(), wish)
    change = care(house).changes.propose_own(house.people.member, key, wish)
    record, changes = care(house).changes.of_own(house.people.member, key)
    assert (record.id, [one.id for one in changes]) == (record_id, [change.id])
    another, _ = published(house)
    with pytest.raises(NotFound):
        care(house).changes.take_own_back(house.people.member, another, change.id)
    care(house).changes.take_own_back(house.people.member, key, change.id)
    with pytest.raises(Conflict, match="taken it back"):
        care(house).changes.approve(house.people.reviewer, change.id)


def test_a_reviewer_whose_organization_is_suspended_decides_nothing(house: House) -> None:
    _, record_id = published(house)
    change, decider = proposed(house, record_id), house.people.other_reviewer
    with house.private.work() as session:
        row = session.get_one(Organization, decider.organization_id)
        row.state = OrganizationState.SUSPENDED.value
    with house.private.read() as session:
        person = session.get_one(Person, decider.id)
        suspended = acting(session, person, first_organization(session, person.id), rests=False)
    with pytest.raises(NotAllowed):
        care(house).changes.approve(suspended, change.id)
    assert care(house).changes.read(house.people.reviewer, change.id).state is ChangeState.PROPOSED


def test_a_record_has_one_open_change_and_two_never_decide_it(house: House) -> None:
    _, record_id = published(house)
    change = proposed(house, record_id)
    with pytest.raises(Conflict, match="waits already"):
        proposed(house, record_id, house.people.steward)
    deciders = (house.people.other_reviewer, third(house))

    def decide(number: int) -> ChangeView:
        if number % 2:
            return care(house).changes.approve(deciders[0], change.id, expected=change.lock)
        return care(house).changes.refuse(deciders[1], change.id, "milder", expected=change.lock)

    answers = at_once(4, decide)
    won = [answer for answer in answers if isinstance(answer, ChangeView)]
    assert len(won) == 1
    assert all(isinstance(answer, (Stale, ChangeView)) for answer in answers)
    with pytest.raises(Conflict, match="already"):
        care(house).changes.approve(deciders[0], change.id)


def test_a_refused_change_leaves_everything_and_its_note_is_gone(house: House) -> None:
    _, record_id = published(house)
    care(house).flags.flag(record_id, "wrong", TEXT)
    change = proposed(house, record_id)
    refused = care(house).changes.refuse(house.people.other_reviewer, change.id, "not-shown")
    assert (refused.state, refused.refusal, refused.note) == (ChangeState.REFUSED, "not-shown", "")
    assert house.side.record_changes.carry_out(early=True) == []
    assert house.records.read(record_id).revision == 1
    assert len(care(house).desk.read(house.people.reviewer, record_id).flags) == 1
    assert proposed(house, record_id).state is ChangeState.PROPOSED, "another one may be proposed"


def test_an_erased_organization_leaves_no_open_proposal(house: House) -> None:
    key, record_id = published(house)
    change = care(house).changes.propose_own(house.people.member, key, Proposal(*RETRACT, 1))
    name = house.people.member.organization
    house.side.custody.erasure.erase_organization(OPERATOR, house.people.member.organization_id, name)
    row = house.ask("SELECT state, sealed_note FROM record_change WHERE id = :key", key=change.id)[0]
    assert tuple(row) == ("taken-back", None)
    assert proposed(house, record_id).may_decide is False


def test_a_record_that_changed_meanwhile_is_judged_anew(house: House) -> None:
    _, record_id = published(house)
    with pytest.raises(Stale):
        care(house).changes.propose(house.people.reviewer, record_id, Proposal(*RETRACT, 2))
    early = proposed(house, record_id)
    care(house).changes.approve(house.people.other_reviewer, early.id)
    revise(house, record_id)
    assert house.side.record_changes.carry_out(early=True) == []
    assert care(house).changes.read(house.people.reviewer, early.id).state is ChangeState.OVERTAKEN
    assert house.records.read(record_id).state.value == "published"
    late = proposed(house, record_id)
    revise(house, record_id)
    with pytest.raises(Conflict, match="has changed since"):
        care(house).changes.approve(house.people.other_reviewer, late.id)
    care(house).changes.refuse(house.people.other_reviewer, late.id, "overtaken")
    erase = proposed(house, record_id, wish=ERASE)
    revise(house, record_id)
    assert approve_and_carry_out(house, erase) == [record_id], "whatever it says by now has to go"


def test_records_from_elsewhere_are_cared_for_and_their_next_import_undoes_nothing(house: House) -> None:
    def brought(**changes: object) -> Outcome:
        with house.public.work() as session:
            return store.keep_external(session, incoming("aiid:101", **changes), "0.2.0", DAY)

    assert brought() is Outcome.CREATED
    care(house).flags.flag("aiid:101", "wrong", "")
    change = proposed(house, "aiid:101", wish=("mark-unverifiable", "no-source", "Its source is gone."))
    assert approve_and_carry_out(house, change) == ["aiid:101"]
    assert house.records.read("aiid:101").state.value == "unverifiable"
    assert brought() is Outcome.UNCHANGED
    assert brought(related=()) is Outcome.UPDATED
    record = house.records.read("aiid:101")
    assert (record.state.value, record.because) == (
        "unverifiable",
        Because("no-source", "Its source is gone."),
    )


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if not CHANGES[kind].names_other and kind is not Kind.ERASE]
)
def test_only_its_own_node_changes_a_record(house: House, kind: Kind) -> None:
    whose = Provenance(Origin.PEER, "A" * 52)
    elsewhere = record("AIR-AAAAAAAAAA-2026-000001", provenance=whose, state=RecordState.PUBLISHED)
    with house.public.work() as session:
        copies.keep(session, [elsewhere], elsewhere.modified)
    asked = Proposal(kind.value, next(iter(CHANGES[kind].reasons)), "", 1)
    with pytest.raises(Conflict, match="Only the node that published"):
        care(house).changes.propose(house.people.reviewer, elsewhere.id, asked)
    assert house.records.read(elsewhere.id) == elsewhere
