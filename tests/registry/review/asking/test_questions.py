"""Questions to whoever sent a report: who asks, who answers, who is told, and what stays sealed."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.models import Membership
from registry.identity.rules import Role
from registry.intake.following.adding import Writer
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.outbox import OutboxJob
from registry.review.asking.letters import ANSWERED, ASKED
from registry.review.asking.rows import QuestionView
from registry.review.asking.rules import ANSWER_MAX, OPEN_MAX, QUESTION_MAX, QUESTIONS_MAX
from tests.registry.house import House, at_once
from tests.registry.neighbours import join
from tests.registry.review.test_following import WAYS, brought_to
from tests.registry.review.test_unread import changed, ids

WHICH, SEVENTEEN = "Which clinic kind?", "Seventeen clinics. Call Ada on +254 722 000 111."
ANSWERS = frozenset(State) - {State.DRAFT, State.WITHDRAWN}


def examined(house: House) -> tuple[str, str]:
    """Key and receipt code of a report that ``people.reviewer`` holds."""
    return brought_to(house, State.IN_REVIEW)


def asked(house: House) -> tuple[str, str]:
    key, code = examined(house)
    house.side.reviewing.questions.ask(house.people.reviewer, key, WHICH)
    return key, code


def seen(house: House, key: str) -> tuple[QuestionView, ...]:
    return house.side.reviewing.questions.of(house.people.reviewer, key, "en")


def letters(house: House, kind: str) -> list[str]:
    """Who is told, by the letters that would be written now."""
    with house.private.read() as session:
        jobs = [dict(one.payload) for one in session.query(OutboxJob).filter(OutboxJob.kind == kind)]
    found = [house.side.reviewing.questions.letter(kind, payload) for payload in jobs]
    return [one.to for one in found if one is not None]


@pytest.mark.parametrize("state", State)
def test_only_whoever_examines_a_report_asks_and_it_stays_where_it_is(house: House, state: State) -> None:
    key, _ = brought_to(house, state)
    ask, people = house.side.reviewing.questions.ask, house.people
    if state is State.IN_REVIEW:
        ask(people.reviewer, key, WHICH)
        with pytest.raises(Conflict, match="Claim this report first"):
            ask(people.other_reviewer, key, WHICH)
    else:
        with pytest.raises((Conflict, NotFound)):
            ask(people.reviewer, key, WHICH)
    with pytest.raises(NotAllowed):
        ask(people.member, key, WHICH)
    assert house.state(key) == state
    assert len(house.ask("SELECT number FROM review_question")) == (state is State.IN_REVIEW)


def test_a_claim_that_lapsed_asks_nothing(small_house: House) -> None:
    key, _ = examined(small_house)
    small_house.clock.forward(hours=49)
    with pytest.raises(Conflict):
        small_house.side.reviewing.questions.ask(small_house.people.reviewer, key, WHICH)


@pytest.mark.parametrize("state", State)
def test_an_answer_is_taken_for_as_long_as_the_report_is_with_us(house: House, state: State) -> None:
    key, _ = asked(house)
    way = WAYS[state]
    if way[:2] != WAYS[State.IN_REVIEW]:  # drafts, what waits and what was taken back: bring it there
        with house.private.work() as session:
            session.get_one(Submission, key).state = state.value
    else:
        for act in way[2:]:
            act(house, key)
    if state in ANSWERS:
        house.side.reviewing.questions.answer(house.people.member, key, 1, "Seventeen.")
    else:
        with pytest.raises(Conflict):
            house.side.reviewing.questions.answer(house.people.member, key, 1, "Seventeen.")
    assert house.state(key) == state


def test_the_organization_and_the_holder_answer_each_question_once(house: House) -> None:
    key, code = asked(house)
    house.side.reviewing.questions.ask(house.people.reviewer, key, "And when?")
    house.side.reviewing.questions.answer(house.people.member, key, 1, SEVENTEEN)
    followed = house.side.following.answer_by_code(code, 2, "In March.")
    assert [(one.text, one.open, one.answer) for one in followed.asked] == [
        (WHICH, False, None),
        ("And when?", False, None),
    ]
    own = house.side.reviewing.questions.own(house.people.member, key)
    assert [(one.answer, one.writer) for one in own] == [
        (SEVENTEEN, Writer.ORGANIZATION),
        ("In March.", Writer.HOLDER),
    ]
    assert seen(house, key)[0].answer == "Seventeen clinics. Call Ada on [PHONE-1]."
    house.side.reviewing.questions.answer(
        house.people.member, key, 1, f" {SEVENTEEN} "
    )  # the page was sent twice
    with pytest.raises(Conflict, match="answered already"):
        house.side.reviewing.questions.answer(house.people.member, key, 1, "Eighteen.")
    assert [action for action, _, _ in house.steps(key)][-4:] == ["ask", "ask", "answer", "answer"]


def test_whoever_examines_it_sees_the_answer_before_deciding(house: House) -> None:
    key, _ = asked(house)
    lock = house.side.reviews.read(house.people.reviewer, key).submission.summary.lock
    assert ids(changed(house)) == []
    house.side.reviewing.questions.answer(house.people.member, key, 1, SEVENTEEN)
    assert (ids(changed(house)), [one.unread for one in seen(house, key)]) == ([key], [True])
    with pytest.raises(Stale):
        house.side.reviews.accept(house.people.reviewer, key, expected=lock)
    house.side.reviews.accept(house.people.reviewer, key, expected=lock + 1)
    assert (ids(changed(house)), [one.unread for one in seen(house, key)]) == ([], [False])


def test_an_answer_after_the_decision_waits_until_it_is_read(house: House) -> None:
    key, code = asked(house)
    house.side.reviews.decline(house.people.reviewer, key, "not-enough", "")
    house.side.following.answer_by_code(code, 1, "Seventeen.")
    assert ids(changed(house)) == [key]
    with pytest.raises(NotAllowed):
        house.side.reviewing.questions.close(house.people.member, key, 1)
    for _ in range(2):  # pressed twice
        house.side.reviewing.questions.close(house.people.other_reviewer, key, 1)
    assert ids(changed(house)) == []
    assert [action for action, _, _ in house.steps(key)].count("read-answers") == 1


def test_the_longest_waiting_comes_first_whatever_was_added(small_house: House) -> None:
    house = small_house
    (first, code), (second, _) = brought_to(house, State.DECLINED), asked(house)
    house.side.reviewing.questions.answer(house.people.member, second, 1, "Seventeen.")
    house.clock.forward(minutes=1)
    house.side.following.add_by_code(code, "More.")
    assert ids(changed(house)) == [second, first]
    house.clock.forward(minutes=1)
    house.side.following.add(house.people.member, second, "More.")
    assert ids(changed(house)) == [second, first]


@pytest.mark.parametrize(("text", "limit"), [("", 0), (" \n ", 0), ("x", QUESTION_MAX)])
def test_a_question_says_something_and_not_too_much(small_house: House, text: str, limit: int) -> None:
    key, _ = examined(small_house)
    with pytest.raises(Invalid) as refused:
        small_house.side.reviewing.questions.ask(small_house.people.reviewer, key, text + "x" * limit)
    assert [problem.pointer for problem in refused.value.problems] == ["/text"]


@pytest.mark.parametrize("text", ["", " \n ", "x" * (ANSWER_MAX + 1)])
def test_so_does_an_answer(small_house: House, text: str) -> None:
    key, code = asked(small_house)
    with pytest.raises(Invalid):
        small_house.side.reviewing.questions.answer(small_house.people.member, key, 1, text)
    with pytest.raises(Invalid):
        small_house.side.following.answer_by_code(code, 1, text)


def test_only_so_many_wait_at_once_and_only_so_many_are_asked_at_all(small_house: House) -> None:
    house, (key, _) = small_house, examined(small_house)
    for number in range(1, QUESTIONS_MAX + 1):
        house.side.reviewing.questions.ask(house.people.reviewer, key, f"Number {number}?")
        if number == OPEN_MAX:
            with pytest.raises(Conflict, match="wait for an answer already"):
                house.side.reviewing.questions.ask(house.people.reviewer, key, "One more?")
        if number >= OPEN_MAX:
            house.side.reviewing.questions.answer(house.people.member, key, number, "Yes.")
    house.side.reviewing.questions.answer(house.people.member, key, 1, "Yes.")
    with pytest.raises(Conflict, match="takes no more"):
        house.side.reviewing.questions.ask(house.people.reviewer, key, "One more?")


def test_a_page_that_is_sent_twice_asks_once(house: House) -> None:
    key, _ = examined(house)
    at_once(4, lambda _: house.side.reviewing.questions.ask(house.people.reviewer, key, WHICH))
    assert [one.text for one in seen(house, key)] == [WHICH]
    assert letters(house, ASKED) == ["member@example.org"]


def test_of_many_answers_at_once_one_counts(house: House) -> None:
    _, code = asked(house)
    results = at_once(5, lambda n: house.side.following.answer_by_code(code, 1, f"Number {n}"))
    assert sum(isinstance(result, Conflict) for result in results) == 4
    assert letters(house, ANSWERED) == ["reviewer@example.org"]


def test_letters_go_to_those_concerned_and_tell_nothing(house: House) -> None:
    key, _ = asked(house)
    assert letters(house, ASKED) == ["member@example.org"]
    house.side.reviewing.questions.answer(house.people.member, key, 1, SEVENTEEN)
    assert letters(house, ASKED) == [], "it was answered meanwhile"
    assert letters(house, ANSWERED) == ["reviewer@example.org"]
    with house.private.read() as session:
        jobs = repr([dict(one.payload) for one in session.query(OutboxJob)])
    assert "clinic" not in jobs
    house.side.reviewing.questions.close(house.people.reviewer, key, 1)
    assert letters(house, ANSWERED) == [], "it was read meanwhile"


def test_where_the_author_left_the_administrators_are_told(small_house: House) -> None:
    house = small_house
    join(house, "admin", house.people.member, Role.ORG_ADMIN)
    key, _ = examined(house)
    with house.private.work() as session:
        session.execute(delete(Membership).where(Membership.person_id == house.people.member.id))
    house.side.reviewing.questions.ask(house.people.reviewer, key, WHICH)
    assert letters(house, ASKED) == ["admin@example.org"]


def test_strangers_neither_ask_nor_answer_nor_read(house: House) -> None:
    key, _ = asked(house)
    questions, people = house.side.reviewing.questions, house.people
    for act in (
        lambda: questions.answer(people.other_member, key, 1, "Mine"),
        lambda: questions.own(people.other_member, key),
        lambda: questions.answer(people.member, key, 2, "No such question"),
        lambda: house.side.following.answer_by_code("0" * 24, 1, "Mine"),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        questions.of(people.member, key, "en")
    assert seen(house, key)[0].open


def test_nobody_learns_who_asks(house: House) -> None:
    key, code = asked(house)
    own, held = (
        house.side.reviewing.questions.own(house.people.member, key),
        house.side.following.by_code(code).asked,
    )
    told = repr((own, held))
    who = house.people.reviewer
    for secret in (who.id, who.name, who.organization, who.organization_id):
        assert secret not in told


def test_nothing_of_it_lies_open_and_all_of_it_goes_with_the_original(house: House) -> None:
    key, code = asked(house)
    house.side.reviewing.questions.answer(house.people.member, key, 1, SEVENTEEN)
    (row,) = house.ask("SELECT sealed_text, sealed_answer FROM review_question")
    assert b"clinic" not in bytes(row[0]) + bytes(row[1])
    receipt = house.side.custody.originals.erase(house.people.member, key)
    assert receipt.destroyed["questions"] == 1
    assert house.ask("SELECT number FROM review_question") == []
    assert house.side.reviewing.questions.own(house.people.member, key) == ()
    assert house.side.following.by_code(code).asked == ()
    with pytest.raises(NotFound):
        house.side.reviewing.questions.answer(house.people.member, key, 1, "Late")
