"""Checking the answers and sending them: once only, whatever is pressed twice, and a record to keep."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from registry.intake.rules import State
from tests.factories import account
from tests.web.pages.answers import CORE, THEMES, begin, fill_in, key_of
from tests.web.town import Town

LACKING = {
    "Kind of event: Choose an answer; not known is one too.": "kind?back=check#kind",
    "Severity: Choose an answer; not known is one too.": "severity?back=check#severity",
    "What went wrong (failure mode): Choose an answer; not known is one too.": "failure?back=check#failure",
    "Type of harm: Choose an answer; not known is one too.": "harm?back=check#harm",
    "Field of work: Choose an answer; not known is one too.": "sector?back=check#sector",
    "Kind of AI system: Choose an answer; not known is one too.": "system?back=check#system",
    "When it happened or began: Say when it happened; a year is enough, and not known "
    "is an answer too.": "when?back=check#from",
}
"""What a draft with no more than a story still needs, in the order of the questions."""


def test_every_answer_can_be_checked_and_changed(town: Town) -> None:
    visitor = town.signed_in("member")
    page = fill_in(visitor)
    for words in (
        "Chatbot told patients to double a dose",
        "March 2026",
        "Kenya",
        f"{town.node.taxonomy.label('failure/unsafe-advice', 'en')} (main)",
        "2 days",
        "Affected people: Told",
        "https://example.org/notice",
        "Not provided",
    ):
        assert words in page.text
    assert "Still needed" not in page.text
    changes = [url for url, text in page.links if text.startswith("Change ")]
    told = {slug for pages in THEMES.values() if any(pages.values()) for slug in pages}
    asked = {*CORE, *told, "identity", "label"} - {"failure-main"}
    assert {urlsplit(url).path.rsplit("/", 1)[1] for url in changes} == asked
    for url in changes:
        page = visitor.follow(url)
        assert urlsplit(url).fragment in ("", *page.ids)


def test_a_change_leads_straight_back_to_the_answers(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.follow(visitor.open(f"/report/{key}/check").link("Change Severity"))
    assert "Save and return to your answers" in page.text
    back = visitor.send(page, severity="severity/minor")
    assert back.address.endswith(f"/report/{key}/check#severity")
    assert "Minor" in back.text
    assert "severity" in back.ids


def test_what_is_still_needed_is_listed_before_and_after_sending(town: Town) -> None:
    visitor = town.signed_in("member")
    key = town.draft({"title": "A story", "text": "It went wrong.", "language": "en"})
    page = visitor.open(f"/report/{key}/check")
    listed = {text: url for url, text in page.links if text in LACKING}
    assert "Still needed before you can send it" in page.text
    assert not page.title.startswith("Error")
    refused = visitor.send(page)
    assert refused.status == 422
    assert refused.title.startswith("Error: Check your answers")
    assert list(refused.summary.items()) == list(listed.items())
    assert list(listed.items()) == [(text, f"/report/{key}/{url}") for text, url in LACKING.items()]
    for url in listed.values():
        assert urlsplit(url).fragment in visitor.follow(url).ids
    assert town.state(key) is State.DRAFT


def test_a_sent_report_gives_a_receipt_and_something_to_keep(town: Town) -> None:
    visitor = town.signed_in("member")
    sent = visitor.send(fill_in(visitor))
    key = key_of(sent)
    assert sent.path == f"/report/{key}/sent"
    assert town.state(key) is State.SUBMITTED
    assert town.receipt(key) in sent.text
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", town.receipt(key))
    assert "at most 60 minutes later" in sent.text
    assert visitor.open(f"/report/{key}/sent").text == sent.text
    copy = visitor.client.get(sent.link("Download a copy"))
    assert copy.mimetype == "text/plain"
    assert copy.headers["Content-Disposition"] == 'attachment; filename="report.txt"'
    assert f"Reference: {key}\nState: Waiting for review\n" in copy.text
    assert "WHAT HAPPENED\n\nWhat happened?\nA health chatbot answered" in copy.text
    assert town.receipt(key) not in copy.text, "a file lies about longer than a page"
    assert "Not provided" not in copy.text


def test_sending_twice_sends_once(town: Town) -> None:
    visitor = town.signed_in("member")
    page = fill_in(visitor)
    key = key_of(page)
    visitor.send(page)
    again = visitor.send(page)
    assert (again.path, again.status) == (f"/mine/{key}", 200)
    assert town.actions(key).count("submit") == 1


def test_the_first_page_pressed_twice_makes_one_draft(town: Town) -> None:
    """With the cookie of the first answer and without it: the page's own mark counts."""
    visitor = town.signed_in("member")
    page = begin(visitor)
    before = visitor.client.get_cookie("commons")
    first = visitor.send(page, title="Once", text="And only once.")
    second = visitor.send(page, title="Once", text="And only once.")
    assert before is not None
    visitor.client.set_cookie("commons", before.value)
    third = visitor.send(page, title="Once", text="And only once.")
    assert first.path == second.path == third.path == f"/report/{key_of(first)}/language"
    assert town.actions(key_of(first)) == ["create"]
    assert len(town.side.submissions.own(town.people.member).items) == 1


def test_the_first_page_can_be_corrected_by_the_back_button(town: Town) -> None:
    visitor = town.signed_in("member")
    page = begin(visitor)
    visitor.send(page, title="Onec", text="And only once.")
    key = key_of(visitor.send(page, title="Once", text="And only once."))
    view = town.side.intake.read(town.people.member, key)
    assert (view.account.title, view.summary.version) == ("Once", 2)


