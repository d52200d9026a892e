"""The review queue cut and ordered: filters, urgency, lateness, statements apart, and its address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from registry.errors import Invalid, NotFound
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.review.queue.rules import OPEN, Filters, Queue, QueueRequest, Sort, told
from registry.review.queue.rules import asked as asked_for
from tests.factories import account
from tests.registry.house import House
from tests.registry.intake.similar.test_naming import SAID
from tests.registry.review.test_queue import keys, lines, several

ASKED = {"told": [{"audience": "audience/data-authority", "state": "planned"}]}
"""A response that still has to tell an authority."""


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
    assert [counts.late(queue) for queue in (Queue.REPORTS, Queue.APPEALS, Queue.CHANGED)] == [1, 0, 0]


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
        Queue.REVISIONS: 0,
        Queue.APPEALS: 0,
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
