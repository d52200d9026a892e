"""From the wish of an organization to the public record: who decides, what is kept, what gets out."""

from __future__ import annotations

from typing import Any

import pytest

from registry.account import Account, check
from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.rules import Actor, Role
from registry.intake.risk.deciding import REASON_MAX, RiskChoice
from registry.intake.risk.rules import FEWEST
from registry.privacy.coarsening import DEFAULT, Levels
from taxonomy import load
from tests.factories import account, keep_details, register
from tests.registry.alike import put
from tests.registry.house import House
from tests.registry.privacy.coarsening.samples import exact
from tests.registry.review.test_details import public_bytes

WHY = "The place is large and nobody is named."
FIFTH = {"from": "2026-03-05", "to": None}


def in_review(house: House, **changes: Any) -> str:
    key = house.claimed(**changes)
    keep_details(house.side, house.people.reviewer, key)
    return key


def published(house: House, key: str) -> Any:
    house.side.reviews.accept(house.people.reviewer, key)
    (record_id,) = house.side.publication.publish_batch()
    return house.records.read(record_id)


def choices(house: House, key: str) -> list[Any]:
    query = (
        "SELECT version, stage, public_alike, crowded, threshold, reached,"
        " sealed_reason IS NOT NULL, actor_id FROM exactness_choice WHERE submission_id = :key ORDER BY id"
    )
    return [tuple(row) for row in house.ask(query, key=key)]


def test_nothing_is_accepted_before_somebody_decided_with_a_reason(wary: House) -> None:
    """The first of its kind: it needs a reason, and the record says what was made less exact."""
    key, reviews, reviewer = in_review(wary, **exact()), wary.side.reviews, wary.people.reviewer
    found = reviews.risk(reviewer, key)
    assert (found.alike.public, found.alike.crowded, found.first_of_its_kind) == (0, False, True)
    with pytest.raises(Conflict, match="could point at somebody: fewer than 5"):
        reviews.accept(reviewer, key)
    chosen = {"date": "quarter", "organizations": "described"}
    with pytest.raises(Invalid) as refused:
        reviews.decide_risk(reviewer, key, RiskChoice(chosen, "  "))
    assert [problem.pointer for problem in refused.value.problems] == ["/reason"]
    assert choices(wary, key) == []
    reviews.decide_risk(reviewer, key, RiskChoice(chosen, WHY))
    assert choices(wary, key) == [(1, "review", 0, False, 5, False, True, reviewer.id)]
    record = published(wary, key)
    assert record.generalised == (
        "place: exact → country",
        "date: day → quarter",
        "organizations: named → described",
    )
    assert (record.account.happened.start, record.account.entities.deployers) == (
        "2026-Q1",
        ("a health organization",),
    )
    for gone in ("Kakuma", "Turkana", "Lake Health", "2026-03", WHY):
        assert gone.encode() not in public_bytes(wary), gone
    assert b"Acme Bot" in public_bytes(wary), "the search would find them"
    kept = wary.side.intake.read(wary.people.member, key).account
    assert kept == Account.from_json(exact()), "nothing is lost privately"


def test_enough_that_look_alike_need_no_decision(wary: House) -> None:
    put(wary.public, wary.clock, *range(1, FEWEST))
    key, reviewer = in_review(wary), wary.people.reviewer
    found = wary.side.reviews.risk(reviewer, key)
    assert (found.alike.public, found.alike.reached, found.smallest, found.open) == (4, True, None, False)
    record = published(wary, key)
    assert record.generalised == ()
    assert choices(wary, key) == [(1, "review", 4, False, 5, True, False, reviewer.id)]
    assert "decide-exactness" not in [step[0] for step in wary.steps(key)]


def test_the_smallest_change_is_found_and_counted_step_by_step(wary: House) -> None:
    put(wary.public, wary.clock, 1, 2, happened={"from": "2026-03"})
    put(wary.public, wary.clock, 3, happened={"from": "2026-02"})
    put(wary.public, wary.clock, 4, 5, happened={"from": "2026-02"}, entities={"developers": ["X"]})
    key, reviews, reviewer = in_review(wary, happened=FIFTH), wary.side.reviews, wary.people.reviewer
    found = reviews.risk(reviewer, key).smallest
    assert found is not None
    assert found.levels == Levels(date="quarter", organizations="described")
    assert [(step.code, step.alike.public, step.alike.reached) for step in found.steps] == [
        ("organizations: named → described", 0, False),
        ("date: day → month", 2, False),
        ("date: month → quarter", 5, True),
    ]
    reviews.decide_risk(reviewer, key, RiskChoice(found.levels.to_json()))
    after = reviews.risk(reviewer, key)
    assert after.decision is not None
    assert (after.open, after.decision.levels, after.decision.alike.public) == (False, found.levels, 5)
    record = published(wary, key)
    assert record.generalised == ("date: day → quarter", "organizations: named → described")
    assert check(record.account.to_json(), load(), wary.clock.now.date(), complete=True) == []


