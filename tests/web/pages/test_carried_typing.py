"""A session that is over while somebody writes: the page carries what they typed, and nothing is stored."""

from __future__ import annotations

import pytest

from tests.factories import PASSWORD
from tests.web.browsing import SITE, Page, Visitor
from tests.web.pages.answers import key_of
from tests.web.pages.test_kept_typing import HOURS, WORDS, rows_kept
from tests.web.town import Town, sign_in


def over(town: Town, visitor: Visitor, how: str) -> None:
    """Bring a session to its end in a way after which nothing of it may be stored."""
    if how == "ended by its person":
        town.side.own_sessions.end_others(
            town.people.member, town.side.sessions.sign_in("member@example.org", PASSWORD).secret
        )
    elif how == "too old":
        town.clock.forward(hours=HOURS + 24)
    elif how == "cookie lost":
        visitor.client.delete_cookie("commons")
    else:
        with visitor.client.session_transaction() as cookie:
            cookie["sid"] = "x" * 43


OVER = ["ended by its person", "made up", "too old", "cookie lost"]


def pressed(visitor: Visitor, page: Page, **typed: str) -> Page:
    """The page's form sent as a browser sends it, which says where it comes from."""
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": SITE}
    answer = visitor.client.post("/report/new", data=page.form().fill({**typed}), headers=headers)
    return Page(page.address, answer.status_code, answer.headers, answer.text)


@pytest.mark.parametrize("how", OVER)
def test_a_page_whose_session_is_over_carries_what_was_typed_and_nothing_is_stored(
    town: Town, how: str
) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/report/new")
    over(town, visitor, how)
    carrying = pressed(visitor, page, title="Triage tool", text=WORDS)
    assert (carrying.status, carrying.headers["Cache-Control"]) == (401, "no-store")
    assert "what you typed is on this page" in carrying.text
    assert "A triage tool sent a feverish child home." in carrying.text
    assert "<b>&#34;Twice&#34;</b>" not in carrying.html
    assert rows_kept(town) == 0
    too_soon = pressed(visitor, carrying)
    assert too_soon.status == 401
    assert "feverish" in too_soon.text, "pressed before signing in, it stays"
    sign_in(visitor, "member")
    kept = pressed(visitor, carrying)
    assert kept.status == 303, "what was carried is asked about only where the browser does not say its site"
    following = visitor.open(kept.headers["Location"])
    account = town.side.intake.read(town.people.member, key_of(following)).account
    assert (account.title, account.text) == ("Triage tool", WORDS.replace("\r\n", "\n"))


def test_whoever_signed_in_beside_such_a_page_is_sent_back_to_it(town: Town) -> None:
    assert town.visitor().open("/signin/back").path == "/signin"
    assert "go on there" in town.signed_in("member").open("/signin/back").text
