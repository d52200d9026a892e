"""Lists and items go by one rule: the rows that ``rows`` selects are those for which ``allowed`` is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select, union_all

from registry.errors import CommonsError, NotAllowed
from registry.identity.roles import SCOPES, OrganizationState, Permission, Role
from registry.identity.rows import rows
from registry.identity.rules import PERMISSIONS, Actor, allowed, sees
from registry.intake.identities.rules import OfferState
from registry.intake.rules import State
from registry.review.queue.rules import OPEN, QueueRequest
from tests.registry.house import House

IDS = [letter * 32 for letter in "abcd"]
NAMES = ("number", "owner", "state")
STATES = sorted({*State, *OrganizationState, *OfferState, "a state that nobody knows"})


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """A person, a program, or a person through a program, with any roles and scopes."""
    key, organization = draw(st.sampled_from(IDS)), draw(st.sampled_from(IDS))
    return Actor(
        key,
        organization,
        "House",
        "Name",
        roles=draw(st.frozensets(st.sampled_from(Role))),
        scopes=draw(st.frozensets(st.sampled_from(sorted(SCOPES)))),
        client_id=draw(st.sampled_from([None, key, "program"])),
        lacks_factor=draw(st.booleans()),
    )


things = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(STATES)), min_size=1, max_size=12)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(actor=actors(), owned=things)
def test_lists_select_what_items_allow(house: House, actor: Actor, owned: list[tuple[str, str]]) -> None:
    """For every permission of the table, asked of the database itself."""
    thing = union_all(
        *(
            select(*(literal(value).label(name) for name, value in zip(NAMES, (number, *one), strict=True)))
            for number, one in enumerate(owned)
        )
    ).subquery()
    number, owner, state = thing.c.number, thing.c.owner, thing.c.state
    with house.private.read() as session:
        for permission in Permission:
            selected = set(session.scalars(select(number).where(rows(actor, permission, owner, state))))
            assert selected == {key for key, one in enumerate(owned) if allowed(actor, permission, *one)}
            stateless = set(session.scalars(select(number).where(rows(actor, permission, owner))))
            assert stateless == {key for key, one in enumerate(owned) if allowed(actor, permission, one[0])}


@given(actors(), st.sampled_from(Permission), st.sampled_from(IDS), st.sampled_from(STATES))
def test_nothing_is_done_to_what_is_not_seen(
    actor: Actor, permission: Permission, owner: str, state: str
) -> None:
    may, seen = allowed(actor, permission, owner, state), sees(actor, permission, owner, state)
    assert not may or (seen and actor.holds(permission))
    assert not seen or actor.holds(permission)
    assert PERMISSIONS[permission].states is not None or may == seen


def every_state(house: House) -> dict[str, State]:
    """Reports of two organizations in every state, by key."""
    people, side = house.people, house.side
    made: dict[str, State] = {}
    for author in (people.member, people.other_member):
        made[house.draft(author)] = State.DRAFT
        made[house.submitted(author)] = State.SUBMITTED
        acts: dict[State, Callable[[str], Any]] = {
            State.IN_REVIEW: lambda _key: None,
            State.CHANGES_REQUESTED: lambda key: side.reviews.request_changes(
                people.reviewer, key, "Say more."
            ),
            State.ACCEPTED: lambda key: side.reviews.accept(people.reviewer, key),
            State.DECLINED: lambda key: side.reviews.decline(people.reviewer, key, "test", ""),
            State.WITHDRAWN: lambda key: side.intake.withdraw(author, key),  # noqa: B023 - used at once
        }
        for state, act in acts.items():
            key = house.submitted(author)
            side.reviews.claim(people.reviewer, key)
            act(key)
            made[key] = state
    return made


def readable(read: Callable[[Actor, str], Any], actor: Actor, keys: dict[str, State]) -> set[str]:
    """The reports that open for somebody, one by one."""
    found = set()
    for key in keys:
        try:
            read(actor, key)
        except CommonsError:
            continue
        found.add(key)
    return found


def test_the_lists_of_reports_hold_what_opens_one_by_one(house: House) -> None:
    keys, side, people = every_state(house), house.side, house.people
    reading = (people.member, people.other_member, people.reviewer, people.other_reviewer, people.steward)
    for actor in reading:
        own = readable(side.intake.read, actor, keys)
        under_review = readable(side.reviews.read, actor, keys)
        if not actor.holds(Permission.READ_SUBMISSIONS):
            with pytest.raises(NotAllowed):
                side.submissions.own(actor)
        else:
            assert {item.id for item in side.submissions.own(actor, limit=50).items} == own
            assert len(own) == len(keys) / 2
        if not actor.holds(Permission.READ_REVIEWS):
            with pytest.raises(NotAllowed):
                side.queue.page(actor, QueueRequest())
            continue
        pages = {state: side.queue.page(actor, QueueRequest(state, limit=50)).items for state in OPEN}
        listed = {item.submission.id for items in pages.values() for item in items}
        assert listed == {key for key in under_review if keys[key] in OPEN}
        assert {state: len(items) for state, items in pages.items()} == side.queue.counts(actor).states()
