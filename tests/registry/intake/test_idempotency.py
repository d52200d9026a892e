"""A retry gets the first answer and makes nothing, however many come at once and whatever happened since."""

from __future__ import annotations

from typing import Any

import pytest

from registry.errors import Conflict, Invalid
from registry.identity.rules import Actor
from registry.intake.rules import State
from registry.intake.views import Created
from tests.factories import account
from tests.registry import opened
from tests.registry.house import House, at_once

RIVALS = 8


def send(house: House, key: str, *, by: Actor | None = None, submit: bool = True, **changes: Any) -> Created:
    raw = account(**changes)
    who = by or house.people.member
    return house.side.intake.create(who, raw, channel="api", submit=submit, idempotency_key=key)


def counts(house: House) -> tuple[int, ...]:
    """Submissions, versions, keys and steps that there are."""
    questions = (
        "SELECT count(*) FROM submission",
        "SELECT count(*) FROM submission_version",
        "SELECT count(*) FROM idempotency_key",
        "SELECT count(*) FROM audit_event WHERE subject = 'submission'",
    )
    return tuple(house.ask(question)[0][0] for question in questions)


@pytest.mark.parametrize("submit", [True, False])
def test_a_retry_gets_the_same_answer(house: House, submit: bool) -> None:
    first = send(house, "k", submit=submit)
    before = counts(house)
    house.clock.forward(hours=1)
    second = send(house, "k", submit=submit)
    assert (second.view, second.receipt) == (first.view, first.receipt)
    assert (first.fresh, second.fresh) == (True, False)
    assert counts(house) == before == (1, 1, 1, 2 if submit else 1)


def test_the_order_of_fields_makes_no_other_request(house: House) -> None:
    first = send(house, "k")
    turned = dict(reversed(account().items()))
    again = house.side.intake.create(
        house.people.member, turned, channel="api", submit=True, idempotency_key="k"
    )
    assert again.view.summary.id == first.view.summary.id


def test_the_answer_stays_the_first_one_when_the_report_has_moved_on(house: House) -> None:
    """Otherwise its ETag would let the retrying program overwrite versions it never saw."""
    first = send(house, "k", submit=False, title="As it was sent")
    house.clock.forward(hours=1)
    key = first.view.summary.id
    house.side.intake.revise(house.people.member, key, account(title="Newer"), expected=None)
    house.side.intake.submit(house.people.member, key)
    second = send(house, "k", submit=False, title="As it was sent")
    assert second.view == first.view
    assert second.view.summary.state is State.DRAFT
    now = house.side.intake.read(house.people.member, key)
    assert (now.summary.state, now.account.title) == (State.SUBMITTED, "Newer")


@pytest.mark.parametrize(
    "other",
    [{"title": "Another"}, {"submit": False}, {"links": []}],
    ids=["another title", "kept instead of sent", "a field emptied"],
)
def test_the_same_key_with_another_request_is_a_conflict(house: House, other: dict[str, Any]) -> None:
    send(house, "k")
    before = counts(house)
    with pytest.raises(Conflict):
        send(house, "k", **other)
    assert counts(house) == before


def test_keys_of_different_people_have_nothing_to_do_with_each_other(house: House) -> None:
    mine = send(house, "k")
    theirs = send(house, "k", by=house.people.other_member, title="Another")
    assert mine.view.summary.id != theirs.view.summary.id
    assert theirs.view.summary.organization_id == house.people.other_member.organization_id


def test_other_keys_and_no_key_make_new_submissions(house: House) -> None:
    ids = {send(house, key).view.summary.id for key in ("a", "b", "A")}
    ids |= {house.submitted(), house.submitted()}
    assert len(ids) == 5
    assert counts(house)[:3] == (5, 5, 3)


def test_a_refused_request_does_not_use_up_its_key(house: House) -> None:
    with pytest.raises(Invalid):
        send(house, "k", text="")
    assert counts(house) == (0, 0, 0, 0)
    assert send(house, "k").fresh


def test_of_requests_at_once_with_one_key_one_makes_a_submission(house: House) -> None:
    results = at_once(RIVALS, lambda _: send(house, "k"))
    answers = [result for result in results if isinstance(result, Created)]
    assert len(answers) == RIVALS
    assert [answer.fresh for answer in answers].count(True) == 1
    assert len({(answer.view.summary, answer.receipt) for answer in answers}) == 1
    assert counts(house) == (1, 1, 1, 2)


def test_of_different_requests_at_once_with_one_key_one_wins_and_the_others_are_told(house: House) -> None:
    results = at_once(RIVALS, lambda n: send(house, "k", title=f"Rival {n}"))
    answers = [result for result in results if isinstance(result, Created)]
    assert len(answers) == 1
    assert sum(isinstance(result, Conflict) for result in results) == RIVALS - 1
    assert list(opened.titles(house.private).values()) == [answers[0].view.account.title]
    assert counts(house) == (1, 1, 1, 2)


def test_different_keys_at_once_are_all_kept(house: House) -> None:
    results = at_once(RIVALS, lambda n: send(house, f"k{n}", title=f"Rival {n}"))
    ids = {result.view.summary.id for result in results if isinstance(result, Created)}
    assert len(ids) == RIVALS
    assert counts(house) == (RIVALS, RIVALS, RIVALS, 2 * RIVALS)
