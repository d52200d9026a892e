"""Reporting without an account, as its pages show it: off unless the node says so, one report, one code."""

from __future__ import annotations

import re

import pytest

from registry.intake.rules import State
from registry.limits import Limiter
from tests.factories import account, keep_details
from tests.web.browsing import Page, Visitor
from tests.web.town import Town
from web.pages import guest

CODE = re.compile(r"(?:\d{4} ){5}\d{4}")
THEIRS = ("your organization", "my organization", "the organization that sent", "the reporting organization")


def begun(town: Town, prefix: str = "") -> Visitor:
    visitor = town.visitor(prefix)
    visitor.send(visitor.open("/report"), "/report/guest")
    return visitor


def the_guests_report(town: Town, visitor: Visitor) -> tuple[str, str]:
    """A complete draft of this guest: its key, and its code as the page shows it."""
    with visitor.client.session_transaction() as kept:
        actor = town.side.nameless.guest(kept["visit"])
    assert actor is not None
    key = town.side.intake.create(actor, account(), channel="form").view.summary.id
    found = CODE.search(visitor.open("/report/guest").text)
    assert found is not None
    return key, found[0]


def test_nothing_is_offered_where_the_node_takes_none(town: Town) -> None:
    visitor = town.visitor()
    page = visitor.open("/report")
    assert "Without an account" not in page.text
    token = visitor.open("/receipt").form().controls["csrf_token"].values[0]
    answer = visitor.client.post("/report/guest", data={"csrf_token": token})
    assert answer.status_code == 404


def test_a_guest_comes_to_the_first_question_and_to_the_code(open_town: Town) -> None:
    visitor = begun(open_town)
    assert visitor.open("/report/guest").path == "/report/new"
    key, code = the_guests_report(open_town, visitor)
    assert visitor.open("/mine").path == "/report/guest"
    assert visitor.open(f"/mine/{key}").status == 200
    assert visitor.open(f"/report/{key}/check").status == 200
    assert len(code.replace(" ", "")) == 24


def test_a_guest_leaves_and_comes_back_with_the_code(open_town: Town) -> None:
    visitor = begun(open_town)
    key, code = the_guests_report(open_town, visitor)
    page = visitor.send(visitor.open("/report/guest"), "/report/guest/leave")
    assert page.path == "/receipt"
    assert visitor.open(f"/mine/{key}").path == "/signin"
    status = visitor.send(visitor.open("/receipt"), code=code)
    page = visitor.send(status, "/receipt/open")
    assert page.path == f"/mine/{key}"
    assert "Chatbot told patients" in page.text


def test_a_code_of_an_organizations_report_opens_no_report(open_town: Town) -> None:
    code = open_town.receipt(open_town.report(State.SUBMITTED))
    visitor = open_town.visitor()
    status = visitor.send(visitor.open("/receipt"), code=code)
    assert "Open my report" not in status.text
    token = status.form().controls["csrf_token"].values[0]
    answer = visitor.client.post("/receipt/open", data={"csrf_token": token, "code": code})
    assert answer.status_code == 422
    with visitor.client.session_transaction() as kept:
        assert "visit" not in kept


@pytest.mark.parametrize(
    "path", ["/account", "/review", "/organization", "/organization/programs", "/steward"]
)
def test_a_guest_is_let_into_nothing_else(open_town: Town, path: str) -> None:
    visitor = begun(open_town)
    assert visitor.client.get(path).status_code in (403, 404)


def test_two_guests_know_nothing_of_each_other(open_town: Town) -> None:
    first, second = begun(open_town), begun(open_town)
    key, _ = the_guests_report(open_town, first)
    for path in (f"/mine/{key}", f"/report/{key}/check", f"/report/{key}/sent", f"/report/{key}/copy.txt"):
        assert second.open(path).status == 404


def test_a_machine_that_fills_everything_in_is_sent_away(open_town: Town) -> None:
    visitor = open_town.visitor()
    page = visitor.send(visitor.open("/report"), "/report/guest", website="https://spam.example")
    assert page.path == "/report"
    with visitor.client.session_transaction() as kept:
        assert "visit" not in kept


def test_one_place_begins_so_many_reports_an_hour(open_town: Town) -> None:
    for _ in range(guest.BY_PLACE.tries):
        begun(open_town)
    visitor = open_town.visitor()
    page: Page = visitor.send(visitor.open("/report"), "/report/guest")
    assert page.status == 429
    assert isinstance(open_town.node.limiter, Limiter)


def test_reviewers_find_them_apart_and_marked(open_town: Town) -> None:
    visitor = begun(open_town)
    key, _ = the_guests_report(open_town, visitor)
    visitor.send(visitor.open(f"/report/{key}/check"), f"/report/{key}/send")
    reviewer = open_town.signed_in("reviewer")
    assert "Chatbot told patients" not in reviewer.open("/review").text
    page = reviewer.open(reviewer.open("/review").link("Without an account"))
    assert "Chatbot told patients" in page.text
    assert "Without an account" in reviewer.open(f"/review/{key}").text


def test_nobody_without_an_account_reads_of_an_organization_of_theirs(open_town: Town) -> None:
    """On every page of the way, from the start to what is left after deletion."""
    visitor, found = begun(open_town), []

    def look(page: Page) -> None:
        assert page.status == 200, page.path
        said = page.text.casefold()
        found.extend(f"{page.path}: {words}" for words in THEIRS if words in said)

    key, code = the_guests_report(open_town, visitor)
    look(visitor.open("/report"))
    for page in ("story", "similar", "privacy", "exactness", "attachments", "check"):
        look(visitor.open(f"/report/{key}/{page}"))
    look(visitor.send(visitor.open(f"/report/{key}/check"), f"/report/{key}/send"))
    for page in ("", "/withdraw", "/erase"):
        look(visitor.open(f"/mine/{key}{page}"))
    status = visitor.send(visitor.open("/receipt"), code=code)
    look(status)
    look(visitor.send(visitor.open(f"/mine/{key}/withdraw")))
    look(visitor.send(visitor.open("/receipt"), code=code))
    look(visitor.send(visitor.open(f"/mine/{key}/erase")))
    assert found == []


def test_the_short_questions_show_the_way_without_an_account(open_town: Town, town: Town) -> None:
    answered = "/report/kind?ai=no&asked=ai"
    page = open_town.visitor().open(answered)
    assert page.link("You belong to no organization here? Report without an account") == "/report"
    assert "Report without an account" not in town.visitor().open(answered).text


def test_a_guest_revises_the_one_report_that_they_wrote(open_town: Town) -> None:
    visitor = begun(open_town)
    key, _ = the_guests_report(open_town, visitor)
    side, reviewer = open_town.side, open_town.people.reviewer
    visitor.send(visitor.open(f"/report/{key}/check"), f"/report/{key}/send")
    side.reviews.claim(reviewer, key)
    keep_details(side, reviewer, key)
    side.reviews.accept(reviewer, key)
    side.publication.publish_batch()
    page = visitor.send(visitor.open(f"/mine/{key}"), f"/mine/{key}/revise")
    assert (page.status, page.path) == (200, f"/report/{key}/check")
    assert visitor.open("/report/guest").link("Go on with it") == f"/report/{key}/check"