def test_going_back_to_the_first_page_finds_the_draft_again(town: Town) -> None:
    visitor = town.signed_in("member")
    page = begin(visitor)
    key = key_of(visitor.send(page, title="Begun", text="A story."))
    again = visitor.follow(page.address)
    assert again.path == f"/report/{key}/story"
    assert again.form().controls["title"].values == ["Begun"]
    assert key_of(begin(visitor)) == "new"  # another start is another report


@pytest.mark.parametrize("state", [state for state in State if state is not State.SCHEDULED])
def test_only_drafts_and_reports_to_change_can_be_written(town: Town, state: State) -> None:
    key, visitor = town.report(state), town.signed_in("member")
    writable = state in (State.DRAFT, State.CHANGES_REQUESTED, State.REVISING)
    for page in ("story", "check"):
        assert (visitor.open(f"/report/{key}/{page}").path == f"/mine/{key}") == (not writable)
    confirmation = visitor.open(f"/report/{key}/sent").path
    led = {
        State.DRAFT: f"/report/{key}/check",
        State.WITHDRAWN: f"/mine/{key}",
        State.REVISING: f"/mine/{key}",
    }
    assert confirmation == led.get(state, f"/report/{key}/sent")


def test_a_report_sent_again_after_changes_says_so(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.report(State.CHANGES_REQUESTED)
    page = visitor.open(f"/report/{key}/check")
    assert "Send the changed report" in page.text
    visitor.send(page)
    assert town.state(key) is State.IN_REVIEW


def test_of_several_answers_the_main_one_is_asked(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.follow(visitor.open(f"/report/{key}/check").link("Change What went wrong"))
    main = visitor.send(page, failure=["failure/fabrication", "failure/bias", "failure/unsafe-advice"])
    assert main.path == f"/report/{key}/failure-main"
    assert main.form().controls["failure-main"].values == ["failure/unsafe-advice"], "as it was"
    check = visitor.send(main, failure_main="failure/bias")
    assert check.address.endswith(f"/report/{key}/check#failure")
    stored = town.side.intake.read(town.people.member, key).account.classification["failure"]
    assert stored == ("failure/bias", "failure/fabrication", "failure/unsafe-advice")
    page = visitor.open(f"/report/{key}/failure")
    assert visitor.send(page, failure=["failure/bias"]).path == f"/report/{key}/harm"


def leftover() -> dict[str, Any]:
    """An account whose answer on the attacker's intent was given while an attack was chosen."""
    raw = account()
    raw["classification"]["cause-intent"] = ["cause-intent/intentional"]
    return raw


def test_answers_that_no_longer_fit_are_kept_and_not_sent_and_that_is_said(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(leftover())
    check = visitor.open(f"/report/{key}/check")
    assert "Answers that are not sent" in check.text
    assert "You chose neither an attack on the AI nor a security breach as what went wrong." in check.text
    assert "Intentional" in check.text
    assert "The attack" not in check.text
    assert visitor.send(check).path == f"/report/{key}/sent"
    sent = town.side.intake.read(town.people.member, key)
    assert "cause-intent" not in sent.account.classification
    assert town.actions(key) == ["create", "revise", "submit"]
    reviewer = town.signed_in("reviewer").open(f"/review/{key}")
    assert "Intentional" not in reviewer.text


def test_an_answer_fits_again_when_the_other_is_changed_back(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(leftover())
    failure = visitor.follow(visitor.open(f"/report/{key}/check").link("Change What went wrong"))
    check = visitor.send(failure, failure=["failure/credentials"])
    assert "Answers that are not sent" not in check.text
    assert "The attack 1 of 3 answered" in check.text
    visitor.send(check)
    sent = town.side.intake.read(town.people.member, key)
    assert sent.account.classification["cause-intent"] == ("cause-intent/intentional",)


def test_leftovers_stay_in_the_draft_while_something_is_missing(town: Town) -> None:
    raw = leftover()
    del raw["happened"]
    visitor, key = town.signed_in("member"), town.draft(raw)
    refused = visitor.send(visitor.open(f"/report/{key}/check"))
    assert refused.status == 422
    assert list(refused.summary.values()) == [f"/report/{key}/when?back=check#from"]
    assert town.actions(key) == ["create"]


def test_leftovers_of_a_page_that_is_stale_are_left_alone(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(leftover())
    check = visitor.open(f"/report/{key}/check")
    visitor.send(visitor.open(f"/report/{key}/story"), title="Changed by a colleague")
    assert visitor.send(check).status == 409
    assert town.actions(key) == ["create", "revise"]
    assert town.state(key) is State.DRAFT


@pytest.mark.parametrize(
    ("lacking", "slug"), [("title", "story"), ("happened", "when"), ("classification", "kind"), ("", "check")]
)
def test_a_draft_goes_on_where_it_stopped(town: Town, lacking: str, slug: str) -> None:
    raw = account()
    raw.pop(lacking, None)
    visitor, key = town.signed_in("member"), town.draft(raw)
    assert visitor.open(f"/report/{key}").path == f"/report/{key}/{slug}"
    mine = visitor.open(f"/mine/{key}")
    assert visitor.follow(mine.link("Go on with it")).path == f"/report/{key}/{slug}"
    if slug not in ("check", "story"):
        check = visitor.open(f"/report/{key}/check")
        assert visitor.follow(check.link("Go on with the questions")).path == f"/report/{key}/{slug}"


def test_a_report_that_was_sent_does_not_go_on(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    assert town.signed_in("member").open(f"/report/{key}").path == f"/mine/{key}"


def test_the_confirmation_prints_as_a_record(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.report(State.SUBMITTED)
    page = visitor.open(f"/report/{key}/sent")
    for words in (
        "Site Incident Commons",
        f"http://localhost/report/{key}/sent",
        "Sent on",
        key,
        "What happens next",
    ):
        assert words in page.text
