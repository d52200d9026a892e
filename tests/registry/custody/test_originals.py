"""An organization's wish to destroy an original: in every state, with a receipt that stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.custody.receipts import Checking
from registry.errors import Conflict, NotAllowed, NotFound, Stale
from registry.identity.rules import Actor
from registry.identity.tenants.rules import OPERATOR
from registry.intake.rules import State
from registry.intake.vault.rules import TAKEN_BACK, Why
from tests.factories import account
from tests.registry.custody.plenty import everything
from tests.registry.custody.test_exports import opened
from tests.registry.house import SECRET, House, at_once
from tests.registry.intake.test_versions import bring

WORDS = (b"twice the safe dose", b"Chatbot told patients", b"pharmacist", b"Say more.")
RESTING = [state for state in State if state is not State.SCHEDULED]


def erase(house: House, key: str, actor: Actor | None = None, lock: int | None = None) -> object:
    return house.side.custody.originals.erase(actor or house.people.member, key, expected=lock)


@pytest.mark.parametrize("state", RESTING)
def test_in_every_state_the_words_go_and_a_receipt_stays(house: House, state: State) -> None:
    key = bring(house, state)
    read = house.side.intake.read(house.people.member, key)
    wrapped = bytes(house.ask("SELECT wrapped FROM data_key WHERE submission_id = :key", key=key)[0][0])
    receipt = house.side.custody.originals.erase(house.people.member, key, expected=read.summary.lock)
    after = State.WITHDRAWN if state in TAKEN_BACK else state
    after = State.PUBLISHED if state is State.REVISING else after
    assert (receipt.reference, receipt.state, receipt.why) == (key, after, Why.WISH)
    assert receipt.at == house.clock()
    assert receipt.destroyed["versions"] == read.summary.version
    assert house.side.custody.originals.receipt(house.people.member, key) == receipt
    view = house.side.intake.read(house.people.member, key)
    assert (view.summary.state, view.summary.erased_at) == (after, house.clock())
    assert view.account.to_json() == {"language": "en"}
    assert [action for action, _, _ in house.steps(key)][-1] == "erase"
    assert house.ask("SELECT * FROM detail_choice") == []
    assert house.ask("SELECT * FROM review_claim") == []
    sealed = house.ask("SELECT sealed_account FROM submission_version")
    sealed = [*sealed, *house.ask("SELECT sealed_note FROM review_decision")]
    assert {row[0] for row in sealed} == {None}
    for word in (*WORDS, wrapped):
        assert word not in everything(house)


def test_in_the_door_it_has_to_wait(house: House) -> None:
    key = bring(house, State.SCHEDULED)
    with pytest.raises(Conflict):
        erase(house, key)
    house.side.publication.publish_batch()
    erase(house, key)
    assert house.state(key) == "published"


def test_the_public_record_stays_as_it_was(house: House) -> None:
    key = bring(house, State.PUBLISHED)
    before = house.ask_public("SELECT * FROM record_version")
    receipt = house.side.custody.originals.erase(house.people.member, key)
    assert house.ask_public("SELECT * FROM record_version") == before
    (row,) = house.ask_public("SELECT id FROM record")
    assert receipt.record_id == row[0]
    assert house.records.read(row[0]).account.title == "Chatbot told patients to double a dose"


def test_asked_again_it_gives_the_same_receipt(house: House) -> None:
    key = house.draft()
    first = erase(house, key, lock=1)
    house.clock.forward(days=3)
    assert erase(house, key, lock=1) == first
    results = at_once(4, lambda _: erase(house, key))
    assert results == [first] * 4
    assert [action for action, _, _ in house.steps(key)].count("erase") == 1


def test_of_two_who_erase_at_once_both_get_the_one_receipt(house: House) -> None:
    key = house.submitted()
    results = at_once(4, lambda _: erase(house, key))
    assert results == [results[0]] * 4
    assert [action for action, _, _ in house.steps(key)].count("erase") == 1


def test_who_saw_another_version_is_told(house: House) -> None:
    key = house.draft()
    house.side.intake.revise(house.people.member, key, account(), expected=1)
    with pytest.raises(Stale):
        erase(house, key, lock=1)
    erase(house, key, lock=2)


@pytest.mark.parametrize("name", ["other_member", "reviewer", "steward"])
def test_nobody_else_erases_it_or_reads_the_receipt(house: House, name: str) -> None:
    actor, key = getattr(house.people, name), house.submitted()
    refusal = NotFound if name == "other_member" else NotAllowed
    originals = house.side.custody.originals
    with pytest.raises(refusal):
        originals.erase(actor, key)
    originals.erase(house.people.member, key)
    with pytest.raises(refusal):
        originals.receipt(actor, key)
    with pytest.raises(refusal):
        originals.receipt(actor, "0" * 32)


def test_there_is_no_receipt_while_the_original_is_there(house: House) -> None:
    with pytest.raises(NotFound):
        house.side.custody.originals.receipt(house.people.member, house.draft())


def test_a_reviewer_sees_that_it_is_gone(house: House) -> None:
    key = bring(house, State.PUBLISHED)
    erase(house, key)
    view = house.side.reviews.read(house.people.reviewer, key)
    assert view.submission.summary.erased_at == house.clock()
    assert view.submission.account.text == ""
    assert [one.note for one in view.decisions] == [""]
    assert view.personal.decided == ()


def test_lists_and_receipts_go_on_working(house: House) -> None:
    made = house.side.intake.create(house.people.member, account(), channel="form", submit=True)
    key, kept = made.view.summary.id, house.draft(title="Kept")
    erase(house, key)
    lines = house.side.submissions.own(house.people.member).items
    assert {line.id: (line.title, line.erased_at is None) for line in lines} == {
        key: ("", False),
        kept: ("Kept", True),
    }
    status = house.side.following.by_code(made.receipt).status
    assert (status.state, status.erased_at) == (State.WITHDRAWN, house.clock())


def test_what_is_gone_can_neither_be_changed_nor_sent(house: House) -> None:
    key = house.draft()
    erase(house, key)
    side, member = house.side, house.people.member
    with pytest.raises(Conflict):
        side.intake.revise(member, key, account(), expected=None)
    with pytest.raises(Conflict):
        side.intake.submit(member, key)
    with pytest.raises(Conflict):
        side.personal.choose(member, key, {"0" * 32: "keep"}, expected=None)


def test_a_machine_that_tries_again_after_it_is_told(house: House) -> None:
    who = house.people.member
    made = house.side.intake.create(who, account(), channel="api", idempotency_key="k")
    erase(house, made.view.summary.id)
    with pytest.raises(Conflict, match="deleted"):
        house.side.intake.create(who, account(), channel="api", idempotency_key="k")
    assert house.ask("SELECT count(*) FROM submission") == [(1,)]


def test_a_check_value_fits_its_receipt_and_no_other(house: House) -> None:
    key = house.draft()
    receipt = house.side.custody.originals.erase(house.people.member, key)
    fits = house.side.custody.originals.fits
    assert fits(receipt)
    assert not Checking("another " * 8).fits(receipt)
    assert Checking(SECRET).fits(receipt)
    for changed in (
        replace(receipt, reference="0" * 32),
        replace(receipt, state=State.PUBLISHED),
        replace(receipt, record_id="AIR-1"),
        replace(receipt, why=Why.TIME),
        replace(receipt, destroyed={"versions": 2}),
        replace(receipt, at=receipt.at.replace(year=2027)),
    ):
        assert not fits(changed)


def test_an_export_tells_what_is_left_and_an_erased_organization_leaves_no_receipt(house: House) -> None:
    key = bring(house, State.PUBLISHED)
    erase(house, key)
    organization = house.people.member.organization_id
    exported = opened(house.side.custody.exports.organization(OPERATOR, organization))
    (report,), (erasure,) = exported["reports.json"], exported["erasures.json"]
    assert [one["account"] for one in report["versions"]] == [None]
    assert (report["title"], report["state"]) == ("", "published")
    assert (erasure["submission_id"], erasure["why"]) == (key, "wish")
    house.side.custody.erasure.erase_organization(OPERATOR, organization, "Lake Health")
    assert house.ask("SELECT * FROM erasure") == []
    assert house.state(key) == "published"
