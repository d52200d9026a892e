"""Versions of an account: each edit adds one, none is lost, none is written over unseen changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from registry.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.rules import Actor
from registry.intake.rules import EDITABLE, State
from registry.intake.views import SubmissionView
from tests.factories import account
from tests.registry import opened
from tests.registry.house import House, at_once

EDITS = 7
RIVALS = 8


def versions(house: House, key: str) -> list[tuple[int, dict[str, Any], str]]:
    """Number, account and author of every version, asked of the database itself."""
    return opened.versions(house.private)[key]


def edit(house: House, key: str, lock: int | None = None, **changes: Any) -> SubmissionView:
    return house.side.intake.revise(house.people.member, key, account(**changes), expected=lock)


def bring(house: House, state: State) -> str:
    """Id of a report in this state."""
    people, side = house.people, house.side
    if state is State.DRAFT:
        return house.draft()
    if state is State.SUBMITTED:
        return house.submitted()
    on_its_way = state in (State.ACCEPTED, State.SCHEDULED, State.PUBLISHED, State.REVISING)
    key = house.accepted() if on_its_way else house.claimed()
    if state is State.CHANGES_REQUESTED:
        side.reviews.request_changes(people.reviewer, key, "Say more.")
    elif state is State.DECLINED:
        side.reviews.decline(people.reviewer, key, "test", "")
    elif state is State.WITHDRAWN:
        side.intake.withdraw(people.member, key)
    elif state is State.SCHEDULED:
        side.publication.reserve()
    elif state in (State.PUBLISHED, State.REVISING):
        side.publication.publish_batch()
    if state is State.REVISING:
        side.revising.reopen(people.member, key)
    return key


def everything(house: House) -> list[list[Any]]:
    """All that an edit could touch."""
    return [
        sorted(
            tuple(row) for row in house.ask("SELECT id, state, version, lock, sealed_title FROM submission")
        ),
        sorted(tuple(row) for row in house.ask("SELECT submission_id, number FROM submission_version")),
        sorted(tuple(row) for row in house.ask("SELECT id, action FROM audit_event")),
    ]


def test_every_version_stays_as_it_was_written(house: House) -> None:
    key = house.draft(title="Version 1")
    written = [house.side.intake.read(house.people.member, key).account.to_json()]
    for number in range(2, EDITS + 1):
        places = ["KE", "UG"][: number % 2 + 1]
        written.append(edit(house, key, title=f"Version {number}", countries=places).account.to_json())
    kept = versions(house, key)
    assert [number for number, _, _ in kept] == list(range(1, EDITS + 1))
    assert [raw for _, raw, _ in kept] == written
    assert [(raw["title"], len(raw["countries"])) for raw in written[1:]] == [
        (f"Version {number}", number % 2 + 1) for number in range(2, EDITS + 1)
    ]
    assert {author for _, _, author in kept} == {house.people.member.id}
    shown = house.side.intake.read(house.people.member, key)
    assert (shown.summary.version, shown.account.title) == (EDITS, f"Version {EDITS}")


def test_every_edit_is_on_the_trail_with_who_and_when(house: House) -> None:
    key = house.draft()
    moments = [house.clock.now]
    for number in range(2, 5):
        house.clock.forward(minutes=11)
        moments.append(house.clock.now)
        edit(house, key, title=f"Version {number}")
    told = house.side.intake.history(house.people.member, key)
    assert [(entry.action, entry.reason) for entry in told] == [
        ("create", None),
        ("revise", "version 2"),
        ("revise", "version 3"),
        ("revise", "version 4"),
    ]
    assert [entry.at for entry in told] == moments
    member = house.people.member
    assert {(entry.actor_id, entry.organization_id, entry.actor_role) for entry in told} == {
        (member.id, member.organization_id, "member")
    }


def test_the_trail_carries_no_words_of_the_account(house: House) -> None:
    key = house.draft(title="Unmistakable", text="Unmistakable words")
    edit(house, key, title="Unmistakable again")
    house.side.intake.submit(house.people.member, key)
    rows = house.ask("SELECT * FROM audit_event WHERE subject_id = :key", key=key)
    assert len(rows) == 3
    assert "nmistakable" not in repr(rows)


def test_an_edit_of_what_was_not_seen_is_refused_and_changes_nothing(house: House) -> None:
    key = house.draft()
    seen = house.side.intake.read(house.people.member, key).summary.lock
    edit(house, key, seen, title="Somebody was faster")
    before = everything(house)
    acts: list[Callable[[], object]] = [
        lambda: edit(house, key, seen, title="Mine"),
        lambda: house.side.intake.submit(house.people.member, key, expected=seen),
        lambda: house.side.intake.withdraw(house.people.member, key, expected=seen),
        lambda: edit(house, key, seen + 2, title="From the future"),
    ]
    for act in acts:
        with pytest.raises(Stale):
            act()
    assert everything(house) == before


def test_every_change_makes_what_was_seen_before_it_stale(house: House) -> None:
    """A claim or a decision changes no text, and yet nobody may act on what they saw before it."""
    people, side = house.people, house.side
    key = house.draft()
    locks = [house.side.intake.read(people.member, key).summary.lock]
    acts: list[Callable[[], object]] = [
        lambda: edit(house, key),
        lambda: side.intake.submit(people.member, key),
        lambda: side.reviews.claim(people.reviewer, key),
        lambda: side.reviews.request_changes(people.reviewer, key, "Say more."),
        lambda: side.intake.submit(people.member, key),
        lambda: side.reviews.accept(people.reviewer, key),
        side.publication.publish_batch,
    ]
    for act in acts:
        act()
        locks.append(house.side.intake.read(people.member, key).summary.lock)
    assert locks == sorted(set(locks))


def test_of_edits_at_once_on_one_version_one_is_kept(house: House) -> None:
    key = house.draft()
    results = at_once(RIVALS, lambda n: edit(house, key, 1, title=f"Rival {n}"))
    winners = [result for result in results if isinstance(result, SubmissionView)]
    assert len(winners) == 1
    assert sum(isinstance(result, Stale) for result in results) == RIVALS - 1
    assert [raw["title"] for _, raw, _ in versions(house, key)][1:] == [winners[0].account.title]
    assert [action for action, _, _ in house.steps(key)] == ["create", "revise"]


def test_edits_at_once_that_ask_for_no_version_are_all_kept(house: House) -> None:
    key = house.draft(title="First")
    results = at_once(RIVALS, lambda n: edit(house, key, title=f"Rival {n}"))
    assert not [result for result in results if isinstance(result, CommonsError)]
    kept = versions(house, key)
    assert [number for number, _, _ in kept] == list(range(1, RIVALS + 2))
    assert {raw["title"] for _, raw, _ in kept} == {"First", *(f"Rival {n}" for n in range(RIVALS))}
    assert len(house.steps(key)) == RIVALS + 1


@pytest.mark.parametrize("state", list(State))
def test_only_what_no_reviewer_reads_can_be_edited(house: House, state: State) -> None:
    key = bring(house, state)
    before = everything(house)
    if state in EDITABLE:
        edit(house, key, title="Changed")
        assert versions(house, key)[-1][1]["title"] == "Changed"
        assert house.state(key) == state
        return
    with pytest.raises(Conflict):
        edit(house, key, title="Changed")
    assert everything(house) == before


def test_a_refused_edit_leaves_nothing(house: House) -> None:
    key = house.draft()
    before = everything(house)
    acts: list[tuple[Actor, dict[str, Any], type[CommonsError]]] = [
        (house.people.member, {"title": "x" * 100_000}, Invalid),
        (house.people.member, {"surprise": 1}, Invalid),
        (house.people.other_member, account(), NotFound),
        (house.people.reviewer, account(), NotAllowed),
        (house.people.steward, account(), NotAllowed),
    ]
    for actor, raw, error in acts:
        with pytest.raises(error):
            house.side.intake.revise(actor, key, raw, expected=None)
    assert everything(house) == before


def test_an_unfinished_draft_is_kept_and_cannot_be_sent(house: House) -> None:
    made = house.side.intake.create(house.people.member, {"title": "Only a title"}, channel="form")
    key = made.view.summary.id
    before = everything(house)
    with pytest.raises(Invalid) as refused:
        house.side.intake.submit(house.people.member, key)
    assert "/text" in [problem.pointer for problem in refused.value.problems]
    assert everything(house) == before
    edit(house, key)
    house.side.intake.submit(house.people.member, key)
    assert house.state(key) == "submitted"
    assert [raw.get("text") for _, raw, _ in versions(house, key)] == [None, account()["text"]]
