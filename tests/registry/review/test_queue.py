"""The review queue: whole, oldest first, in the right tab, and without the reader's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from registry.errors import Invalid, NotAllowed, NotFound
from registry.identity.rules import Actor, Role
from registry.intake.rules import State
from registry.review.queue.rules import OPEN, PAGE_MAX, QueueRequest, Sort
from registry.review.views import QueueItem
from tests.factories import account
from tests.registry.house import House
from tests.registry.intake.test_lists import STRANGE

HIDDEN = [State.DRAFT, State.WITHDRAWN, State.PUBLISHED, State.REVISING, State.DECLINED, State.APPEALED]
"""What does not wait for a reviewer."""


def lines(
    house: House,
    state: State = State.SUBMITTED,
    *,
    limit: int = PAGE_MAX,
    mine: bool = False,
    by: Actor | None = None,
    between: Callable[[], object] = lambda: None,
    **asked: Any,
) -> list[QueueItem]:
    """The lines of every page, oldest first unless ``asked``; ``between`` happens after each page."""
    asked = {"sort": Sort.OLDEST} | asked
    seen: list[QueueItem] = []
    cursor: str | None = None
    while True:
        request = QueueRequest(state, mine, cursor, limit, **asked)
        page = house.side.queue.page(by or house.people.reviewer, request)
        assert len(page.items) <= limit
        seen += page.items
        assert len(set(keys(seen))) == len(seen), "a report came twice"
        cursor = page.next
        if cursor is None:
            return seen
        between()


def keys(found: list[QueueItem]) -> list[str]:
    return [line.submission.id for line in found]


def several(house: House, count: int = 7) -> list[str]:
    """Ids of reports sent one after another, some in the same second, the oldest first."""
    sent = []
    for number in range(count):
        sent.append(house.submitted(title=f"Number {number}"))
        if number % 3 == 2:
            house.clock.forward(seconds=1)
    return sent


def test_pages_of_every_size_give_the_whole_queue_once(house: House) -> None:
    sent = several(house)
    whole = keys(lines(house))
    assert sorted(whole) == sorted(sent)
    for limit in range(1, len(sent) + 1):
        assert keys(lines(house, limit=limit)) == whole


def test_the_oldest_comes_first(house: House) -> None:
    sent = []
    for number in range(4):
        sent.append(house.submitted(title=f"Number {number}"))
        house.clock.forward(minutes=5)
    assert keys(lines(house, limit=2)) == sent


def test_a_draft_waits_from_its_sending_not_from_its_birth(house: House) -> None:
    old = house.draft()
    house.clock.forward(hours=1)
    young = house.submitted()
    house.clock.forward(hours=1)
    house.side.intake.submit(house.people.member, old)
    assert keys(lines(house)) == [young, old]


def test_a_released_report_keeps_its_place(house: House) -> None:
    first = house.submitted()
    house.clock.forward(hours=1)
    second = house.submitted()
    house.side.reviews.claim(house.people.other_reviewer, first)
    house.clock.forward(hours=1)
    house.side.reviews.release(house.people.other_reviewer, first)
    assert keys(lines(house)) == [first, second]


def test_what_is_claimed_and_sent_meanwhile_neither_repeats_nor_hides_the_rest(house: House) -> None:
    sent = several(house)
    waiting = iter(keys(lines(house)))

    def meanwhile() -> None:
        house.side.reviews.claim(house.people.other_reviewer, next(waiting))
        house.clock.forward(seconds=1)
        sent.append(house.submitted(title="New"))

    seen = keys(lines(house, limit=3, between=meanwhile))
    assert set(sent[:7]) <= set(seen)


def test_every_report_stands_in_the_tab_of_its_state(house: House) -> None:
    people, side = house.people, house.side
    scheduled = house.accepted()
    side.publication.reserve()
    asked = house.claimed()
    side.reviews.request_changes(people.reviewer, asked, "Say more.")
    there = {
        State.SUBMITTED: house.submitted(),
        State.IN_REVIEW: house.claimed(),
        State.CHANGES_REQUESTED: asked,
        State.ACCEPTED: house.accepted(),
        State.SCHEDULED: scheduled,
    }
    house.draft()
    house.submitted(people.other_member)
    assert set(there) == set(OPEN)
    for state, key in there.items():
        found = keys(lines(house, state))
        assert key in found
        assert side.queue.counts(people.reviewer).states()[state] == len(found)
        assert {house.state(each) for each in found} == {state.value}
    assert sum(side.queue.counts(people.reviewer).states().values()) == len(OPEN) + 1


@pytest.mark.parametrize("state", HIDDEN)
def test_what_does_not_wait_is_in_no_tab(house: House, state: State) -> None:
    """Drafts of other organizations above all: a reviewer does not learn that they exist."""
    house.draft()
    with pytest.raises(NotFound):
        house.side.queue.page(house.people.reviewer, QueueRequest(state))
    assert state not in house.side.queue.counts(house.people.reviewer).states()
    assert {*HIDDEN, *OPEN} == set(State)


def test_ones_own_organizations_reports_are_not_there(house: House) -> None:
    reviewer = house.people.reviewer
    house.side.directory.grant(reviewer.id, reviewer.organization_id, [Role.MEMBER])
    both = house.side.sessions.actor_of(reviewer.id)
    own, other = house.submitted(both), house.submitted()
    assert keys(lines(house, by=both)) == [other]
    assert house.side.queue.counts(both).states()[State.SUBMITTED] == 1
    assert set(keys(lines(house, by=house.people.other_reviewer))) == {own, other}


def test_mine_is_what_i_claimed(house: House) -> None:
    mine, theirs = house.claimed(), house.submitted()
    house.side.reviews.claim(house.people.other_reviewer, theirs)
    assert keys(lines(house, State.IN_REVIEW, mine=True)) == [mine]
    assert keys(lines(house, State.IN_REVIEW, mine=True, by=house.people.other_reviewer)) == [theirs]
    assert set(keys(lines(house, State.IN_REVIEW))) == {mine, theirs}
    assert lines(house, State.SUBMITTED, mine=True) == []


def test_a_line_tells_who_holds_it_as_long_as_they_do(house: House) -> None:
    house.claimed()
    claim = lines(house, State.IN_REVIEW)[0].claim
    seen = lines(house, State.IN_REVIEW, by=house.people.other_reviewer)[0].claim
    assert claim is not None
    assert seen is not None
    assert (claim.mine, seen.mine) == (True, False)
    assert claim.reviewer == seen.reviewer == house.people.reviewer.name
    assert (claim.until - house.clock.now).total_seconds() == 48 * 3600
    house.clock.forward(hours=48)
    assert lines(house, State.IN_REVIEW)[0].claim is None


def test_a_line_shows_the_newest_version(house: House) -> None:
    key = house.claimed()
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    raw = account(title="Better", language="sw", classification={"kind": ["kind/hazard"]})
    house.side.intake.revise(house.people.member, key, raw, expected=None)
    line = lines(house, State.CHANGES_REQUESTED)[0]
    assert (line.submission.title, line.submission.version, line.language) == ("Better", 2, "sw")
    assert (line.severity, line.sector) == (None, None)
    first = house.submitted()
    fresh = lines(house)[0]
    assert fresh.submission.id == first
    assert (fresh.severity, fresh.sector) == ("severity/serious", "sector/health")


@pytest.mark.parametrize("limit", [-1, 0, PAGE_MAX + 1])
def test_a_page_has_bounds(small_house: House, limit: int) -> None:
    with pytest.raises(Invalid) as refused:
        small_house.side.queue.page(small_house.people.reviewer, QueueRequest(limit=limit))
    assert [problem.pointer for problem in refused.value.problems] == ["/limit"]


def test_a_cursor_that_is_not_ours_is_refused_by_name(house: House) -> None:
    house.submitted()
    for name, cursor in STRANGE.items():
        with pytest.raises(Invalid) as refused:
            house.side.queue.page(house.people.reviewer, QueueRequest(cursor=cursor))
        assert [problem.pointer for problem in refused.value.problems] == ["/cursor"], name


def test_reports_to_compare_with_are_picked_of_those_that_the_reviewer_may_read(house: House) -> None:
    reviewer, queue = house.people.reviewer, house.side.queue
    house.side.directory.grant(reviewer.id, reviewer.organization_id, [Role.MEMBER])
    both = house.side.sessions.actor_of(reviewer.id)
    house.draft()
    house.submitted(both)
    house.side.reviews.recuse(both, house.submitted(), "close")
    old = house.submitted(title="Old")
    house.clock.forward(hours=1)
    young, this = house.submitted(title="Write to clerk@clinic.example"), house.claimed(title="This")
    asked: list[tuple[str, str]] = []

    def everything(titles: Sequence[tuple[str, str]]) -> list[str]:
        asked.extend(titles)
        return [key for key, _ in titles]

    found = queue.resembling(both, everything, but=this)
    assert [key for key, _ in asked] == keys(list(found)) == [young, old]
    assert [line.submission.title for line in found] == ["Write to [EMAIL-1]", "Old"]
    assert queue.resembling(both, lambda _: (), but=this) == ()
    with pytest.raises(NotAllowed):
        queue.resembling(house.people.member, everything, but=this)
