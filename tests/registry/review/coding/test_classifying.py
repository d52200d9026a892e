"""What reviewers say of the facets of a report, what is kept of it, and what the public reads."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from registry.errors import Conflict, Invalid, NotFound, NotReady, Stale
from registry.intake.risk.deciding import RiskChoice
from registry.review.coding.models import Coding
from registry.review.coding.rules import CORE, Given, Standing
from tests.registry.alike import put
from tests.registry.house import House, services

SECTOR = Given("sector", ("sector/education", "sector/health"), "confidence/probable", "Said in line two.")


def lines(house: House) -> list[dict[str, Any]]:
    names = ("version", "turn", "facet", "codes", "standing", "confidence", "note", "reviewer_id")
    with house.private.read() as session:
        found = session.scalars(select(Coding).order_by(Coding.id))
        return [{name: getattr(one, name) for name in names} for one in found]


def published(house: House) -> dict[str, Any]:
    (record_id,) = house.side.publication.publish_batch()
    found: dict[str, Any] = house.records.read(record_id).account.to_json()["classification"]
    return found


def test_one_press_confirms_every_code_that_was_submitted(house: House) -> None:
    key = house.claimed()
    house.side.reviews.accept(house.people.reviewer, key)
    kept = lines(house)
    assert {one["facet"] for one in kept} == {*CORE, "detection", "containment"}
    assert {(one["turn"], one["standing"], one["version"]) for one in kept} == {("review", "confirmed", 1)}
    assert {one["reviewer_id"] for one in kept} == {house.people.reviewer.id}
    assert published(house) == {one["facet"]: one["codes"] for one in kept}


def test_the_public_reads_the_codes_of_the_reviewer_and_the_original_keeps_its_own(house: House) -> None:
    key = house.claimed()
    reviews, reviewer = house.side.reviews, house.people.reviewer
    reviews.classify(reviewer, key, SECTOR)
    reviews.classify(reviewer, key, Given("detection", ()))
    view = reviews.read(reviewer, key)
    (sector,) = (one for one in view.coding if one.facet == "sector")
    assert (sector.submitted, sector.codes) == (("sector/health",), SECTOR.codes)
    assert (sector.standing, sector.confidence) == (Standing.CHANGED, SECTOR.confidence)
    assert sector.note == SECTOR.note
    reviews.accept(reviewer, key)
    found = published(house)
    assert found["sector"] == list(SECTOR.codes)
    assert "detection" not in found, "a facet that the reviewer emptied says nothing"
    own = house.side.intake.read(house.people.member, key).account
    assert own.to_json()["classification"]["sector"] == ["sector/health"]


def test_lines_are_added_and_the_newest_counts(house: House) -> None:
    key = house.claimed()
    reviews, reviewer = house.side.reviews, house.people.reviewer
    reviews.classify(reviewer, key, SECTOR)
    reviews.classify(reviewer, key, Given("sector", ("sector/health",)))
    reviews.accept(reviewer, key)
    kept = [(one["codes"], one["standing"]) for one in lines(house) if one["facet"] == "sector"]
    assert kept == [(list(SECTOR.codes), "changed"), (["sector/health"], "confirmed")]
    assert published(house)["sector"] == ["sector/health"]


def test_what_a_reviewer_writes_is_sealed_and_is_destroyed_with_the_original(house: House) -> None:
    key = house.claimed()
    house.side.reviews.classify(house.people.reviewer, key, SECTOR)
    (row,) = house.ask("SELECT sealed_note FROM review_coding")
    assert SECTOR.note.encode() not in bytes(row[0])
    assert [one["note"] for one in lines(house)] == [SECTOR.note]
    house.side.reviews.decline(house.people.reviewer, key, "test", "")
    house.side.custody.originals.erase(house.people.member, key)
    assert lines(house) == [], "no record tells its codes, so they are gone as well"


def test_codes_belong_to_the_version_that_was_read(house: House) -> None:
    key = house.claimed()
    side, people = house.side, house.people
    side.reviews.classify(people.reviewer, key, SECTOR)
    side.reviews.request_changes(people.reviewer, key, "Say more.")
    side.intake.submit(people.member, key)
    same = side.reviews.read(people.reviewer, key).submission.summary.version
    (sector,) = (one for one in side.reviews.read(people.reviewer, key).coding if one.facet == "sector")
    assert (same, sector.standing) == (1, Standing.CHANGED), "sent again as it was, it is the same version"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        (Given("sectors", ("sector/health",)), "/facet"),
        (Given("status", ("status/draft",)), "/facet"),
        (Given("sector", ("sector/helth",)), "/codes/0"),
        (Given("sector", ("harm/injury",)), "/codes/0"),
        (Given("severity", ("severity/none", "severity/minor")), "/codes"),
        (Given("sector", ("sector/health",), "confidence/sure"), "/confidence"),
        (Given("sector", ("sector/health",), None, "x" * 2_001), "/note"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(house: House, given: Given, pointer: str) -> None:
    key = house.claimed()
    with pytest.raises(Invalid) as refused:
        house.side.reviews.classify(house.people.reviewer, key, given)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]
    assert lines(house) == []


def test_who_may_not_decide_does_not_classify(house: House) -> None:
    key = house.claimed()
    side, people = house.side, house.people
    with pytest.raises(Conflict):
        side.reviews.classify(people.other_reviewer, key, SECTOR)
    with pytest.raises(NotFound):
        side.reviews.classify(people.reviewer, "0" * 32, SECTOR)
    seen = side.reviews.read(people.reviewer, key).submission.summary.lock
    assert side.reviews.classify(people.reviewer, key, SECTOR, expected=seen) == seen + 1
    with pytest.raises(Stale):
        side.reviews.classify(people.reviewer, key, SECTOR, expected=seen)


def test_nothing_is_accepted_without_the_core(house: House) -> None:
    key = house.claimed()
    reviews, reviewer = house.side.reviews, house.people.reviewer
    for facet in ("severity", "harm"):
        reviews.classify(reviewer, key, Given(facet, ()))
    with pytest.raises(NotReady) as refused:
        reviews.accept(reviewer, key)
    pointers = {problem.pointer for problem in refused.value.problems}
    assert pointers == {"/classification/severity", "/classification/harm"}
    for given in (Given("severity", ("severity/unknown",)), Given("harm", ("harm/injury",))):
        reviews.classify(reviewer, key, given)
    reviews.accept(reviewer, key)
    assert published(house)["severity"] == ["severity/unknown"]


def test_the_risk_is_counted_with_the_codes_that_are_published(house: House) -> None:
    put(house.public, house.clock, 1, 2, 3, 4)
    side = services(house.private, house.public, house.clock, threshold=5)
    key, reviewer = house.claimed(), house.people.reviewer
    side.reviews.decide_risk(reviewer, key, RiskChoice({}))
    assert side.reviews.risk(reviewer, key).alike.reached
    side.reviews.classify(reviewer, key, Given("sector", ("sector/education",)))
    seen = side.reviews.risk(reviewer, key)
    assert (seen.alike.reached, seen.open) == (False, True), (
        "what was decided was about another field of work"
    )
    with pytest.raises(NotReady):
        side.reviews.accept(reviewer, key)
