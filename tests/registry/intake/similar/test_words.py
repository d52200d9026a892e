"""What was fixed, a dispute, a reply: who may say it, under which name, who judges it; both engines."""

from __future__ import annotations

from typing import Any

import pytest

from registry.errors import Invalid, NotFound
from registry.identity.rules import Actor, Role
from registry.intake.identities.rules import Identity, Wish
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.record.types import RecordType, Relation
from tests.factories import register
from tests.registry.house import House
from tests.registry.intake.revising.test_revising import record_of

WORDS = [Kind.FIX, Kind.DISPUTE, Kind.REPLY]
NAMED = "Harbour Robotics"
SAID: dict[str, Any] = {"text": "Version 2 refuses it.", "language": "en", "happened": {"from": "2026"}}


@pytest.fixture
def told(house: House) -> str:
    """Id of a record that names an organization as developer."""
    key = house.accepted(entities={"developers": [NAMED.upper()], "systems": ["Dosebot"]})
    house.side.publication.publish_batch(early=True)
    return record_of(house, key)


def member(house: House, name: str, *roles: Role) -> Actor:
    """Somebody of an organization of this name."""
    side = house.side
    short = name.split(maxsplit=1)[0].lower()
    return register(side.directory, side.sessions, short, name, list(roles) or [Role.MEMBER])


def say(house: House, who: Actor, kind: Kind, record: str, wish: Wish | None = None) -> str:
    made = house.side.intake.create(
        who, SAID, channel="form", submit=True, wish=wish, telling_of=Telling(kind, record)
    )
    return made.view.summary.id


@pytest.mark.parametrize("kind", WORDS)
def test_it_is_reviewed_and_published_as_a_statement_that_points_to_the_record(
    house: House, told: str, kind: Kind
) -> None:
    relation = {Kind.FIX: "fixes", Kind.DISPUTE: "disputes", Kind.REPLY: "replies-to"}[kind]
    key = say(house, member(house, NAMED), kind, told)
    house.side.reviews.claim(house.people.other_reviewer, key)
    house.side.reviews.accept(house.people.other_reviewer, key)
    (made,) = house.side.publication.publish_batch(early=True)
    record = house.records.read(made)
    assert (record.type, record.related) == (RecordType.STATEMENT, (Relation(relation, told),))
    page = house.records.pointing_to(told, (relation,))
    assert ([one.record.id for one in page.items], page.counts) == ([made], {relation: 1})
    described = record.provenance.contributor != NAMED
    assert described == (kind is not Kind.REPLY)


def test_only_whom_the_record_names_may_reply_and_another_name_of_ones_own_choice_does_not_help(
    house: House, told: str
) -> None:
    stranger = member(house, "Someone Else", Role.ORG_ADMIN, Role.MEMBER)
    house.side.tenants.kin.name(stranger, NAMED)
    with pytest.raises(Invalid) as refused:
        say(house, stranger, Kind.REPLY, told)
    assert [problem.pointer for problem in refused.value.problems] == ["/about/record"]
    say(house, stranger, Kind.DISPUTE, told)
    child = member(house, "Robotics Support")
    parent = member(house, NAMED)
    house.side.tenants.kin.belong(house.people.steward, child.organization_id, parent.organization_id)
    say(house, child, Kind.REPLY, told)


def test_a_reply_names_who_replies_and_stays_with_its_record(house: House, told: str) -> None:
    maker = member(house, NAMED)
    with pytest.raises(Invalid) as refused:
        say(house, maker, Kind.REPLY, told, Wish(Identity.HIDDEN))
    assert [problem.pointer for problem in refused.value.problems] == ["/identity"]
    made = house.side.intake.create(maker, SAID, channel="form", telling_of=Telling(Kind.REPLY, told))
    key = made.view.summary.id
    with pytest.raises(Invalid):
        house.side.intake.revise(maker, key, SAID, expected=None, wish=Wish(Identity.DESCRIPTOR))
    with pytest.raises(Invalid):
        house.side.intake.revise(maker, key, SAID, expected=None, about="aiid:1")


@pytest.mark.parametrize("kind", WORDS)
def test_neither_who_told_the_record_nor_whom_it_names_judges_it(house: House, told: str, kind: Kind) -> None:
    key = say(house, member(house, NAMED), kind, told)
    own = house.side.directory.add_person("inner@example.org", "Inner", "a long password")
    house.side.directory.grant(own, house.people.member.organization_id, [Role.REVIEWER])
    with pytest.raises(NotFound):
        house.side.reviews.claim(house.side.sessions.actor_of(own), key)
    if kind is Kind.DISPUTE:
        other = say(house, house.people.other_member, kind, told)
        named = house.side.directory.add_person("named@example.org", "Named", "a long password")
        maker = house.side.directory.find_organization(NAMED)
        house.side.directory.grant(named, maker, [Role.REVIEWER])
        with pytest.raises(NotFound):
            house.side.reviews.claim(house.side.sessions.actor_of(named), other)
