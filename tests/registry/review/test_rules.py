"""Who may not review what, in full: every situation × every deed, and every kind of actor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from registry.account import Account
from registry.account.about import is_about
from registry.errors import CommonsError, Conflict, NotAllowed, NotFound
from registry.identity.rules import Actor, Role
from registry.intake.rules import State
from registry.review.queue.rules import QueueRequest
from registry.review.rules import Decision, has_lapsed
from tests.conftest import SettableClock
from tests.factories import account
from tests.registry.house import House

Deed = Callable[[House, Actor, str], object]
DEEDS: dict[str, Deed] = {
    "claim": lambda house, actor, key: house.side.reviews.claim(actor, key),
    "release": lambda house, actor, key: house.side.reviews.release(actor, key),
    "request-changes": lambda house, actor, key: house.side.reviews.request_changes(actor, key, "Say more."),
    "accept": lambda house, actor, key: house.side.reviews.accept(actor, key),
    "decline": lambda house, actor, key: house.side.reviews.decline(actor, key, "test", ""),
    "read": lambda house, actor, key: house.side.reviews.read(actor, key),
}
LAPSE = timedelta(hours=48)


def mine(house: House) -> str:
    key = house.submitted()
    house.side.reviews.claim(house.people.reviewer, key)
    return key


def theirs(house: House) -> str:
    key = house.submitted()
    house.side.reviews.claim(house.people.other_reviewer, key)
    return key


def withdrawn(house: House) -> str:
    key = mine(house)
    house.side.intake.withdraw(house.people.member, key)
    return key


def asked(house: House) -> str:
    key = mine(house)
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    return key


def answered(house: House) -> str:
    key = asked(house)
    house.side.intake.submit(house.people.member, key)
    return key


def declined(house: House) -> str:
    key = mine(house)
    house.side.reviews.decline(house.people.reviewer, key, "test", "")
    return key


def released(house: House) -> str:
    key = mine(house)
    house.side.reviews.release(house.people.reviewer, key)
    return key


def scheduled(house: House) -> str:
    key = house.accepted()
    house.side.publication.reserve()
    return key


def published(house: House) -> str:
    key = house.accepted()
    house.side.publication.publish_batch()
    return key


NO_CLAIM, ALL_HIDDEN = "+CCCC+", "------"
MINE, NOT_MINE = "C+++++", "CCCCC+"
TABLE: dict[str, tuple[Callable[[House], str], timedelta, str]] = {
    "a draft": (lambda house: house.draft(), timedelta(), ALL_HIDDEN),
    "waiting": (lambda house: house.submitted(), timedelta(), NO_CLAIM),
    "released": (released, timedelta(), NO_CLAIM),
    "claimed by me": (mine, timedelta(), MINE),
    "claimed by me, about to lapse": (mine, LAPSE - timedelta(seconds=1), MINE),
    "claimed by me, lapsed": (mine, LAPSE, NO_CLAIM),
    "claimed by another": (theirs, timedelta(), NOT_MINE),
    "claimed by another, about to lapse": (theirs, LAPSE - timedelta(seconds=1), NOT_MINE),
    "claimed by another, lapsed": (theirs, LAPSE, NO_CLAIM),
    "changes requested by me": (asked, timedelta(), NOT_MINE),
    "changes requested by me, lapsed": (asked, LAPSE, NOT_MINE),
    "answered after my request": (answered, timedelta(), MINE),
    "answered after my request, lapsed": (answered, LAPSE, NO_CLAIM),
    "accepted": (lambda house: house.accepted(), timedelta(), NOT_MINE),
    "scheduled": (scheduled, timedelta(), NOT_MINE),
    "published": (published, timedelta(), NOT_MINE),
    "declined": (declined, timedelta(), NOT_MINE),
    "withdrawn under my hands": (withdrawn, timedelta(), ALL_HIDDEN),
}
"""Situation → how it comes about, how long ago, and for an independent reviewer what each deed of
``DEEDS`` leads to, in their order: + it is done, C it conflicts, - there is no such report."""
MEANS: dict[str, type[CommonsError] | None] = {"+": None, "C": Conflict, "-": NotFound, "x": NotAllowed}


def outcome(deed: Deed, house: House, actor: Actor, key: str) -> type[CommonsError] | None:
    """The class of error that a deed meets, or None."""
    try:
        deed(house, actor, key)
    except CommonsError as error:
        return type(error)
    return None


@pytest.mark.parametrize("situation", TABLE)
def test_what_a_reviewer_may_do_in_every_situation(house: House, situation: str) -> None:
    come_about, ago, signs = TABLE[situation]
    # The clock only moves on, and a deed ends its situation: one report for each deed, made first.
    keys = {name: come_about(house) for name in DEEDS}
    house.clock.forward(seconds=ago.total_seconds())
    before = {name: (house.state(key), house.steps(key)) for name, key in keys.items()}
    reviewer = house.people.reviewer
    met = {name: outcome(deed, house, reviewer, keys[name]) for name, deed in DEEDS.items()}
    assert met == {name: MEANS[sign] for name, sign in zip(DEEDS, signs, strict=True)}
    for name, error in met.items():
        if error is not None or name == "read":
            assert (house.state(keys[name]), house.steps(keys[name])) == before[name]


def actors(house: House) -> dict[str, Actor]:
    """Every kind of actor there is, for a report of ``member`` that names Fair Review as its developer."""
    people = house.people
    program = replace(people.reviewer, roles=frozenset(), client_id=people.reviewer.id)
    at_home = replace(
        people.reviewer, organization_id=people.member.organization_id, organization="Lake Health"
    )
    return {
        "a reviewer of another organization": people.reviewer,
        "a reviewer who reports for another organization too": replace(
            people.reviewer, roles=frozenset({Role.MEMBER, Role.REVIEWER})
        ),
        "a reviewer of an organization that it names": people.other_reviewer,
        "a reviewer of the reporting organization": at_home,
        "its author, a reviewer too": replace(people.member, roles=frozenset({Role.MEMBER, Role.REVIEWER})),
        "its author": people.member,
        "a member of another organization": people.other_member,
        "an administrator of another organization": replace(
            people.other_member, roles=frozenset({Role.ORG_ADMIN})
        ),
        "the steward": people.steward,
        "somebody without a role": replace(people.reviewer, roles=frozenset()),
        "a program that reviews": replace(program, scopes=frozenset({"reviews:read", "reviews:write"})),
        "a program that reads": replace(program, scopes=frozenset({"reviews:read"})),
        "a program that only writes": replace(program, scopes=frozenset({"reviews:write"})),
        "a program of the reporting organization": replace(
            program,
            organization_id=people.member.organization_id,
            organization="Lake Health",
            scopes=frozenset({"reviews:read", "reviews:write"}),
        ),
        "a program of the node": replace(program, scopes=frozenset({"node:admin", "submissions:write"})),
    }


WHO = {
    "a reviewer of another organization": "+++",
    "a reviewer who reports for another organization too": "+++",
    "a reviewer of an organization that it names": "--0",
    "a reviewer of the reporting organization": "--0",
    "its author, a reviewer too": "--0",
    "its author": "xxx",
    "a member of another organization": "xxx",
    "an administrator of another organization": "xxx",
    "the steward": "xxx",
    "somebody without a role": "xxx",
    "a program that reviews": "+++",
    "a program that reads": "x++",
    "a program that only writes": "+xx",
    "a program of the reporting organization": "--0",
    "a program of the node": "xxx",
}
"""Actor → what comes of claiming, reading, and looking for it in the queue (0: a queue without it)."""


def test_who_may_claim_read_and_find_a_report(house: House) -> None:
    met = {}
    for name, actor in actors(house).items():
        key = house.submitted(entities={"developers": ["Fair Review"]})
        claimed = outcome(DEEDS["claim"], house, actor, key)
        read = outcome(DEEDS["read"], house, actor, key)
        met[name] = (claimed, read, found(house, actor, key))
    assert met == {
        name: (MEANS[signs[0]], MEANS[signs[1]], {"+": True, "0": False, "x": NotAllowed}[signs[2]])
        for name, signs in WHO.items()
    }


def found(house: House, actor: Actor, key: str) -> object:
    """Whether the queue and its counts show a report, or the error that they meet."""
    state = State(house.state(key))
    try:
        lines = house.side.queue.page(actor, QueueRequest(state, limit=50)).items
        counted = house.side.queue.counts(actor).states()[state]
    except CommonsError as error:
        return type(error)
    assert counted == len(lines)
    return key in [line.submission.id for line in lines]


@pytest.mark.parametrize("deed", ["request-changes", "accept", "decline"])
def test_who_is_named_after_claiming_loses_it(house: House, deed: str) -> None:
    """The organization may name somebody new when it answers a request for changes."""
    key = asked(house)
    raw = account(entities={"harmed": ["OPEN review"]})
    house.side.intake.revise(house.people.member, key, raw, expected=None)
    house.side.intake.submit(house.people.member, key)
    before = house.steps(key)
    for act in (DEEDS[deed], lambda *_: house.side.reviews.release(house.people.reviewer, key)):
        with pytest.raises(NotFound):
            act(house, house.people.reviewer, key)
    assert house.steps(key) == before
    assert len(house.ask("SELECT 1 FROM review_decision")) == 1
    assert house.side.reviewing.letting_go.run() == 1
    assert house.side.reviewing.letting_go.run() == 0
    assert house.steps(key) == [*before, ("release", "in_review", "submitted")]
    with pytest.raises(NotFound):
        house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.claim(house.people.other_reviewer, key)
    DEEDS[deed](house, house.people.other_reviewer, key)


@pytest.mark.parametrize("party", ["developers", "deployers", "harmed"])
@pytest.mark.parametrize("name", ["Open Review", "  open REVIEW ", "OPEN REVIEW"])
def test_a_report_is_about_whoever_it_names(party: str, name: str) -> None:
    named = Account.from_json({"entities": {party: ["Another", name]}})
    assert is_about(named, "Open Review")
    assert is_about(named, " open review")


@pytest.mark.parametrize("name", ["Open Reviews", "Open", "Review", "OpenReview", "", "Open Review Ltd"])
def test_a_similar_name_is_another_organization(name: str) -> None:
    assert not is_about(Account.from_json({"entities": {"developers": [name]}}), "Open Review")


def test_a_report_that_only_mentions_an_organization_is_not_about_it() -> None:
    told = Account.from_json(account(title="Open Review", text="Open Review said so.", entities={}))
    assert not is_about(told, "Open Review")


def test_a_claim_lapses_at_its_time(clock: SettableClock) -> None:
    until = clock.now
    assert has_lapsed(None, until)
    assert has_lapsed(until, until)
    assert has_lapsed(until, until + timedelta(microseconds=1))
    assert not has_lapsed(until, until - timedelta(microseconds=1))


def test_the_decisions_are_these() -> None:
    on_a_version, on_an_appeal = {"accept", "request-changes", "decline"}, {"uphold", "reject-appeal"}
    assert {decision.value for decision in Decision} == on_a_version | on_an_appeal
