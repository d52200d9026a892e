"""What is added after a decision: a queue of its own, until a reviewer has read it."""

from __future__ import annotations

import pytest

from registry.errors import NotAllowed, NotFound
from registry.identity.rules import Actor, Role
from registry.intake.following.rules import DECIDED
from registry.intake.identities.rules import Identity
from registry.intake.rules import State
from registry.review.queue.rules import Queue, QueueRequest
from registry.review.views import QueueItem
from tests.registry.house import House
from tests.registry.intake.identities.asking import asked, choose, take
from tests.registry.review.test_following import brought_to

LATER = "It happened again."


def changed(house: House, reviewer: Actor | None = None) -> list[QueueItem]:
    """Every line of the queue of changed reports, page by page."""
    seen: list[QueueItem] = []
    cursor: str | None = None
    while True:
        request = QueueRequest(cursor=cursor, limit=2, queue=Queue.CHANGED)
        page = house.side.queue.page(reviewer or house.people.reviewer, request)
        seen += page.items
        cursor = page.next
        if cursor is None:
            assert house.side.queue.counts(reviewer or house.people.reviewer).of(Queue.CHANGED) == len(seen)
            return seen


def ids(found: list[QueueItem]) -> list[str]:
    return [line.submission.id for line in found]


def unread(house: House, key: str) -> list[int]:
    read = house.side.following.for_reviewers(house.people.reviewer, key, "en")
    return [one.number for one in read if one.unread]


@pytest.mark.parametrize("state", State)
def test_only_what_comes_after_a_decision_waits_to_be_read(small_house: House, state: State) -> None:
    key, code = brought_to(small_house, state)
    assert changed(small_house) == []
    if state in (State.DRAFT, State.WITHDRAWN):
        return
    small_house.side.following.add_by_code(code, LATER)
    assert ids(changed(small_house)) == ([key] if state in DECIDED else [])


def test_a_reviewer_reads_it_and_closes_it(house: House) -> None:
    key, code = brought_to(house, State.PUBLISHED)
    house.side.following.add(house.people.member, key, "One more clinic.")
    house.side.following.add_by_code(code, LATER)
    assert unread(house, key) == [1, 2]
    house.side.following.close(house.people.reviewer, key, 1)
    assert (unread(house, key), ids(changed(house))) == ([2], [key]), "what came meanwhile stays"
    for _ in range(2):  # pressed twice
        house.side.following.close(house.people.other_reviewer, key, 2)
    assert (unread(house, key), changed(house)) == ([], [])
    steps = [action for action, _, _ in house.steps(key)]
    assert steps[-4:] == ["add", "add", "read-additions", "read-additions"]
    house.side.following.add_by_code(code, "And again.")
    assert ids(changed(house)) == [key]


def test_pages_give_each_once_the_longest_waiting_first(small_house: House) -> None:
    house = small_house
    found = [brought_to(house, State.DECLINED) for _ in range(5)]
    for _, code in reversed(found):
        house.clock.forward(seconds=60)
        house.side.following.add_by_code(code, LATER)
    house.side.following.add_by_code(found[-1][1], "The first one again.")
    assert ids(changed(house)) == [key for key, _ in reversed(found)]
    assert all(line.since is not None for line in changed(house))


def test_what_nobody_can_read_any_more_waits_for_nobody(small_house: House) -> None:
    key, code = brought_to(small_house, State.PUBLISHED)
    small_house.side.following.add_by_code(code, LATER)
    small_house.side.custody.originals.erase(small_house.people.member, key)
    assert changed(small_house) == []


def test_only_reviewers_of_others_see_and_close_it(small_house: House) -> None:
    house = small_house
    key = asked(house)
    take(house, key)
    house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.accept(house.people.reviewer, key)
    choose(house, key, Identity.DESCRIPTOR)
    house.side.following.add(house.people.member, key, LATER)
    close = house.side.following.close
    with pytest.raises(NotAllowed):
        close(house.people.member, key, 1)
    publishing = house.people.other_member
    house.side.directory.grant(publishing.id, publishing.organization_id, [Role.REVIEWER])
    publisher = house.side.sessions.actor_of(publishing.id)
    assert changed(house, publisher) == []
    with pytest.raises(NotFound):
        close(publisher, key, 1)
    assert ids(changed(house)) == [key]


def test_nobody_closes_what_is_about_their_own_organization(small_house: House) -> None:
    house = small_house
    key = house.submitted(entities={"deployers": ["Fair Review"]})
    house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.decline(house.people.reviewer, key, "unsafe", "")
    house.side.following.add(house.people.member, key, LATER)
    assert changed(house, house.people.other_reviewer) == []
    with pytest.raises(NotFound):
        house.side.following.close(house.people.other_reviewer, key, 1)
    assert unread(house, key) == [1]
