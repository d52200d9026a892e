"""Personal details on pages, without scripts: from the report to the public record, and what may go wrong."""

from __future__ import annotations

import time
from typing import Any

import pytest

from registry.intake.personal.rules import Choice
from registry.intake.personal.things import name_of
from registry.intake.rules import State
from tests.factories import account
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import CORE, begin, key_of
from tests.web.town import Town

NAME, MAIL, PHONE = "Wanjiru Kamau", "wanjiru.kamau@clinic.example", "+254 712 345 678"
TEXT = f"The clerk {NAME} wrote from {MAIL}. Call {PHONE}."
HIDE_OPEN, KEEP_CHOSEN = ("all", "hide"), ("all", "keep")
ACCEPT = ("decision", "accept")


def told(**changes: Any) -> dict[str, Any]:
    return account(text=TEXT, **changes)


def field(words: str) -> str:
    """The name of the control for these words."""
    return f"detail-{name_of(words)}"


def set_to(page: Page, action: str, words: str) -> list[str]:
    """What a page holds for these words."""
    return page.form(action).controls[field(words)].values


def in_review(town: Town, **choices: str) -> str:
    """A report with three details for which the organization chose; kept by nobody else yet."""
    key = town.draft(told())
    things = {name_of({"name": NAME, "mail": MAIL, "phone": PHONE}[what]): to for what, to in choices.items()}
    town.side.personal.choose(town.people.member, key, things, expected=None)
    town.side.intake.submit(town.people.member, key)
    town.side.reviews.claim(town.people.reviewer, key)
    return key


def test_the_whole_way_from_the_report_to_the_record(town: Town) -> None:
    member = town.signed_in("member")
    page = begin(member)
    for slug, typed in CORE.items():
        page = member.send(page, typed={**typed, "text": TEXT} if slug == "story" else typed)
    key = key_of(page)
    assert page.path == f"/report/{key}/privacy"
    for words in (NAME, MAIL, PHONE, "E-mail address", "Telephone number", "Possible name"):
        assert words in page.text
    assert set_to(page, "/privacy", MAIL) == ["hide"]
    assert set_to(page, "/privacy", NAME) == []
    check = member.send(page, "/privacy", typed={field(NAME): "keep", field(PHONE): "reviewers"})
    assert (check.path, check.status) == (f"/report/{key}/check", 200)
    for said in ("Hide it from everybody", "Show it to reviewers only", "It is not personal, keep it"):
        assert said in check.text
    assert member.send(check, "/send").path == f"/report/{key}/sent"

    reviewer = town.signed_in("reviewer")
    assert MAIL not in reviewer.open("/review").text
    page = reviewer.send(reviewer.open(f"/review/{key}"), "/claim")
    assert MAIL not in page.html
    assert "[EMAIL-1]" in page.text
    assert "Shown to reviewers only, and never published:" in page.text
    assert field(PHONE) not in page.form("/details").controls
    refused = reviewer.send(page, "/decide", ACCEPT)
    assert refused.status == 409
    assert "Decide on every personal detail first." in refused.text
    page = reviewer.send(refused, "/details", HIDE_OPEN, typed={field(NAME): "keep"})
    assert "Everything is decided." in page.text
    assert set_to(page, "/details", NAME) == ["keep"]
    reviewer.send(page, "/decide", ACCEPT)
    assert town.state(key) is State.ACCEPTED
    town.side.publication.publish_batch()
    record = town.visitor().open(f"/records/{town.record_id(key)}")
    assert record.status == 200
    assert f"The clerk {NAME} wrote from [EMAIL-1]. Call [PHONE-1]." in record.text
    for words in (MAIL, PHONE):
        assert words not in record.html


def test_the_last_question_of_the_core_leads_to_the_details(town: Town) -> None:
    member, key = town.signed_in("member"), town.draft(told())
    last = member.open(f"/report/{key}/where")
    assert member.send(last).path == f"/report/{key}/privacy"
    page = member.open(f"/report/{key}/privacy")
    assert page.link("Back").endswith(f"/report/{key}/where")
    check = member.open(f"/report/{key}/check")
    assert check.link("Back") == check.link("Look at the personal details again") == f"/report/{key}/privacy"


def test_a_report_with_nothing_personal_says_so_and_warns(town: Town) -> None:
    member = town.signed_in("member")
    key = town.draft({"title": "it failed", "text": "it went wrong.", "language": "en"})
    page = member.open(f"/report/{key}/privacy")
    assert "We found nothing personal in your report." in page.text
    assert "Programs miss things" in page.text
    assert member.follow(page.link("Continue")).path == f"/report/{key}/check"


def test_one_button_hides_all_and_each_can_still_be_changed(town: Town) -> None:
    member, key = town.signed_in("member"), town.draft(told())
    page = member.send(member.open(f"/report/{key}/privacy"), "/privacy/hide")
    assert page.path == f"/report/{key}/privacy"
    assert "All details are hidden." in page.text
    assert [set_to(page, "/privacy", words) for words in (NAME, MAIL, PHONE)] == [["hide"]] * 3
    member.send(page, "/privacy", typed={field(NAME): "keep"})
    again = member.open(f"/report/{key}/privacy")
    assert [set_to(again, "/privacy", words) for words in (NAME, MAIL)] == [["keep"], ["hide"]]


def test_the_back_button_shows_what_was_chosen_and_chooses_again(town: Town) -> None:
    member, key = town.signed_in("member"), town.draft(told())
    first = member.open(f"/report/{key}/privacy")
    member.send(first, "/privacy", typed={field(NAME): "hide"})
    stale = member.send(first, "/privacy", typed={field(NAME): "keep"})  # the page as the browser kept it
    assert stale.status == 409
    assert stale.title.startswith("Error: ")
    assert "Your choices are still here: save again." in stale.text
    assert set_to(stale, "/privacy", NAME) == ["keep"]
    assert member.send(stale, "/privacy").path == f"/report/{key}/check"
    assert set_to(member.open(f"/report/{key}/privacy"), "/privacy", NAME) == ["keep"]