def test_the_door_publishes_as_decided_whatever_happened_since(wary: House) -> None:
    """Counts are those of the decision: nothing is looked at again behind anybody's back."""
    put(wary.public, wary.clock, *range(1, FEWEST))
    key, reviews, reviewer = in_review(wary, happened=FIFTH), wary.side.reviews, wary.people.reviewer
    reviews.decide_risk(reviewer, key, RiskChoice({"date": "month"}))
    with wary.public.work() as session:
        session.connection().exec_driver_sql("UPDATE record SET state = 'retracted'")
    assert published(wary, key).account.happened.start == "2026-03"


def test_a_decision_is_about_one_version(small_wary: House) -> None:
    house, people = small_wary, small_wary.people
    key, reviews = in_review(house), house.side.reviews
    reviews.decide_risk(people.reviewer, key, RiskChoice({"date": "year"}, WHY))
    reviews.request_changes(people.reviewer, key, "Say more.")
    house.side.intake.revise(people.member, key, account(text="Something else."), expected=None)
    house.side.intake.submit(people.member, key)
    assert reviews.risk(people.reviewer, key).decision is None
    with pytest.raises(Conflict):
        reviews.accept(people.reviewer, key)
    reviews.decide_risk(people.reviewer, key, RiskChoice({}, WHY))
    reviews.decide_risk(people.reviewer, key, RiskChoice({"place": "region"}, WHY))
    assert [row[0] for row in choices(house, key)] == [1, 2, 2], "nothing is overwritten"
    assert published(house, key).account.regions == ("014",)


def test_what_the_organization_wants_less_exact_stays_so(wary: House) -> None:
    people, side = wary.people, wary.side
    key = wary.draft(**exact())
    side.exactness.choose(people.member, key, {"date": "quarter"}, expected=None)
    side.intake.revise(people.member, key, exact() | {"title": "Another title"}, expected=None)
    side.intake.submit(people.member, key)
    side.reviews.claim(people.reviewer, key)
    keep_details(side, people.reviewer, key)
    found = side.reviews.risk(people.reviewer, key)
    assert (found.wish, found.levels) == (Levels(date="quarter"), Levels(date="quarter"))
    assert found.told.date == "day", "reviewers read what was written"
    for more in ({"date": "month"}, {"place": "exact"}):
        with pytest.raises(Invalid, match="attention") as refused:
            side.reviews.decide_risk(people.reviewer, key, RiskChoice(more, WHY))
        assert "wants this to be less exact" in str(refused.value.problems[0])
    side.reviews.decide_risk(people.reviewer, key, RiskChoice({"place": "region"}, WHY))
    record = published(wary, key)
    assert (record.account.happened.start, record.account.regions) == ("2026-Q1", ("014",))


def test_a_later_wish_counts_even_for_a_version_that_was_decided(small_wary: House) -> None:
    house, people, side = small_wary, small_wary.people, small_wary.side
    key = in_review(house, happened=FIFTH)
    side.reviews.decide_risk(people.reviewer, key, RiskChoice({}, WHY))
    side.reviews.request_changes(people.reviewer, key, "Say more.")
    side.exactness.choose(people.member, key, {"date": "year"}, expected=None)
    side.intake.submit(people.member, key)
    assert published(house, key).account.happened.start == "2026"


def test_an_exact_place_is_public_only_where_a_reviewer_says_so(small_wary: House) -> None:
    key, reviews, reviewer = (
        in_review(small_wary, **exact()),
        small_wary.side.reviews,
        small_wary.people.reviewer,
    )
    reviews.decide_risk(reviewer, key, RiskChoice({"place": "exact"}, WHY))
    record = published(small_wary, key)
    assert record.generalised == ()
    assert record.account.place.exact == "Kakuma Clinic 5"


