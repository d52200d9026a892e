"""Naming a public record: who may, which one, twice, from an old page, after it was sent; both engines."""

from __future__ import annotations

from typing import Any

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.intake.similar.rules import About, Held, Kind
from registry.intake.similar.service import MOST_TITLES
from registry.intake.similar.telling import Telling
from registry.record import store
from registry.record.types import RecordState, RecordType, Relation, Tombstone
from tests.factories import account
from tests.registry.house import House, at_once
from tests.registry.record.samples import DAY, record

EVENT, REPORT, WORD, DOUBTED, ERASED = "aiid:1", "aiid:2", "aiid:3", "aiid:4", "aiid:5"
SAID: dict[str, Any] = {
    "text": "Here too, in another clinic.",
    "language": "fr",
    "happened": {"from": "2026"},
    "countries": ["SN"],
}


@pytest.fixture
def shelf(house: House) -> House:
    """Records of every standing."""
    with house.public.work() as session:
        store.create(session, record(EVENT, related=()))
        store.create(session, record(REPORT, type=RecordType.REPORT, related=()))
        about = (Relation("about", EVENT),)
        store.create(session, record(WORD, type=RecordType.STATEMENT, related=about))
        store.create(session, record(DOUBTED, state=RecordState.RETRACTED, related=()))
        store.create(session, record(ERASED, related=()))
        store.erase(session, Tombstone(ERASED, "safety", DAY))
    return house


def about(house: House, key: str) -> About | None:
    return house.side.intake.read(house.people.member, key).summary.about


def lock(house: House, key: str) -> int:
    return house.side.intake.read(house.people.member, key).summary.lock


@pytest.mark.parametrize("record_id", [EVENT, REPORT])
def test_a_draft_is_attached_and_taken_off_again(shelf: House, record_id: str) -> None:
    key, me, ways = shelf.draft(), shelf.people.member, shelf.side.same_event
    ways.attach(me, key, record_id, expected=lock(shelf, key))
    assert about(shelf, key) == About(record_id, Held.OPEN)
    ways.detach(me, key, expected=lock(shelf, key))
    assert about(shelf, key) is None
    ways.detach(me, key, expected=1)
    assert [action for action, _, _ in shelf.steps(key)] == ["create", "relate", "unrelate"]


@pytest.mark.parametrize("record_id", [WORD, DOUBTED, ERASED, "aiid:999", "AIR-", "", "../x"])
def test_what_does_not_stand_cannot_be_named(shelf: House, record_id: str) -> None:
    key, me = shelf.draft(), shelf.people.member
    with pytest.raises(Invalid) as refused:
        shelf.side.same_event.attach(me, key, record_id, expected=None)
    assert [problem.pointer for problem in refused.value.problems] == ["/about/record"]
    for telling in (Telling(record=record_id), Telling(Kind.STATEMENT, record_id)):
        raw = SAID if telling.kind is Kind.STATEMENT else account()
        with pytest.raises(Invalid):
            shelf.side.intake.create(me, raw, channel="api", telling_of=telling)
    with pytest.raises(Invalid):
        shelf.side.intake.revise(me, key, account(), expected=None, about=record_id)
    assert about(shelf, key) is None
    assert shelf.ask("SELECT count(*) FROM submission")[0][0] == 1


def test_a_page_from_before_changes_nothing_unless_it_says_the_same(shelf: House) -> None:
    key, me, ways = shelf.draft(), shelf.people.member, shelf.side.same_event
    seen = lock(shelf, key)
    ways.attach(me, key, EVENT, expected=seen)
    ways.attach(me, key, EVENT, expected=seen)
    with pytest.raises(Stale):
        ways.attach(me, key, REPORT, expected=seen)
    with pytest.raises(Stale):
        ways.detach(me, key, expected=seen)
    assert about(shelf, key) == About(EVENT, Held.OPEN)
    assert [action for action, _, _ in shelf.steps(key)] == ["create", "relate"]


def test_of_two_tabs_that_name_different_records_one_wins(shelf: House) -> None:
    key, me, seen = shelf.draft(), shelf.people.member, 1
    named = (EVENT, REPORT)
    found = at_once(2, lambda n: shelf.side.same_event.attach(me, key, named[n], expected=seen))
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Stale"]
    winner = named[found.index(None)]
    assert about(shelf, key) == About(winner, Held.OPEN)


def test_others_cannot_see_or_change_it_and_reviewers_may_not(shelf: House) -> None:
    key, ways = shelf.draft(), shelf.side.same_event
    with pytest.raises(NotFound):
        ways.attach(shelf.people.other_member, key, EVENT, expected=None)
    with pytest.raises(NotFound):
        ways.detach(shelf.people.other_member, key, expected=None)
    with pytest.raises(NotAllowed):
        ways.attach(shelf.people.reviewer, key, EVENT, expected=None)
    with pytest.raises(NotAllowed):
        ways.own_titles(shelf.people.reviewer)


