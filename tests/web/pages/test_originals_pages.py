"""Deleting a report for good: what it means is said first, a receipt stays, and pages go on working."""

from __future__ import annotations

import pytest

from registry.intake.rules import STATE_LABELS, State
from tests.factories import account
from tests.web.town import WAYS, Town

TITLE = "Chatbot told patients"
GONE = "The original was deleted on November 24, 2026."


@pytest.mark.parametrize("state", WAYS)
def test_it_is_asked_done_and_confirmed_in_every_state(town: Town, state: State) -> None:
    key, visitor = town.report(state), town.signed_in("member")
    question = visitor.follow(visitor.open(f"/mine/{key}").link("for good"))
    assert TITLE in question.text
    assert "This cannot be undone." in question.text
    assert ("leaves the review" in question.text) == (state not in (State.DRAFT, *AT_THE_END, *PUBLIC))
    assert ("The revision is given up." in question.text) == (state is State.REVISING)
    assert ("The public record stays." in question.text) == (state in PUBLIC)
    assert ("name the record" in question.text) == (state in PUBLIC)
    receipt = visitor.send(question)
    assert (receipt.status, receipt.path) == (200, f"/mine/{key}/erasure")
    assert key in receipt.text
    assert "Whoever sent the report asked for it" in receipt.text
    assert "no line was changed since" in receipt.text
    assert STATE_LABELS[ENDS_AS.get(state, State.WITHDRAWN)] in receipt.text
    page = visitor.open(f"/mine/{key}")
    assert GONE in page.text
    assert TITLE not in page.text
    assert ("The public record remains." in page.text) == (state in PUBLIC)
    assert visitor.follow(page.link("Receipt of deletion")).text == receipt.text
    assert "Original deleted on" in visitor.open("/mine").text


PUBLIC = (State.PUBLISHED, State.REVISING)
AT_THE_END = (State.PUBLISHED, State.DECLINED, State.WITHDRAWN)
ENDS_AS = {state: state for state in AT_THE_END} | {State.REVISING: State.PUBLISHED}
"""State → where it stands once its original is gone; everything else is withdrawn by that."""


def test_nothing_happens_before_the_button(town: Town) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    question = visitor.open(f"/mine/{key}/erase")
    assert question.link("No, keep it") == f"/mine/{key}"
    assert question.link("Download a copy") == f"/report/{key}/copy.txt"
    assert town.actions(key) == ["create"]
    assert visitor.open(f"/mine/{key}/erasure").status == 404


def test_sent_twice_or_gone_back_to_it_shows_the_one_receipt(town: Town) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    question = visitor.open(f"/mine/{key}/erase")
    receipt = visitor.send(question)
    assert visitor.send(question).text == receipt.text
    assert visitor.open(f"/mine/{key}/erase").text == receipt.text
    assert town.actions(key).count("erase") == 1


def test_a_change_in_another_window_stops_it(town: Town) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    question = visitor.open(f"/mine/{key}/erase")
    town.side.intake.revise(town.people.member, key, account(title="A better title"), expected=1)
    stopped = visitor.send(question)
    assert (stopped.status, stopped.title[:7]) == (409, "Error: ")
    assert "A better title" in stopped.text
    assert visitor.send(stopped).path == f"/mine/{key}/erasure"


def test_while_it_goes_through_the_door_it_is_neither_offered_nor_done(town: Town) -> None:
    key, visitor = town.report(State.ACCEPTED), town.signed_in("member")
    question = visitor.open(f"/mine/{key}/erase")
    town.side.publication.reserve()
    assert "Delete this report" not in visitor.open(f"/mine/{key}").text
    assert visitor.open(f"/mine/{key}/erase").path == f"/mine/{key}"
    assert visitor.send(question).status == 409
    assert town.state(key) is State.SCHEDULED


def test_a_draft_without_a_title_can_be_deleted(town: Town) -> None:
    key, visitor = town.draft({"text": "Something."}), town.signed_in("member")
    assert "Draft without a title" in visitor.open(f"/mine/{key}/erase").text
    assert visitor.send(visitor.open(f"/mine/{key}/erase")).path == f"/mine/{key}/erasure"


