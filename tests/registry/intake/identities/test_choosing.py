"""What an organization chooses for its reports, and who reads what of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.rules import Actor, Role
from registry.intake.identities.rules import CHOOSABLE, OFFERS_MAX, OWN, TERMS_MAX, Identity, Wish
from registry.intake.rules import State
from tests.factories import account, bring
from tests.registry.house import House
from tests.registry.intake.identities.asking import (
    accept,
    asked,
    choose,
    contributor,
    member_of_review,
    wish,
)
from tests.registry.neighbours import join

NAME, DESCRIPTOR = "Lake Health", "an organization like Lake"
PUBLIC = {Identity.NAMED: NAME, Identity.DESCRIPTOR: DESCRIPTOR, Identity.HIDDEN: ""}
"""Identity → what the public reads."""
REVIEWERS = {Identity.NAMED: DESCRIPTOR, Identity.DESCRIPTOR: DESCRIPTOR, Identity.HIDDEN: ""}
"""Identity → what reviewers read, and never a name."""


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


@pytest.mark.parametrize("identity", OWN)
def test_the_public_and_reviewers_read_what_was_chosen(house: House, identity: Identity) -> None:
    raw = account(title="A report of ours")
    made = house.side.intake.create(house.people.member, raw, channel="api", submit=True, wish=Wish(identity))
    key = made.view.summary.id
    view = house.side.identities.naming.of(house.people.member, key)
    assert (view.identity, view.shown, view.waiting) == (identity, PUBLIC[identity], False)
    seen = house.side.reviews.read(house.people.reviewer, key)
    assert seen.contributor == REVIEWERS[identity]
    assert NAME not in repr(seen)
    accept(house, key)
    house.side.publication.publish_batch()
    assert contributor(house, key) == PUBLIC[identity]


def test_what_is_hidden_is_the_same_for_every_organization(house: House) -> None:
    """Provenance has no trace of it at all, not even an empty field."""
    told = []
    for author in (house.people.member, house.people.other_member):
        made = house.side.intake.create(
            author, account(), channel="api", submit=True, wish=Wish(Identity.HIDDEN)
        )
        accept(house, made.view.summary.id)
        house.side.publication.publish_batch()
        record_id = house.side.intake.read(author, made.view.summary.id).summary.record_id or ""
        told.append(house.records.read(record_id).to_json()["provenance"])
    assert told[0] == told[1]
    assert "contributor" not in told[0]


def test_a_new_report_begins_with_what_is_usual_and_keeps_it(house: House, admin: Actor) -> None:
    preferences, naming = house.side.identities.preferences, house.side.identities.naming
    before = house.draft()
    assert naming.of(admin, before).identity is Identity.DESCRIPTOR
    preferences.change(admin, "hidden", publishes=False, terms="")
    hidden = house.draft()
    preferences.change(admin, "named", publishes=True, terms="  health,\n in French ")
    assert [naming.of(admin, key).identity for key in (before, hidden, house.draft())] == [
        Identity.DESCRIPTOR,
        Identity.HIDDEN,
        Identity.NAMED,
    ]
    now = preferences.read(admin)
    assert (now.identity, now.publishes, now.terms) == (Identity.NAMED, True, "health, in French")
    assert house.ask("SELECT count(*) FROM naming_preference")[0][0] == 1


@pytest.mark.parametrize("identity", ["", "delegated", "nobody", "NAMED"])
def test_the_usual_identity_is_one_of_ones_own(small_house: House, identity: str) -> None:
    admin = join(small_house, "admin", small_house.people.member, Role.ORG_ADMIN)
    with pytest.raises(Invalid) as refused:
        small_house.side.identities.preferences.change(
            admin, identity, publishes=True, terms="x" * (TERMS_MAX + 1)
        )
    assert [problem.pointer for problem in refused.value.problems] == ["/identity", "/terms"]
    assert small_house.ask("SELECT count(*) FROM naming_preference")[0][0] == 0


def test_only_administrators_say_what_is_usual(small_house: House) -> None:
    preferences = small_house.side.identities.preferences
    for actor in (small_house.people.member, small_house.people.reviewer, small_house.people.steward):
        with pytest.raises(NotAllowed):
            preferences.read(actor)
        with pytest.raises(NotAllowed):
            preferences.change(actor, "named", publishes=True, terms="")


def brought(house: House, state: State) -> str:
    """A report in a state."""
    key = house.draft()
    bring(house.side, house.people.member, house.people.reviewer, key, state)
    return key


@pytest.mark.parametrize("state", State)
def test_it_can_be_chosen_until_the_report_leaves(house: House, state: State) -> None:
    key, naming = brought(house, state), house.side.identities.naming
    lock = house.side.intake.read(house.people.member, key).summary.lock
    if state not in CHOOSABLE:
        with pytest.raises(Conflict):
            choose(house, key, Identity.HIDDEN)
        assert naming.of(house.people.member, key).identity is Identity.DESCRIPTOR
        return
    choose(house, key, Identity.HIDDEN)
    view = naming.of(house.people.member, key)
    assert (view.identity, view.lock, view.state) == (Identity.HIDDEN, lock + 1, state)
    with pytest.raises(Stale):
        naming.choose(house.people.member, key, Wish(Identity.NAMED), expected=lock)
    naming.choose(house.people.member, key, Wish(Identity.HIDDEN), expected=lock + 1)
    assert naming.of(house.people.member, key).lock == lock + 1, "the same again changes nothing"


def test_reviewers_and_receipts_do_not_see_that_anything_was_chosen(house: House) -> None:
    key = house.claimed()
    before = house.steps(key)
    choose(house, key, Identity.HIDDEN)
    choose(house, key, Identity.NAMED)
    assert house.steps(key) == before
    seen = house.side.reviews.read(house.people.reviewer, key)
    assert "identity" not in repr([step.action for step in seen.steps])
    status = house.side.following.by_code(house.side.intake.receipt(house.people.member, key)).status
    assert [step.action for step in status.steps] == ["create", "submit", "claim"]
    trail = house.ask("SELECT old, new FROM audit_event WHERE subject = 'naming' ORDER BY id")
    assert [tuple(row) for row in trail] == [("descriptor", "hidden"), ("hidden", "named")]


def test_what_is_somebody_elses_does_not_exist(house: House) -> None:
    key, naming = house.draft(), house.side.identities.naming
    for missing in (key, "0" * 32):
        with pytest.raises(NotFound):
            naming.of(house.people.other_member, missing)
        with pytest.raises(NotFound):
            naming.choose(house.people.other_member, missing, Wish(Identity.NAMED), expected=None)
    for actor in (house.people.reviewer, house.people.steward):
        with pytest.raises(NotAllowed):
            naming.of(actor, key)
        with pytest.raises(NotAllowed):
            naming.choose(actor, key, Wish(Identity.NAMED), expected=None)
        with pytest.raises(NotAllowed):
            naming.publishers(actor)


def test_a_report_that_names_its_organization_is_pointed_out(house: House) -> None:
    raw = account(text=f"The nurses of {NAME} saw it. We are {DESCRIPTOR}.")
    key = house.side.intake.create(house.people.member, raw, channel="form").view.summary.id
    mentioned = {}
    for identity in OWN:
        choose(house, key, identity)
        mentioned[identity] = house.side.identities.naming.of(house.people.member, key).mentioned
    assert mentioned == {
        Identity.NAMED: (),
        Identity.DESCRIPTOR: (NAME,),
        Identity.HIDDEN: (NAME, DESCRIPTOR),
    }


def test_organizations_that_publish_for_others_are_listed(house: House) -> None:
    naming, preferences = house.side.identities.naming, house.side.identities.preferences
    for actor, terms in ((house.people.other_member, "schools"), (house.people.member, "our own")):
        admin = join(house, f"admin-{terms[:3]}", actor, Role.ORG_ADMIN)
        preferences.change(admin, "descriptor", publishes=True, terms=terms)
    found = naming.publishers(house.people.member)
    assert [(one.name, one.descriptor, one.terms) for one in found] == [
        ("River Schools", "an organization like Rive", "schools")
    ]
    assert [one.name for one in naming.publishers(member_of_review(house))] == [NAME, "River Schools"]


def test_the_same_request_again_gets_the_same_answer_and_another_wish_does_not(house: House) -> None:
    intake, member = house.side.intake, house.people.member
    told: dict[str, Any] = {"channel": "api", "submit": True, "idempotency_key": "k"}
    first = intake.create(member, account(), wish=wish(), **told)
    assert intake.create(member, account(), wish=wish(), **told) == replace(first, fresh=False)
    for other in (None, Wish(Identity.NAMED), wish("Fair Review"), wish(tell=True)):
        with pytest.raises(Conflict):
            intake.create(member, account(), wish=other, **told)
    assert house.ask("SELECT count(*) FROM report_offer")[0][0] == 1


def test_nobody_can_be_asked_without_end(small_house: House) -> None:
    key = asked(small_house)
    for number in range(OFFERS_MAX - 1):
        choose(small_house, key, wish(message=f"Please, {number}."))
    with pytest.raises(Conflict):
        choose(small_house, key, wish(message="Once more."))
    view = small_house.side.identities.naming.of(small_house.people.member, key)
    assert view.offer is not None
    assert view.offer.message == f"Please, {OFFERS_MAX - 2}."
    choose(small_house, key, Identity.HIDDEN)