@pytest.mark.parametrize("held", ["submitted", "accepted"])
def test_what_was_sent_stays_as_it_is(shelf: House, held: str) -> None:
    key = getattr(shelf, held)()
    with pytest.raises(Conflict):
        shelf.side.same_event.attach(shelf.people.member, key, EVENT, expected=None)
    with pytest.raises(Conflict):
        shelf.side.same_event.detach(shelf.people.member, key, expected=None)


def test_a_statement_is_about_a_record_and_stays_so(shelf: House) -> None:
    me, intake = shelf.people.member, shelf.side.intake
    with pytest.raises(Invalid) as refused:
        intake.create(me, SAID, channel="api", telling_of=Telling(Kind.STATEMENT))
    assert [problem.pointer for problem in refused.value.problems] == ["/about"]
    made = intake.create(me, SAID, channel="api", submit=True, telling_of=Telling(Kind.STATEMENT, EVENT))
    view = intake.read(me, made.view.summary.id)
    assert (view.summary.kind, view.summary.about) == (Kind.STATEMENT, About(EVENT))
    assert (view.account.title, view.summary.state) == ("Vu ici aussi", "submitted")
    draft = intake.create(me, SAID, channel="api", telling_of=Telling(Kind.STATEMENT, EVENT))
    key = draft.view.summary.id
    with pytest.raises(Invalid):
        shelf.side.same_event.detach(me, key, expected=None)
    with pytest.raises(Invalid):
        intake.revise(me, key, SAID, expected=None, about=None)
    intake.revise(me, key, SAID, expected=None, about=REPORT)
    assert about(shelf, key) == About(REPORT)


def test_an_incomplete_statement_can_be_kept_and_not_sent(shelf: House) -> None:
    me, intake = shelf.people.member, shelf.side.intake
    made = intake.create(me, {"language": "en"}, channel="form", telling_of=Telling(Kind.STATEMENT, EVENT))
    with pytest.raises(Invalid) as refused:
        intake.submit(me, made.view.summary.id)
    assert {problem.pointer for problem in refused.value.problems} == {"/text", "/happened", "/countries"}


def test_a_retry_is_answered_as_before_even_after_the_record_went(shelf: House) -> None:
    me, intake = shelf.people.member, shelf.side.intake

    def ask(telling: Telling) -> Any:
        return intake.create(me, account(), channel="api", idempotency_key="once", telling_of=telling)

    first = ask(Telling(record=EVENT))
    with shelf.public.work() as session:
        store.erase(session, Tombstone(EVENT, "safety", DAY))
    again = ask(Telling(record=EVENT))
    assert (again.fresh, again.view) == (False, first.view)
    for other in (Telling(record=REPORT), Telling()):
        with pytest.raises(Conflict):
            ask(other)


def test_a_new_choice_after_changes_were_asked_for_is_open_again(shelf: House) -> None:
    made = shelf.side.intake.create(
        shelf.people.member, account(), channel="api", submit=True, telling_of=Telling(record=EVENT)
    )
    key, reviews = made.view.summary.id, shelf.side.reviews
    reviews.claim(shelf.people.reviewer, key)
    reviews.decide_relation(shelf.people.reviewer, key, confirm=True)
    reviews.request_changes(shelf.people.reviewer, key, "Which system?")
    shelf.side.intake.revise(shelf.people.member, key, account(title="Another"), expected=None)
    assert about(shelf, key) == About(EVENT, Held.CONFIRMED)
    shelf.side.same_event.attach(shelf.people.member, key, REPORT, expected=None)
    assert about(shelf, key) == About(REPORT, Held.OPEN)


def test_own_titles_are_ones_own_and_of_open_reports(shelf: House) -> None:
    me, intake = shelf.people.member, shelf.side.intake
    mine, other = shelf.draft(title="Mine"), shelf.draft(shelf.people.other_member, title="Theirs")
    gone, present = shelf.draft(title="Taken back"), shelf.draft(title="The present one")
    intake.withdraw(me, gone)
    shelf.draft(title="")
    intake.create(me, SAID, channel="form", telling_of=Telling(Kind.STATEMENT, EVENT))
    found = shelf.side.same_event.own_titles(me, but=present)
    assert [(one.id, one.title, one.state, one.record_id) for one in found] == [(mine, "Mine", "draft", None)]
    assert [one.id for one in shelf.side.same_event.own_titles(shelf.people.other_member)] == [other]


def test_no_more_titles_are_read_than_can_be_compared(shelf: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_TITLES >= 100
    monkeypatch.setattr("registry.intake.similar.service.MOST_TITLES", 2)
    keys = [shelf.draft(title=f"Number {n}") for n in range(4)]
    found = shelf.side.same_event.own_titles(shelf.people.member, but=keys[0])
    assert len(found) == 2
