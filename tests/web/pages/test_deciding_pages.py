"""The three decisions on a report: what each needs, what it keeps when refused, and for which version."""

from __future__ import annotations

import pytest

from registry.intake.rules import State
from registry.review.rules import DECLINE_REASONS
from tests.factories import keep_details
from tests.web.town import Town
from web.pages.judged import GONE

ACCEPT, ASK, DECLINE = (("decision", name) for name in ("accept", "request-changes", "decline"))


def test_accepting_says_when_it_will_be_published(town: Town) -> None:
    key, visitor = town.report(State.SUBMITTED), town.signed_in("reviewer")
    visitor.send(visitor.open(f"/review/{key}"), "/claim")
    keep_details(town.side, town.people.reviewer, key)
    page = visitor.open(f"/review/{key}")
    assert "It is published as the preview shows it, in about 30 minutes." in page.text  # at half past
    done = visitor.send(page, "/decide", ACCEPT)
    assert (done.status, town.state(key)) == (200, State.ACCEPTED)
    assert "Accepted. It will be published in about 30 minutes" in done.text
    again = visitor.send(page, "/decide", ACCEPT)
    assert again.status == 409
    assert town.actions(key).count("accept") == 1


def test_changes_cannot_be_asked_for_without_saying_which(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    refused = visitor.send(page, "/decide", ASK, note="  ")
    assert refused.status == 422
    assert refused.title.startswith("Error: ")
    assert list(refused.summary.values()) == ["#note"]
    assert "note" in refused.ids
    done = visitor.send(refused, "/decide", ASK, note="Say which kind of clinic.")
    assert town.state(key) is State.CHANGES_REQUESTED
    assert "The organization is asked to change its report." in done.text
    assert "Say which kind of clinic." in done.text


def test_declining_needs_a_reason_and_keeps_the_note(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    refused = visitor.send(page, "/decide", DECLINE, note="This was a spreadsheet.")
    assert refused.status == 422
    assert refused.summary == {"Choose the reason for declining.": "#reason"}
    assert "reason" in refused.ids
    assert refused.form("/decide").controls["note"].values == ["This was a spreadsheet."]
    unexplained = visitor.send(refused, "/decide", DECLINE, reason="other", note="")
    assert list(unexplained.summary.values()) == ["#note"]
    assert unexplained.form("/decide").controls["reason"].values == ["other"]
    assert town.state(key) is State.IN_REVIEW
    done = visitor.send(unexplained, "/decide", DECLINE, reason="not-ai", note="This was a spreadsheet.")
    assert town.state(key) is State.DECLINED
    assert "The report is declined." in done.text
    assert DECLINE_REASONS["not-ai"] in done.text


def test_every_reason_for_declining_is_offered_in_words(town: Town) -> None:
    page = town.signed_in("reviewer").open(f"/review/{town.report(State.IN_REVIEW)}")
    assert page.form("/decide").controls["reason"].offered == ["", *DECLINE_REASONS]
    for words in DECLINE_REASONS.values():
        assert words in page.text


def test_a_decision_counts_for_the_version_that_was_read_only(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    visitor.send(page, "/decide", ASK, note="Which clinic?")
    member = town.signed_in("member")
    member.send(member.send(member.open(f"/report/{key}/story"), text="Another story altogether."))
    member.send(member.open(f"/report/{key}/check"))
    assert town.state(key) is State.IN_REVIEW
    stale = visitor.send(page, "/decide", ACCEPT, note="Fine by me.")
    assert stale.status == 409
    assert "Another story altogether." in stale.text
    assert stale.form("/decide").controls["note"].values == ["Fine by me."]
    assert town.state(key) is State.IN_REVIEW


def test_a_report_taken_back_during_review_is_gone(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    town.side.intake.withdraw(town.people.member, key)
    gone = visitor.send(page, "/decide", ACCEPT)
    assert gone.status == 404
    assert GONE in gone.text
    assert town.state(key) is State.WITHDRAWN


def test_an_unknown_decision_decides_nothing(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    data = visitor.open(f"/review/{key}").form("/decide").fill({})
    for decision in ("publish", "", "withdraw"):
        answer = visitor.client.post(f"/review/{key}/decide", data=data | {"decision": [decision]})
        assert answer.headers["Location"].endswith(f"/review/{key}")
    assert town.state(key) is State.IN_REVIEW


@pytest.mark.parametrize("name", ["member", "other", "steward"])
def test_only_reviewers_decide(town: Town, name: str) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in(name)
    token = visitor.open("/account").form("/signout").fill({})
    for act in ("claim", "release", "decide"):
        answer = visitor.client.post(f"/review/{key}/{act}", data=token | {"decision": ["accept"]})
        assert answer.status_code == 403
    assert town.state(key) is State.IN_REVIEW
