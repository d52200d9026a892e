"""Views that a reviewer keeps: theirs alone, bounded, exported and erased with the person."""

from __future__ import annotations

import json

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.intake.rules import State
from registry.review.queue.keeping import NAME_MAX, VIEWS_MAX
from registry.review.queue.rules import Filters, Queue, QueueRequest, Sort
from tests.factories import PASSWORD
from tests.registry.house import House

URGENT = QueueRequest(
    State.IN_REVIEW, queue=Queue.GUESTS, sort=Sort.OLDEST, filters=Filters("severity/critical", overdue=True)
)


def names(house: House) -> list[str]:
    return [view.name for view in house.side.reviewing.desk.views.of(house.people.reviewer)]


def test_a_view_is_kept_found_replaced_and_removed(house: House) -> None:
    views, reviewer = house.side.reviewing.desk.views, house.people.reviewer
    views.keep(reviewer, "  Critical   first ", URGENT)
    views.keep(reviewer, "All", QueueRequest(cursor="abc"))
    assert [(one.name, one.request) for one in views.of(reviewer)] == [
        ("All", QueueRequest()),
        ("Critical first", URGENT),
    ]
    views.keep(reviewer, "All", URGENT)
    first, _ = views.of(reviewer)
    assert (first.name, first.request) == ("All", URGENT)
    views.forget(reviewer, first.id)
    assert names(house) == ["Critical first"]


def test_nobody_else_sees_or_removes_it(house: House) -> None:
    views = house.side.reviewing.desk.views
    kept = views.keep(house.people.reviewer, "Mine", URGENT)
    assert views.of(house.people.other_reviewer) == ()
    for key in (kept.id, "0" * 32):
        with pytest.raises(NotFound):
            views.forget(house.people.other_reviewer, key)
    for call in (lambda: views.of(house.people.member), lambda: views.keep(house.people.member, "x", URGENT)):
        with pytest.raises(NotAllowed):
            call()
    assert names(house) == ["Mine"]


def test_names_and_number_are_bounded(small_house: House) -> None:
    views, reviewer = small_house.side.reviewing.desk.views, small_house.people.reviewer
    for name in ("", "  ", "x" * (NAME_MAX + 1)):
        with pytest.raises(Invalid) as refused:
            views.keep(reviewer, name, URGENT)
        assert [problem.pointer for problem in refused.value.problems] == ["/name"]
    for number in range(VIEWS_MAX):
        views.keep(reviewer, f"View {number:02}", URGENT)
    with pytest.raises(Conflict):
        views.keep(reviewer, "One more", URGENT)
    views.keep(reviewer, "View 00", QueueRequest())
    assert len(names(small_house)) == VIEWS_MAX


def test_it_is_exported_with_the_person_and_gone_with_them(house: House) -> None:
    reviewer = house.people.reviewer
    house.side.reviewing.desk.views.keep(reviewer, "Lighthouse watch", URGENT)
    assert house.ask("SELECT count(*) FROM queue_view")[0][0] == 1
    house.side.custody.erasure.erase_oneself(reviewer, PASSWORD)
    assert house.ask("SELECT count(*) FROM queue_view")[0][0] == 0
    assert "Lighthouse" not in json.dumps(
        [list(map(str, row)) for row in house.ask("SELECT * FROM audit_event")]
    )
