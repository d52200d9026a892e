"""The review queue: whole, oldest first, in the right tab, and without the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from registry.errors import Invalid, NotFound
from registry.identity.rules import Actor, Role
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.review.queue.rules import OPEN, PAGE_MAX, Filters, Queue, QueueRequest, Sort, told
from registry.review.queue.rules import asked as asked_for
from registry.review.views import QueueItem
from tests.factories import account
from tests.registry.house import House
from tests.registry.intake.similar.test_naming import SAID
from tests.registry.intake.test_lists import STRANGE

ASKED = {"told": [{"audience": "audience/data-authority", "state": "planned"}]}
"""A response that still has to tell an authority."""
HIDDEN = [State.DRAFT, State.WITHDRAWN, State.PUBLISHED, State.DECLINED]
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


def coded(**codes: str) -> dict[str, Any]:
    """Changes of an account that carry these codes."""
    whole = account()["classification"] | {facet: [f"{facet}/{code}"] for facet, code in codes.items()}
    return {"classification": whole}


def test_the_most_urgent_comes_first(house: House) -> None:
    minor = house.submitted(**coded(severity="minor"))
    house.clock.forward(days=1)
    serious, told = house.submitted(), house.submitted(response=ASKED, **coded(severity="minor"))
    house.clock.forward(days=1)
    critical, disaster = (
        house.submitted(**coded(severity="critical")),
        house.submitted(**coded(severity="disaster")),
    )
    urgent = [disaster, *sorted([critical, told], key=lambda key: (due(house, key), key)), serious, minor]
    for limit in (1, 2, 5):
        assert keys(lines(house, sort=Sort.URGENT, limit=limit)) == urgent
    newest = [*sorted([critical, disaster], reverse=True), *sorted([serious, told], reverse=True), minor]
    for limit in (1, 2, 5):
        assert keys(lines(house, sort=Sort.NEWEST, limit=limit)) == newest


def due(house: House, key: str) -> datetime:
    return next(line.due_at for line in lines(house) if line.submission.id == key and line.due_at)


def test_each_filter_leaves_what_matches_and_all_of_them_together(house: House) -> None:
    plain = house.submitted()
    schools = house.submitted(language="pt-BR", **coded(severity="minor", sector="education"))
    danger = house.submitted(**coded(kind="hazard", severity="critical"))
    both = account()["classification"] | {"sector": ["sector/social", "sector/education"]}
    several = house.submitted(classification=both)
    expected = {
        Filters(severity="severity/serious"): {plain, several},
        Filters(severity="severity/none"): set(),
        Filters(sector="sector/education"): {schools, several},
        Filters(sector="sector/%"): None,
        Filters(event="kind/hazard"): {danger},
        Filters(language="pt"): {schools},
        Filters(language="en", severity="severity/serious", sector="sector/education"): {several},
        Filters(): {plain, schools, danger, several},
    }
    for filters, found in expected.items():
        if found is None:
            with pytest.raises(Invalid) as refused:
                lines(house, filters=filters)
            assert [problem.pointer for problem in refused.value.problems] == ["/sector"]
            continue
        assert set(keys(lines(house, filters=filters))) == found
        matching = house.side.queue.matching(house.people.reviewer, QueueRequest(filters=filters))
        assert matching == len(found)
    assert house.side.queue.counts(house.people.reviewer).languages() == ["en", "pt"]


def test_what_is_late_is_told_and_can_be_asked_for(house: House) -> None:
    late, waiting = house.submitted(), house.submitted(**coded(severity="minor"))
    asked = house.claimed()
    house.side.reviews.request_changes(house.people.reviewer, asked, "Say more.")
    house.clock.forward(days=4)
    assert not any(line.late for line in lines(house)), "on the very moment it is not late yet"
    house.clock.forward(seconds=1)
    assert {line.submission.id: line.late for line in lines(house)} == {late: True, waiting: False}
    assert keys(lines(house, filters=Filters(overdue=True))) == [late]
    assert not lines(house, State.CHANGES_REQUESTED, filters=Filters(overdue=True)), "it waits for others"
    counts = house.side.queue.counts(house.people.reviewer)
    assert [counts.late(Queue.REPORTS, state) for state in OPEN] == [1, 0, 0, 0, 0]


def test_mine_is_not_what_i_held_once(house: House) -> None:
    key = house.claimed()
    house.clock.forward(hours=48)
    assert lines(house, State.IN_REVIEW, mine=True) == []
    line = lines(house, State.IN_REVIEW)[0]
    assert (line.submission.id, line.claim) == (key, None)
    assert line.in_state_since is not None
    assert (house.clock.now - line.in_state_since).total_seconds() == 48 * 3600


def test_statements_wait_in_a_queue_of_their_own(house: House) -> None:
    record = house.accepted()
    house.side.publication.publish_batch()
    named = house.side.intake.read(house.people.member, record).summary.record_id
    assert named is not None
    said = Telling(Kind.STATEMENT, named)
    statement = house.side.intake.create(
        house.people.other_member, SAID, channel="form", submit=True, telling_of=said
    )
    report = house.submitted()
    assert keys(lines(house)) == [report]
    page = house.side.queue.page(house.people.reviewer, QueueRequest(queue=Queue.STATEMENTS))
    assert [line.submission.id for line in page.items] == [statement.view.summary.id]
    counts = house.side.queue.counts(house.people.reviewer)
    assert {queue: counts.of(queue) for queue in Queue} == {
        Queue.REPORTS: 1,
        Queue.STATEMENTS: 1,
        Queue.GUESTS: 0,
        Queue.CHANGED: 0,
    }


def test_an_address_tells_a_request_and_back() -> None:
    cut = Filters("severity/none", "sector/health", "kind/hazard", "sw")
    requests = [
        QueueRequest(),
        QueueRequest(State.IN_REVIEW, mine=True, queue=Queue.STATEMENTS, sort=Sort.NEWEST),
        QueueRequest(queue=Queue.CHANGED, filters=cut),
        QueueRequest(filters=Filters(overdue=True)),
    ]
    for request in requests:
        assert asked_for(told(request)) == request
    strange = {"queue": "no", "state": "draft", "sort": "", "overdue": "yes", "language": "", "page": "2"}
    assert asked_for(strange) == QueueRequest()


def test_beside_each_line_stand_its_neighbours_in_every_order(house: House) -> None:
    several(house, 5)
    house.submitted(**coded(severity="critical"))
    for sort in Sort:
        order = keys(lines(house, sort=sort))
        asked, beside = QueueRequest(sort=sort), house.side.queue.beside
        reviewer = house.people.reviewer
        assert [beside(reviewer, asked, key) for key in order] == [*order[1:], None]
        assert [beside(reviewer, asked, key, backwards=True) for key in order] == [None, *order[:-1]]
    with pytest.raises(NotFound):
        house.side.queue.beside(house.people.reviewer, QueueRequest(), "0" * 32)