def test_an_organization_sees_public_counts_only_and_chooses_while_it_may_edit(small_wary: House) -> None:
    house, people, exactness = small_wary, small_wary.people, small_wary.side.exactness
    crowd(house, FEWEST)
    put(house.public, house.clock, 1)
    key = house.draft()
    found = exactness.look(people.member, key)
    assert (found.alike.public, found.alike.crowded, found.alike.reached) == (1, None, False)
    assert found.smallest is None, "what others have on its way does not count for it"
    seen = house.side.intake.read(people.member, key).summary.lock
    exactness.choose(people.member, key, {"place": "region"}, expected=seen)
    with pytest.raises(Stale):
        exactness.choose(people.member, key, {"place": "country"}, expected=seen)
    for stranger in (people.other_member, people.reviewer, people.steward):
        with pytest.raises((NotAllowed, NotFound)):
            exactness.look(stranger, key)
        with pytest.raises((NotAllowed, NotFound)):
            exactness.choose(stranger, key, {}, expected=None)
    with pytest.raises(Invalid) as refused:
        exactness.choose(people.member, key, {"place": "town", "colour": "red"}, expected=None)
    assert [one.pointer for one in refused.value.problems] == ["/levels/place", "/levels/colour"]
    exactness.choose(people.member, key, {"place": "country"}, expected=None)
    assert exactness.look(people.member, key).levels == DEFAULT, "it may think again"
    house.side.intake.submit(people.member, key)
    with pytest.raises(Conflict):
        exactness.choose(people.member, key, {}, expected=None)


def test_only_the_reviewer_who_holds_it_decides(small_wary: House) -> None:
    house, people, reviews = small_wary, small_wary.people, small_wary.side.reviews
    key, choice = in_review(house), RiskChoice({}, WHY)
    with pytest.raises(Conflict):
        reviews.decide_risk(people.other_reviewer, key, choice)
    for stranger in (people.member, people.other_member, people.steward):
        with pytest.raises((NotAllowed, NotFound)):
            reviews.decide_risk(stranger, key, choice)
        with pytest.raises((NotAllowed, NotFound)):
            reviews.risk(stranger, key)
    seen = reviews.read(people.reviewer, key).submission.summary.lock
    reviews.decide_risk(people.reviewer, key, choice, expected=seen)
    with pytest.raises(Stale):
        reviews.decide_risk(people.reviewer, key, choice, expected=seen)
    with pytest.raises(Invalid):
        reviews.decide_risk(people.reviewer, key, RiskChoice({}, "x" * (REASON_MAX + 1)))
    reviews.accept(people.reviewer, key)
    with pytest.raises(Conflict):
        reviews.decide_risk(people.reviewer, key, choice)
    assert [step[0] for step in house.steps(key)][-2:] == ["decide-exactness", "accept"]


def others(house: House, count: int) -> list[Actor]:
    """Members of so many organizations more."""
    side = house.side
    return [register(side.directory, side.sessions, f"m{n}", f"Org {n}", [Role.MEMBER]) for n in range(count)]


def crowd(house: House, count: int) -> list[Actor]:
    """Organizations that each have a report like ``account()`` on its way."""
    members = others(house, count)
    for member in members:
        house.submitted(member)
    return members


def test_fewer_than_five_organizations_with_a_report_on_its_way_are_as_none(small_wary: House) -> None:
    """P5 in a house: the answers for none and for four are the same, whatever is asked."""
    house, reviewer = small_wary, small_wary.people.reviewer
    key = in_review(house)
    asked: list[dict[str, str] | None] = [None, {"place": "region"}, {"date": "year"}, {"place": "withheld"}]

    def told() -> list[Any]:
        return [house.side.reviews.risk(reviewer, key, levels) for levels in asked]

    nobody = told()
    members = crowd(house, FEWEST - 1)
    assert told() == nobody
    house.submitted(members[0])  # a second report of the same organization
    house.submitted(house.people.member)  # one of the organization that the report comes from
    assert told() == nobody
    side = house.side
    colleague = side.directory.add_person("colleague@example.org", "Colleague", "a long enough password")
    side.directory.grant(colleague, reviewer.organization_id, [Role.MEMBER])
    house.submitted(side.sessions.actor_of(colleague))  # one of the organization of the one who asks
    house.draft(house.people.other_member)  # one that was not sent
    assert told() == nobody
    house.submitted(house.people.other_member)
    seen = told()
    assert [one.alike.crowded for one in seen] == [True] * len(asked)
    assert [one.alike.reached for one in seen] == [True] * len(asked)
    assert [one.alike.public for one in seen] == [0] * len(asked)


def test_a_crowd_on_its_way_lets_a_report_through(small_wary: House) -> None:
    key = in_review(small_wary)
    crowd(small_wary, FEWEST)
    small_wary.side.reviews.accept(small_wary.people.reviewer, key)
    assert choices(small_wary, key)[0][2:6] == (0, 1, 5, 1)


def test_invented_reports_hide_nobody(small_wary: House) -> None:
    """Nor do they stand in the way of invented ones."""
    house = small_wary
    put(house.public, house.clock, *range(1, FEWEST), demo=True)
    real = in_review(house)
    assert house.side.reviews.risk(house.people.reviewer, real).alike.public == 0
    made = house.side.intake.create(house.people.member, account(), channel="form", submit=True, demo=True)
    assert house.side.reviews.risk(house.people.reviewer, made.view.summary.id).alike.public == FEWEST - 1
