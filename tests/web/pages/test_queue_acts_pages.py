"""Acting on several reports of the queue, views that one keeps, and the steward's list of late ones."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

import pytest

from registry.intake.rules import State
from tests.factories import account
from tests.statements import counted
from tests.web.browsing import Page, Visitor
from tests.web.town import Town

MOST_STATEMENTS = 12
"""Of one page of the queue."""


def looked(visitor: Visitor, act: str, *keys: str) -> Page:
    """The page before the act."""
    return visitor.open("/review/batch?" + urlencode({"act": act, "report": keys}, doseq=True))


def test_several_are_claimed_after_a_look_at_each(town: Town) -> None:
    free = [town.report(State.SUBMITTED, account(title=f"Free {number}")) for number in range(2)]
    held = town.report(State.SUBMITTED, account(title="Held by another"))
    town.side.reviews.claim(town.people.other_reviewer, held)
    visitor = town.signed_in("reviewer")
    page = looked(visitor, "claim", *free, held)
    for words in (
        "Claim: 2 reports",
        "Nothing has happened yet.",
        "Will be left alone",
        "Second is reviewing",
    ):
        assert words in page.text
    assert {town.state(key) for key in free} == {State.SUBMITTED}
    town.side.reviews.claim(town.people.other_reviewer, free[0])
    done = visitor.send(page, "/review/batch")
    assert "Done for 1 report. 1 was left alone" in done.text
    assert "Free 1" in visitor.follow(done.link("Show what you hold")).text
    assert [town.actions(key).count("claim") for key in (*free, held)] == [1, 1, 1]
    again = visitor.send(page, "/review/batch")
    assert "Done for 0 reports." in again.text


def test_several_are_declined_with_one_reason(town: Town) -> None:
    keys = [town.report(State.IN_REVIEW) for _ in range(2)]
    visitor = town.signed_in("reviewer")
    page = looked(visitor, "decline", *keys)
    wrong = visitor.send(page, "/review/batch", note="Only this.")
    assert (wrong.status, wrong.title.startswith("Error:")) == (422, True)
    assert "Only this." in wrong.html
    assert {town.state(key) for key in keys} == {State.IN_REVIEW}
    done = visitor.send(wrong, "/review/batch", reason="test")
    assert "Done for 2 reports." in done.text
    assert {town.state(key) for key in keys} == {State.DECLINED}


def test_nothing_chosen_and_nothing_possible_are_said(town: Town) -> None:
    visitor = town.signed_in("reviewer")
    assert looked(visitor, "claim").status == 422
    page = looked(visitor, "release", town.report(State.SUBMITTED), "0" * 32)
    assert "Nobody has claimed it. Claim it first;" in page.text
    assert "This is possible for none of them." in page.text
    assert "Not there any more" in page.text
    assert not [form for form in page.forms if form.action.endswith("/review/batch")]


def test_the_queue_leads_to_the_look(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    page = town.signed_in("reviewer").open("/review")
    form = next(each for each in page.forms if each.action.endswith("/review/batch"))
    assert form.controls["report"].offered == [key]
    assert [value for _, value in form.buttons] == ["claim", "release", "decline"]


def test_all_of_a_page_are_chosen_and_left_by_a_link(town: Town) -> None:
    """No script ticks the boxes: the page comes again with them, and keeps what was asked for."""
    for number in range(3):
        town.report(State.SUBMITTED, account(title=f"Waiting {number}"))
    visitor = town.signed_in("reviewer")
    plain = visitor.open("/review?language=en&sort=newest")
    assert plain.html.count(" checked") == 0
    every = visitor.follow(plain.link("Choose all on this page"))
    assert every.html.count(" checked") == 3
    assert all(part in every.address for part in ("language=en", "sort=newest"))
    assert visitor.follow(every.link("Choose none")).html.count(" checked") == 0


@pytest.mark.parametrize(
    ("hours", "badge"), [(1, "badge "), (24 * 3 + 1, "badge warn"), (24 * 5, "badge bad")]
)
def test_a_target_stands_out_when_it_is_near_or_past(town: Town, hours: int, badge: str) -> None:
    town.report(State.SUBMITTED)
    town.clock.forward(hours=hours)
    assert f'<td><span class="{badge}">' in town.signed_in("reviewer").open("/review").html


def test_after_several_were_done_the_list_is_the_same_again(town: Town) -> None:
    keys = [town.report(State.SUBMITTED, account(title=f"Waiting {number}")) for number in range(3)]
    visitor = town.signed_in("reviewer")
    queue = visitor.open("/review?language=en&sort=newest")
    form = next(each for each in queue.forms if each.action.endswith("/review/batch"))
    chosen = form.fill({"report": keys[:2]}) | {"act": ["claim"]}
    page = visitor.open("/review/batch?" + urlencode(chosen, doseq=True))
    done = visitor.send(page, "/review/batch")
    again = visitor.follow(done.link("Back to the review queue"))
    assert (again.path, "Waiting 2" in again.text) == ("/review", True)
    assert all(part in again.address for part in ("language=en", "sort=newest"))


def test_a_view_is_kept_opened_and_removed(town: Town) -> None:
    visitor = town.signed_in("reviewer")
    page = visitor.open("/review?queue=statements&sort=newest&severity=severity/critical")
    kept = visitor.send(page, "/review/views", name="Critical ones")
    assert "The view is kept." in kept.text
    address = kept.link("Critical ones")
    for part in ("queue=statements", "sort=newest", "severity=severity%2Fcritical"):
        assert part in address
    assert "Give the view a name." in visitor.send(page, "/review/views", name=" ").text
    assert "Critical ones" not in town.signed_in("second").open("/review").text
    gone = visitor.send(visitor.open("/review"), "/forget")
    assert "The view is removed." in gone.text
    assert "Critical ones" not in visitor.open("/review").text


def test_the_steward_sees_what_is_late_without_its_words(town: Town) -> None:
    town.report(State.SUBMITTED, account(title="Secret words"))
    visitor = town.signed_in("steward")
    assert "No report is late." in visitor.open("/steward/late").text
    town.clock.forward(hours=24 * 6)
    visitor = town.signed_in("steward")
    page = visitor.open("/steward/late")
    for words in ("1 report is late.", "Serious", "2 days", "Nobody yet"):
        assert words in page.text
    assert "Secret words" not in page.text
    assert town.signed_in("reviewer").open("/steward/late").status == 403


def test_one_goes_from_report_to_report_in_the_order_of_the_list(town: Town) -> None:
    keys = []
    for number in range(3):
        keys.append(town.report(State.SUBMITTED, account(title=f"Number {number}")))
        town.clock.forward(minutes=5)
    visitor = town.signed_in("reviewer")
    page = visitor.follow(visitor.open("/review?sort=newest").link("Number 2"))
    for number in (1, 0):
        page = visitor.follow(page.link("Next report"))
        assert page.address.endswith(f"/review/{keys[number]}?state=submitted&sort=newest")
    town.side.reviews.claim(town.people.reviewer, keys[0])
    assert "Number 1" in visitor.follow(page.link("Previous report")).text, "also from what left the list"
    end = visitor.follow(page.link("Next report"))
    assert "The list ends here." in end.text
    assert end.address.endswith("/review?state=submitted&sort=newest")


@pytest.mark.parametrize("ties", [(), ("Hospital of Elsewhere",)])
def test_the_queue_asks_the_database_little_whoever_looks(town: Town, ties: tuple[str, ...]) -> None:
    """However many wait: the bound is that of the whole page, who is signed in and their ties included."""
    for number in range(8):
        town.report(State.SUBMITTED, account(title=f"Waiting {number}"))
    for name in ties:
        town.side.tenants.kin.declare(town.people.reviewer, name)
    visitor = town.signed_in("reviewer")
    for address in ("/review", "/review?queue=changed", "/review?language=en&overdue=1"):
        visitor.open(address)  # what is read once a process is read now
        with counted(town.side.database) as told:
            assert visitor.open(address).status == HTTPStatus.OK
        assert 0 < len(told) <= MOST_STATEMENTS, told
