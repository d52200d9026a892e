"""Questions to whoever sent a report, on the pages of all three who read them."""

from __future__ import annotations

from registry.intake.rules import State
from tests.web.pages.test_receipt_pages import look_up
from tests.web.town import Town

WHICH = "Which clinic kind?"


def asked(town: Town) -> str:
    key = town.report(State.IN_REVIEW)
    town.side.reviewing.questions.ask(town.people.reviewer, key, WHICH)
    return key


def test_a_reviewer_asks_and_loses_nothing_that_was_typed(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    empty = visitor.send(page, "/ask", note="Half a thought", question=" ")
    assert (empty.status, empty.title.startswith("Error: ")) == (422, True)
    assert empty.summary == {"Write what you would like to know.": "#question"}
    done = visitor.send(empty, "/ask", note="Half a thought", question=WHICH)
    assert "Your question is on its way." in done.text
    assert "waits for an answer" in done.text
    assert done.form("/decide").controls["note"].values == ["Half a thought"]
    assert done.form("/decide").controls["question"].values == [""]
    assert town.state(key) is State.IN_REVIEW


def test_a_question_that_was_not_sent_is_kept_by_other_buttons(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.send(visitor.open(f"/review/{key}"), "/notes", remark="Odd.", question="Not sent yet?")
    assert page.form("/decide").controls["question"].values == ["Not sent yet?"]
    released = visitor.send(page, "/release", question="Not sent yet?")
    assert released.form("/claim").controls["question"].values == ["Not sent yet?"]
    assert town.side.reviewing.questions.own(town.people.member, key) == ()


def test_who_does_not_hold_the_report_reads_questions_and_asks_none(town: Town) -> None:
    page = town.signed_in("second").open(f"/review/{asked(town)}")
    assert WHICH in page.text
    assert "Send the question" not in page.text


def test_the_organization_is_shown_the_question_and_answers(town: Town) -> None:
    key, member = asked(town), town.signed_in("member")
    assert "A reviewer has a question" in member.open("/mine").text
    page = member.open(f"/mine/{key}")
    assert WHICH in page.text
    empty = member.send(page, "/questions/1", text=" ")
    assert (empty.status, empty.summary) == (422, {"Write your answer.": "#answer-1"})
    done = member.send(empty, "/questions/1", text="Seventeen clinics.")
    assert "Your answer is with the reviewers." in done.text
    assert "Seventeen clinics." in done.text
    assert "A reviewer has a question" not in member.open("/mine").text
    again = member.send(page, "/questions/1", text="Eighteen.")
    assert (again.status, "answered already" in again.text) == (409, True)
    assert "A reviewer read the answers" not in done.text
    reviewer = town.signed_in("reviewer")
    assert "Chatbot told patients" in reviewer.open("/review?queue=changed").text
    read = reviewer.send(reviewer.open(f"/review/{key}"), "/answers")
    assert "Seventeen clinics." in read.text
    assert "Chatbot told patients" not in reviewer.open("/review?queue=changed").text


def test_the_holder_of_the_code_answers_without_an_account(town: Town) -> None:
    key, visitor = asked(town), town.visitor()
    page = look_up(visitor, town.receipt(key))
    assert WHICH in page.text
    empty = visitor.send(page, "/receipt/answer", text="")
    assert (empty.status, empty.summary) == (422, {"Write your answer.": "#answer-1"})
    done = visitor.send(empty, "/receipt/answer", text="Seventeen clinics.")
    assert "Your answer is with the reviewers." in done.text
    assert "Seventeen" not in done.text
    assert "Seventeen clinics." in town.signed_in("member").open(f"/mine/{key}").text
    late = visitor.send(page, "/receipt/answer", text="Eighteen.")
    assert (late.status, "answered already" in late.text) == (409, True)


def test_after_the_decision_another_reviewer_marks_answers_as_read(town: Town) -> None:
    key = asked(town)
    town.side.reviews.decline(town.people.reviewer, key, "not-enough", "")
    town.side.reviewing.questions.answer(town.people.member, key, 1, "Seventeen clinics.")
    second = town.signed_in("second")
    page = second.send(second.open(f"/review/{key}"), "/answers")
    assert "The answers are marked as read." in page.text
    assert "I have read the answers" not in page.text