def test_pressing_twice_keeps_the_choices_once(town: Town) -> None:
    member, key = town.signed_in("member"), town.draft(told())
    page = member.open(f"/report/{key}/privacy")
    member.send(page, "/privacy", typed={field(NAME): "hide"})
    again = member.send(page, "/privacy", typed={field(NAME): "hide"})
    assert again.status == 409
    assert set_to(again, "/privacy", NAME) == ["hide"]
    assert town.actions(key) == ["create", "decide-details"]


def test_two_windows_keep_what_each_chose_in_sight(town: Town) -> None:
    """The text changes in one window while details are chosen in the other."""
    member, key = town.signed_in("member"), town.draft(told())
    page = member.open(f"/report/{key}/privacy")
    member.send(member.open(f"/report/{key}/story"), text=f"{TEXT} Mail also amina@clinic.example.")
    stale = member.send(page, "/privacy", typed={field(NAME): "hide", field(PHONE): "keep"})
    assert stale.status == 409
    assert [set_to(stale, "/privacy", words) for words in (NAME, PHONE)] == [["hide"], ["keep"]]
    assert set_to(stale, "/privacy", "amina@clinic.example") == ["hide"]
    member.send(stale, "/privacy")
    assert town.side.personal.found(town.people.member, key).decided[0].organization is not None


def test_a_detail_that_is_not_there_is_refused(town: Town) -> None:
    member, key = town.signed_in("member"), town.draft(told())
    data = member.open(f"/report/{key}/privacy").form("/privacy").fill({})
    for wrong in ({f"detail-{'0' * 32}": ["hide"]}, {field(NAME): ["publish"]}, {"detail-": ["hide"]}):
        answer = member.client.post(f"/report/{key}/privacy", data=data | wrong)
        assert answer.status_code == 422
        assert NAME in answer.text
    assert town.actions(key) == ["create"]


@pytest.mark.parametrize("action", ["/privacy", "/privacy/hide"])
def test_after_sending_the_page_leads_to_the_report(town: Town, action: str) -> None:
    member, key = town.signed_in("member"), town.draft(told())
    page = member.open(f"/report/{key}/privacy")
    member.send(member.open(f"/report/{key}/check"))
    late = member.send(page, action)
    assert (late.path, late.status) == (f"/mine/{key}", 200)
    assert member.open(f"/report/{key}/privacy").path == f"/mine/{key}"
    assert "decide-details" not in town.actions(key)


def test_the_panel_counts_what_is_open_and_leads_there(town: Town) -> None:
    key, reviewer = in_review(town, name="keep", mail="keep", phone="keep"), town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    count = len(town.side.reviews.read(town.people.reviewer, key).personal.open)
    assert page.link(f"{count} personal details are still open") == "#details"
    assert "details" in page.ids
    assert page.text.count("The organization would keep it") == 3
    done = reviewer.send(page, "/details", KEEP_CHOSEN)
    assert [set_to(done, "/details", words) for words in (NAME, MAIL, PHONE)] == [["keep"]] * 3
    assert KEEP_CHOSEN not in done.form("/details").buttons


def test_a_reviewers_choices_stay_in_the_form_when_something_changed(town: Town) -> None:
    key, reviewer = in_review(town, name="keep", mail="keep", phone="keep"), town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    reviewer.send(page, "/details", typed={field(NAME): "hide"})
    stale = reviewer.send(page, "/details", typed={field(NAME): "keep", field(MAIL): "hide"})
    assert stale.status == 409
    assert [set_to(stale, "/details", words) for words in (NAME, MAIL)] == [["keep"], ["hide"]]
    reviewer.send(stale, "/details")
    found = {
        one.detail.text: one.reviewer
        for one in town.side.reviews.read(town.people.reviewer, key).personal.decided
    }
    assert (found[NAME], found[MAIL]) == (Choice.KEEP, Choice.HIDE)


def test_others_see_the_details_and_cannot_decide(town: Town) -> None:
    key = in_review(town, name="keep")
    page = town.signed_in("second").open(f"/review/{key}")
    assert NAME in page.text
    assert not [form for form in page.forms if form.action.endswith("/details")]


@pytest.mark.alone
def test_four_hundred_details_are_shown_and_kept_quickly(town: Town) -> None:
    """The page of a whole list of patients: grouped, complete, and each step under a second."""
    mails = [f"p{number}@clinic{number}.example" for number in range(400)]
    text = "\n".join(f"then {mail} wrote." for mail in mails)
    member, key = town.signed_in("member"), town.draft(account(title="a list leaked", text=text))
    page = timed(member, f"/report/{key}/privacy")
    assert sum(field(mail) in page.form("/privacy").controls for mail in mails) == 400
    begun = time.perf_counter()
    check = member.send(page, "/privacy", typed=dict.fromkeys(map(field, mails), "keep"))
    assert time.perf_counter() - begun < 2, "saving, and the page of answers after it"
    assert check.path == f"/report/{key}/check"
    member.send(check)
    reviewer = town.signed_in("reviewer")
    reviewer.send(reviewer.open(f"/review/{key}"), "/claim")
    page = timed(reviewer, f"/review/{key}")
    done = reviewer.send(page, "/details", HIDE_OPEN)
    assert "Everything is decided." in done.text


def timed(visitor: Visitor, path: str) -> Page:
    begun = time.perf_counter()
    page = visitor.open(path)
    assert time.perf_counter() - begun < 1, path
    return page