def test_the_receipt_can_be_kept_as_text(town: Town) -> None:
    key, visitor = town.report(State.PUBLISHED), town.signed_in("member")
    visitor.send(visitor.open(f"/mine/{key}/erase"))
    answer = visitor.client.get(f"/mine/{key}/erasure.txt")
    receipt = town.side.custody.originals.receipt(town.people.member, key)
    assert answer.mimetype == "text/plain"
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = answer.text.splitlines()
    for line in (
        f"Reference: {key}",
        "Destroyed on: 2026-11-24T09:30:00+00:00",
        "Versions of the report: 1",
        "Notes of reviewers: 1",
        f"Public record: {town.record_id(key)}",
        f"Check value: {receipt.check_value}",
    ):
        assert line in lines
    assert TITLE not in answer.text


def test_a_receipt_that_was_tampered_with_is_called_so(town: Town) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    visitor.send(visitor.open(f"/mine/{key}/erase"))
    with town.side.database.work() as session:
        session.connection().exec_driver_sql("UPDATE erasure SET why = 'time'")
    assert "It does not fit any more." in visitor.open(f"/mine/{key}/erasure").text


def test_reviewers_and_receipt_holders_are_told(town: Town) -> None:
    key = town.report(State.DECLINED)
    town.side.custody.originals.erase(town.people.member, key)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    assert (page.status, page.title[:16]) == (200, "Original deleted")
    assert GONE in page.text
    assert "No AI system played a part" in page.text
    for words in (TITLE, "A spreadsheet did this."):
        assert words not in page.text
    visitor = town.visitor()
    status = visitor.send(visitor.open("/receipt"), code=town.receipt(key))
    assert GONE in status.text


def test_every_other_page_of_a_deleted_report_still_answers(town: Town) -> None:
    keys = {state: town.report(state) for state in WAYS}
    for key in keys.values():
        town.side.custody.originals.erase(town.people.member, key)
    member, reviewer = town.signed_in("member"), town.signed_in("reviewer")
    for state, key in keys.items():
        for path in ("sent", "copy.txt", "story", "check", "privacy"):
            answer = member.client.get(f"/report/{key}/{path}", follow_redirects=True)
            assert answer.status_code in (200, 409), (state, path)
            assert TITLE not in answer.text
        seen = town.state(key) in (State.PUBLISHED, State.DECLINED)
        assert reviewer.open(f"/review/{key}").status == (200 if seen else 404)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        (State.PUBLISHED, "December 24, 2026"),
        (State.DECLINED, "May 23, 2027"),
        (State.WITHDRAWN, "December 24, 2026"),
    ],
)
def test_a_report_says_when_its_original_goes(town: Town, state: State, day: str) -> None:
    page = town.signed_in("member").open(f"/mine/{town.report(state)}")
    assert f"The original is deleted on {day}." in page.text


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED])
def test_what_is_kept_for_as_long_as_it_takes_says_nothing_of_the_kind(town: Town, state: State) -> None:
    assert "deleted on" not in town.signed_in("member").open(f"/mine/{town.report(state)}").text


def test_a_draft_that_nobody_changed_warns_on_its_page(town: Town) -> None:
    key = town.draft()
    town.clock.forward(days=335)
    town.side.custody.retention.run()
    page = town.signed_in("member").open(f"/mine/{key}")
    assert "It is deleted on November 24, 2027, unless you change or send it." in page.text
    assert "Told that this draft will be deleted" in page.text


def test_taking_back_says_how_long_it_can_be_read_and_leads_to_deleting(town: Town) -> None:
    key, visitor = town.report(State.SUBMITTED), town.signed_in("member")
    question = visitor.open(f"/mine/{key}/withdraw")
    assert "for 30 days" in question.text
    assert question.link("delete it for good at once") == f"/mine/{key}/erase"


def test_the_page_of_a_published_report_stays_without_its_original(town: Town) -> None:
    key = town.report(State.PUBLISHED)
    town.side.custody.originals.erase(town.people.member, key)
    page = town.signed_in("member").open(f"/mine/{key}")
    assert page.status == 200
    assert "Original deleted" in page.text
    assert "Receipt of deletion" in page.text
