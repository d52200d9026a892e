"""How many look like a report, counted while its reviewer chooses: a piece of a page that keeps nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from registry.db.private import PrivateBase
from registry.intake.rules import State
from tests.api.limited import limited
from tests.factories import account
from tests.registry.alike import put
from tests.ticks import Ticks
from tests.web.browsing import Page, Visitor
from tests.web.town import Town
from web.app import create_app

FIFTH = {"from": "2026-03-05"}
TABLES = ("exactness_choice", "audit_event", "kept_form", "outbox_job")
TRYING = "You are only trying this out"


def under_review(town: Town) -> str:
    """Id of a report of a certain day; four public ones are of the same month."""
    put(town.node.public, town.clock, 1, 2, 3, 4, happened={"from": "2026-03"})
    return town.report(State.IN_REVIEW, account(happened=FIFTH))


def counted(visitor: Visitor, key: str, **levels: str) -> Page:
    token = visitor.open("/account").form("/signout").controls["csrf_token"].values[0]
    sent = {"csrf_token": token} | {f"exact-{ladder}": rung for ladder, rung in levels.items()}
    answer = visitor.client.post(f"/review/{key}/alike", data=sent)
    return Page(f"/review/{key}/alike", answer.status_code, answer.headers, answer.text)


def rows(town: Town) -> list[int]:
    with town.side.database.read() as session:
        counts = [select(func.count()).select_from(PrivateBase.metadata.tables[table]) for table in TABLES]
        return [session.scalars(count).one() for count in counts]


def test_the_count_follows_the_choice_and_nothing_is_kept(wary_town: Town) -> None:
    key, visitor = under_review(wary_town), wary_town.signed_in("reviewer")
    item = visitor.open(f"/review/{key}")
    lock, before = item.form("/exactness").controls["lock"].values, rows(wary_town)
    few = counted(visitor, key, date="day")
    assert (few.status, few.headers["Cache-Control"], "<html" in few.html) == (200, "no-store", False)
    assert "No public report looks like it." in few.text
    assert "That is too few." in few.text
    assert TRYING not in few.text, "this is what counts now"
    enough = counted(visitor, key, date="month")
    assert "4 public reports look like it." in enough.text
    assert "That is enough." in enough.text
    assert TRYING in enough.text
    assert "date, from day to month" in enough.text
    assert rows(wary_town) == before
    assert visitor.open(f"/review/{key}").form("/exactness").controls["lock"].values == lock


def test_it_says_the_same_as_the_button(wary_town: Town) -> None:
    key, visitor = under_review(wary_town), wary_town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    tried = visitor.send(page, "/exactness", ("act", "try"), **{"exact-date": "quarter"})
    said = counted(visitor, key, date="quarter").text
    assert said.split() == tried.text[tried.text.index(said.split(".")[0]) :].split()[: len(said.split())]


@pytest.mark.parametrize(
    ("levels", "status"),
    [({"date": "week"}, 422), ({"nothing": "day"}, 422), ({"place": "exact"}, 200), ({}, 200)],
)
def test_whatever_is_sent_is_answered(wary_town: Town, levels: dict[str, str], status: int) -> None:
    key, visitor = under_review(wary_town), wary_town.signed_in("reviewer")
    assert counted(visitor, key, **levels).status == status


def test_it_is_for_reviewers_of_the_report(wary_town: Town) -> None:
    key, draft = under_review(wary_town), wary_town.draft()
    assert counted(wary_town.signed_in("member"), key).status == 403
    reviewer = wary_town.signed_in("reviewer")
    assert counted(reviewer, draft).status == 404
    wary_town.side.custody.originals.erase(wary_town.people.member, gone := wary_town.report(State.PUBLISHED))
    assert counted(reviewer, gone).status == 404
    before = rows(wary_town)
    nobody = wary_town.visitor()
    nobody.open("/signin")
    assert nobody.client.post(f"/review/{key}/alike", data={"exact-date": "year"}).status_code == 401
    assert rows(wary_town) == before


def test_only_whoever_decides_is_shown_a_page_that_asks(wary_town: Town) -> None:
    key = under_review(wary_town)
    reviewer, second = wary_town.signed_in("reviewer"), wary_town.signed_in("second")
    assert "connect-src 'self'" in reviewer.open(f"/review/{key}").headers["Content-Security-Policy"]
    for visitor, path in ((second, f"/review/{key}"), (reviewer, "/review")):
        page = visitor.open(path)
        assert "connect-src" not in page.headers["Content-Security-Policy"]
        assert "alike.js" not in page.html


def test_it_is_counted_with_what_is_asked_while_typing(wary_town: Town) -> None:
    key = under_review(wary_town)
    node = limited(wary_town.node, Ticks(), percent=5)
    visitor = replace(wary_town, node=node, app=create_app(node)).signed_in("reviewer")
    assert [counted(visitor, key).status for _ in range(4)] == [200, 200, 200, 429]
