"""A report that speaks of an organization and names it nowhere: who is told, and who must not judge it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from registry.errors import Conflict, NotFound
from registry.identity.rules import Actor, Role
from registry.review.interest import SpeaksOf
from registry.review.queue.rules import QueueRequest
from tests.registry.house import House
from tests.registry.review.test_rules import DEEDS

SAYS = "Fair Review uses this chatbot, and F.R.C. knows."
SPOKEN = {"text": SAYS, "entities": {"developers": ["A vendor"]}}


@pytest.fixture
def judges(house: House) -> House:
    """A house in which the steward has let both organizations of reviewers review."""
    with house.private.work() as session:
        for reviewer in (house.people.reviewer, house.people.other_reviewer):
            allow = "UPDATE organization SET may_review = :yes WHERE id = :id"
            session.execute(text(allow), {"yes": True, "id": reviewer.organization_id})
    admin = replace(house.people.other_reviewer, roles=frozenset({Role.ORG_ADMIN}))
    house.side.tenants.kin.name(admin, "F.R.C.")
    return house


def spoken_of(house: House, actor: Actor, key: str) -> SpeaksOf:
    return house.side.reviews.read(actor, key).speaks_of


def test_reviewers_are_told_whom_the_text_speaks_of(judges: House) -> None:
    key, people = judges.submitted(**SPOKEN), judges.people
    assert spoken_of(judges, people.reviewer, key) == SpeaksOf(("F.R.C.", "Fair Review"), own=False)
    assert spoken_of(judges, people.other_reviewer, key).own
    quiet = judges.submitted(text="A fair review found it.")
    assert spoken_of(judges, people.other_reviewer, quiet) == SpeaksOf()


def test_who_only_reports_to_the_node_is_named_to_nobody(judges: House) -> None:
    key = judges.submitted(text=f"{judges.people.other_member.organization} saw it, too.")
    assert spoken_of(judges, judges.people.reviewer, key) == SpeaksOf()


def test_what_is_named_already_is_not_told_again(judges: House) -> None:
    key = judges.submitted(text=SAYS, entities={"deployers": ["fair review"]})
    assert spoken_of(judges, judges.people.reviewer, key) == SpeaksOf(("F.R.C.",), own=False)
    with pytest.raises(NotFound):
        spoken_of(judges, judges.people.other_reviewer, key)


def test_who_has_ties_with_it_only_steps_aside(judges: House) -> None:
    key, named = judges.submitted(**SPOKEN), judges.people.other_reviewer
    before = judges.steps(key)
    with pytest.raises(Conflict, match="Step aside"):
        judges.side.reviews.claim(named, key)
    for name in DEEDS.keys() - {"read", "claim"}:
        with pytest.raises(Conflict):
            DEEDS[name](judges, named, key)
    assert judges.steps(key) == before
    assert judges.side.reviewing.own_work.take_next(named) is None, "nor is it given to them"
    assert judges.side.reviewing.remarks.of(named, key) == ()
    judges.side.reviews.recuse(named, key, "close")
    assert judges.side.queue.page(named, QueueRequest()).items == ()
    judges.side.reviews.claim(judges.people.reviewer, key)


def test_a_tie_that_somebody_named_counts_as_well(judges: House) -> None:
    key, people = judges.submitted(text="It is run by The Mill."), judges.people
    judges.side.tenants.kin.declare(people.reviewer, "the mill")
    assert spoken_of(judges, people.reviewer, key).own
    with pytest.raises(Conflict, match="Step aside"):
        judges.side.reviews.claim(people.reviewer, key)
    judges.side.reviews.claim(people.other_reviewer, key)


def test_a_new_version_that_speaks_of_them_stops_who_holds_it(judges: House) -> None:
    key, people = judges.claimed(), judges.people
    judges.side.reviews.request_changes(people.reviewer, key, "Who runs it?")
    raw = judges.side.intake.read(people.member, key).account.to_json() | {"text": "Open Review runs it."}
    judges.side.intake.revise(people.member, key, raw, expected=None)
    judges.side.intake.submit(people.member, key)
    with pytest.raises(Conflict, match="Step aside"):
        judges.side.reviews.accept(people.reviewer, key)
    judges.side.reviews.recuse(people.reviewer, key, "close")
    assert judges.state(key) == "submitted"
