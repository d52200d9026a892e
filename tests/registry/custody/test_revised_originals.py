"""A revision keeps its original, begins from the public record where there is none, and goes as it came."""

from __future__ import annotations

import json

import pytest

from registry.custody.retention import Swept
from registry.errors import Conflict
from registry.identity.rules import Actor, Role
from registry.intake.rules import State
from registry.intake.vault.errors import Shredded
from registry.intake.vault.rules import Why
from tests.factories import PASSWORD, account
from tests.registry.custody.plenty import everything
from tests.registry.custody.test_exports import opened
from tests.registry.house import House
from tests.registry.intake.revising.test_revising import (
    NEW,
    accept,
    bring_revision,
    published,
    record_of,
    revised,
)
from tests.registry.neighbours import join

OPEN = ("revising", "submitted", "in_review", "changes_requested", "accepted")
SECRET = "Kisumu"


@pytest.fixture
def admin(house: House) -> Actor:
    """An administrator of the organization whose reports these are."""
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


def shredded(house: House) -> str:
    """Id of a published report whose original went by itself."""
    key = published(house, place={"district": SECRET})
    house.clock.forward(days=30)
    assert house.side.custody.retention.run() == Swept(shredded=1, noticed=0)
    return key


@pytest.mark.parametrize("until", OPEN)
def test_an_original_stays_while_its_revision_is_open(house: House, until: str) -> None:
    key = published(house)
    bring_revision(house, key, until)
    house.clock.forward(days=31)
    assert house.side.custody.retention.run() == Swept(0, 0)
    house.side.intake.withdraw(house.people.member, key)
    assert house.side.custody.retention.run() == Swept(0, 0)  # its time begins anew
    house.clock.forward(days=30)
    assert house.side.custody.retention.run() == Swept(1, 0)


def test_a_revision_that_nobody_sends_goes_after_a_notice(house: House) -> None:
    key = published(house)
    bring_revision(house, key, "revising")
    house.clock.forward(days=335)
    assert house.side.custody.retention.run() == Swept(0, 1)
    house.clock.forward(days=30)
    assert house.side.custody.retention.run() == Swept(1, 0)
    assert house.state(key) == "published"
    receipt = house.side.custody.originals.receipt(house.people.member, key)
    assert (receipt.state, receipt.why) == (State.PUBLISHED, Why.FORGOTTEN)
    assert house.records.read(record_of(house, key)).revision == 1


@pytest.mark.parametrize("until", OPEN)
def test_a_wish_to_erase_gives_the_revision_up(house: House, until: str) -> None:
    key = published(house)
    bring_revision(house, key, until)
    receipt = house.side.custody.originals.erase(house.people.member, key)
    assert receipt.state is State.PUBLISHED
    assert house.state(key) == "published"
    assert house.records.read(record_of(house, key)).revision == 1
    assert b"pharmacist" not in everything(house)


def test_where_the_original_is_gone_a_revision_begins_with_what_is_public(house: House) -> None:
    key, side, member = shredded(house), house.side, house.people.member
    public = house.records.read(record_of(house, key))
    begun = side.revising.reopen(member, key)
    assert begun.account == public.account
    assert SECRET not in json.dumps(begun.account.to_json())
    assert begun.summary.erased_at is None
    side.intake.revise(member, key, begun.account.to_json() | {"title": NEW}, expected=None)
    side.intake.submit(member, key)
    accept(house, key)
    side.publication.publish_batch()
    newest = house.records.read(public.id)
    assert (newest.revision, newest.account.title) == (2, NEW)
    assert newest.generalised == public.generalised != ()  # it is as coarse as before, and says so


def test_what_the_old_key_sealed_stays_unreadable(house: House) -> None:
    key, member = shredded(house), house.people.member
    old = house.ask("SELECT sealed_account FROM submission_version WHERE submission_id = :key", key=key)
    house.side.revising.reopen(member, key)
    assert all(row[0] is None for row in old)
    sealed = house.ask("SELECT number FROM submission_version WHERE sealed_account IS NOT NULL")
    assert [row[0] for row in sealed] == [2, 3]


@pytest.mark.parametrize("until", OPEN)
def test_a_revision_without_an_original_can_be_taken_back_and_goes_again(house: House, until: str) -> None:
    key, side, member = shredded(house), house.side, house.people.member
    public = house.records.read(record_of(house, key))
    first = side.custody.originals.receipt(member, key)
    bring_revision(house, key, until)
    side.intake.withdraw(member, key)
    assert side.intake.read(member, key).account == public.account
    house.clock.forward(days=30)
    assert side.custody.retention.run() == Swept(1, 0)
    second = side.custody.originals.receipt(member, key)
    assert second.at > first.at
    assert side.custody.originals.fits(first)  # as it was handed out
    assert side.custody.originals.fits(second)
    with pytest.raises((Shredded, Conflict)):
        side.intake.revise(member, key, {}, expected=None)
    assert house.records.read(public.id) == public


def test_reviewers_compare_it_with_what_is_public(house: House) -> None:
    key, reviewer = shredded(house), house.people.reviewer
    revised(house, key)
    versions = house.side.reviewing.versions
    (public,) = versions.of(reviewer, key)
    assert public.public
    assert versions.read(reviewer, key, public.number) == house.records.read(record_of(house, key)).account


def test_an_export_tells_of_a_revision_and_of_what_is_gone(house: House, admin: Actor) -> None:
    key = shredded(house)
    revised(house, key)
    told = opened(house.side.custody.exports.organization(admin, admin.organization_id))
    (report,) = (one for one in told["reports.json"] if one["id"] == key)
    assert (report["state"], report["published_version"], report["version"]) == ("submitted", 2, 4)
    titles = [one["account"] and one["account"]["title"] for one in report["versions"]]
    assert titles == [None, account()["title"], account()["title"], NEW]


def test_an_organization_that_goes_leaves_its_record_and_no_revision(house: House, admin: Actor) -> None:
    key = published(house)
    record_id = record_of(house, key)
    revised(house, key)
    kept = house.records.read(record_id)
    left = house.side.custody.erasure.erase_organization(
        admin, admin.organization_id, "Lake Health", PASSWORD
    )
    assert {one.what: one.count for one in left}["Published records"] == 1
    rows = house.ask("SELECT state, sealed_title, record_id FROM submission WHERE id = :key", key=key)
    assert [tuple(row) for row in rows] == [("published", None, record_id)]
    assert house.records.read(record_id) == kept
    assert not house.ask("SELECT 1 FROM submission_version WHERE submission_id = :key", key=key)
