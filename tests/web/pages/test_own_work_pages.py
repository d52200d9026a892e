"""What a reviewer wishes, and the next report, by the pages."""

from __future__ import annotations

from registry.intake.rules import State
from tests.factories import account
from tests.web.town import Town


def test_a_reviewer_says_what_fits_them_and_finds_it_again(town: Town) -> None:
    reviewer = town.signed_in("reviewer")
    page = reviewer.open("/account/reviewing")
    page = reviewer.send(
        page,
        "/reviewing",
        languages="en, fr",
        sectors=["sector/health"],
        spared=["harm/death"],
        most="3",
        until="2027-01-05",
    )
    assert page.status == 200
    for kept in ('value="en fr"', 'value="3"', 'value="2027-01-05"'):
        assert kept in page.html
    for code in ("sector/health", "harm/death"):
        assert f'value="{code}" checked' in page.html


def test_what_cannot_be_is_named_and_nothing_typed_is_lost(town: Town) -> None:
    reviewer = town.signed_in("reviewer")
    page = reviewer.open("/account/reviewing")
    page = reviewer.send(page, "/reviewing", languages="english", sectors=["sector/health"], most="3")
    assert page.status == 422
    assert "Name up to 20 languages" in page.text
    assert 'value="english"' in page.html
    assert 'value="sector/health" checked' in page.html
    page = reviewer.send(page, "/reviewing", languages="", until="soon")
    assert page.status == 422
    assert list(page.summary.values()) == ["#until"]
    page = reviewer.send(page, "/reviewing", until="", most="many")
    assert list(page.summary.values()) == ["#most"]


def test_the_next_report_is_one_press_away(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    reviewer = town.signed_in("reviewer")
    page = reviewer.send(reviewer.open("/review"), "/next")
    assert page.path == f"/review/{key}"
    assert town.state(key) is State.IN_REVIEW
    page = reviewer.send(reviewer.open("/review"), "/next")
    assert page.path == "/review"
    assert "Nothing waits that fits what you wish." in page.text
    reviewer.send(reviewer.open("/account/reviewing"), "/reviewing", most="1")
    town.report(State.SUBMITTED)
    page = reviewer.send(reviewer.open("/review"), "/next")
    assert "as many as you wished" in page.text


def test_the_queue_says_what_was_given_to_its_reader(town: Town) -> None:
    """Who was told by mail that they were given a report finds which one it is."""
    town.report(State.SUBMITTED)
    town.side.reviewing.own_work.assigning.run()
    told = {who: "Given to you" in town.signed_in(who).open("/review").text for who in ("reviewer", "second")}
    assert sorted(told.values()) == [False, True]
    (given,) = [who for who, is_told in told.items() if is_told]
    mine = town.signed_in(given).open("/review?mine=1")
    assert "1 report matches." in mine.text


def test_members_review_nothing(town: Town) -> None:
    assert town.signed_in("member").open("/account/reviewing").status == 403


def test_an_account_that_is_hard_to_read_stays_folded_under_what_it_tells_of(town: Town) -> None:
    usual = town.report(State.SUBMITTED)
    hard = account()
    hard["classification"]["harm"] = ["harm/self-injury"]
    key = town.report(State.SUBMITTED, hard)
    reviewer = town.signed_in("reviewer")
    assert "Show the account." not in reviewer.open(f"/review/{usual}").text
    assert "Show the account. It tells of: Self-harm or suicide risk" in reviewer.open(f"/review/{key}").text
    reviewer.send(reviewer.open("/account/reviewing"), "/reviewing", spared=["harm/physical"])
    assert "It tells of: Injury or illness" in reviewer.open(f"/review/{usual}").text
