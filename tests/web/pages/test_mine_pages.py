"""An organization's own reports: only its own, in words, with the ways to change or take them back."""

from __future__ import annotations

import re

import pytest

from registry.intake.rules import STATE_LABELS, State
from tests.factories import account
from tests.web.town import WAYS, Town
from web.pages.states import MEANING

WRITTEN = tuple(WAYS)
"""Every state in which a report rests."""
EDITABLE = {
    State.DRAFT: "Go on with it",
    State.CHANGES_REQUESTED: "Change and send again",
    State.REVISING: "Go on with the revision",
}
PUBLIC = frozenset({State.PUBLISHED, State.REVISING})
FINAL = frozenset({State.PUBLISHED, State.DECLINED, State.WITHDRAWN})


def test_an_organization_sees_its_own_reports_only(town: Town) -> None:
    key = town.draft(account(title="Ours"))
    town.draft(account(title="Theirs"), town.people.other_member)
    member, other = town.signed_in("member"), town.signed_in("other")
    assert "Ours" in member.open("/mine").text
    assert "Theirs" not in member.open("/mine").text
    assert "Ours" not in other.open("/mine").text
    for path in ("", "/withdraw"):
        assert other.open(f"/mine/{key}{path}").status == 404
    for path in ("story", "check", "sent", "copy.txt"):
        assert other.open(f"/report/{key}/{path}").status == 404


def test_nobody_else_can_act_on_a_report(town: Town) -> None:
    key, other = town.draft(), town.signed_in("other")
    own = town.draft(author=town.people.other_member)
    form = other.open(f"/mine/{own}/withdraw").form()
    for path in (f"/mine/{key}/withdraw", f"/report/{key}/send", f"/report/{key}/story"):
        answer = other.client.post(path, data=form.fill({}))
        assert answer.status_code == 404
    assert town.actions(key) == ["create"]


@pytest.mark.parametrize("state", WRITTEN)
def test_a_report_says_where_it_stands_and_what_can_be_done(town: Town, state: State) -> None:
    key, visitor = town.report(state), town.signed_in("member")
    page = visitor.open(f"/mine/{key}")
    assert STATE_LABELS[state] in page.text
    assert MEANING[state] in page.text
    for other, offer in EDITABLE.items():
        assert (offer in page.text) == (state is other)
    assert ("Take it back" in page.text) == (state not in (*FINAL, State.REVISING))
    assert ("Take the revision back" in page.text) == (state is State.REVISING)
    assert (town.receipt(key) in page.text) == (state is not State.DRAFT)
    assert ("Confirmation to print" in page.text) == (
        state not in (State.DRAFT, State.REVISING, State.WITHDRAWN)
    )
    assert ("Read the public record" in page.text) == (state in PUBLIC)
    assert "in_review" not in page.text
    assert "changes_requested" not in page.text
    assert STATE_LABELS[state] in visitor.open("/mine").text


@pytest.mark.parametrize("state", WRITTEN)
def test_the_list_can_be_narrowed_to_a_state(town: Town, state: State) -> None:
    town.report(state, account(title="The one"))
    town.draft(account(title="A draft"))
    visitor = town.signed_in("member")
    tabs = {text: url for url, text in visitor.open("/mine").links if "state=" in url}
    page = visitor.follow(tabs[STATE_LABELS[state]])
    assert "The one" in page.text
    assert ("A draft" in page.text) == (state is State.DRAFT)
    assert 'aria-current="page"' in page.html
    assert "The one" in visitor.open("/mine?state=nothing").text  # an unknown state asks for all


def test_a_state_without_reports_offers_all(town: Town) -> None:
    town.draft()
    page = town.signed_in("member").open("/mine?state=declined")
    assert "No report is in this state." in page.text
    assert page.link("Show all") == "/mine"


def test_a_long_list_is_turned_page_by_page(town: Town) -> None:
    for number in range(23):
        town.draft(account(title=f"Report {number:02}"))
        town.clock.forward(minutes=1)
    visitor = town.signed_in("member")
    first = visitor.open("/mine")
    second = visitor.follow(first.link("Next page"))
    titles = re.findall(r"Report \d\d", first.text + second.text)
    assert titles == [f"Report {number:02}" for number in reversed(range(23))]
    assert "Next page" not in second.text
    assert second.link("Back to the first page") == "/mine"
    assert visitor.open("/mine?cursor=nonsense").status == 422


def test_taking_back_asks_first_and_then_is_final(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("member")
    question = visitor.follow(visitor.open(f"/mine/{key}").link("Take it back"))
    assert "Take this report back?" in question.text
    assert question.link("No, keep it") == f"/mine/{key}"
    assert town.state(key) is State.IN_REVIEW
    done = visitor.send(question)
    assert (done.path, town.state(key)) == (f"/mine/{key}", State.WITHDRAWN)
    assert "The report is taken back." in done.text
    assert visitor.open(f"/mine/{key}/withdraw").path == f"/mine/{key}"
    again = visitor.send(question)
    assert again.status == 409
    assert again.title.startswith("Error: ")
    assert town.actions(key).count("withdraw") == 1


def test_a_published_report_cannot_be_taken_back(town: Town) -> None:
    key, visitor = town.report(State.ACCEPTED), town.signed_in("member")
    question = visitor.open(f"/mine/{key}/withdraw")
    town.side.publication.publish_batch()
    refused = visitor.send(question)
    assert refused.status == 409
    assert town.state(key) is State.PUBLISHED


def test_a_request_for_changes_is_read_answered_and_answered_again(town: Town) -> None:
    key, visitor = town.report(State.CHANGES_REQUESTED), town.signed_in("member")
    page = visitor.open(f"/mine/{key}")
    assert "Say which clinic kind." in page.text
    assert "Changes requested" in page.text
    check = visitor.follow(page.link("Change and send again"))
    story = visitor.follow(check.link("Change What happened?"))
    check = visitor.send(story, text="A health chatbot of a mobile clinic gave twice the safe dose.")
    visitor.send(check)
    assert town.state(key) is State.IN_REVIEW
    after = visitor.open(f"/mine/{key}")
    assert "Say which clinic kind." in after.text  # what was decided stays readable
    assert "version 1" in after.text
    reviewer = town.signed_in("reviewer").open(f"/review/{key}")
    assert "mobile clinic" in reviewer.text
    assert "You decide on version 2." in reviewer.text


def test_a_declined_report_says_why(town: Town) -> None:
    page = town.signed_in("member").open(f"/mine/{town.report(State.DECLINED)}")
    assert "No AI system played a part" in page.text
    assert "A spreadsheet did this." in page.text
    assert "not-ai" not in page.text


@pytest.mark.parametrize("state", WRITTEN)
def test_reviewers_stay_unnamed(town: Town, state: State) -> None:
    key, visitor = town.report(state), town.signed_in("member")
    for path in (f"/mine/{key}", f"/report/{key}/sent"):
        page = visitor.open(path)
        for name in ("Open Review", "reviewer@example.org", town.people.reviewer.id):
            assert name not in page.html


def test_a_published_report_leads_to_its_record(town: Town) -> None:
    key, visitor = town.report(State.PUBLISHED), town.signed_in("member", "/fr")
    page = visitor.open(f"/mine/{key}")
    record = f"/fr/records/{town.record_id(key)}"
    assert record in [url for url, _ in page.links]
    assert visitor.follow(record).status == 200
