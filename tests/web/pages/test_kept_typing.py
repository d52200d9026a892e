"""A session that runs out while somebody writes: what they typed waits, for once, and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
import requests

from registry.intake.rules import State
from tests.api.live import serving
from tests.factories import PASSWORD
from tests.web.browsing import Page, Visitor
from tests.web.pages.account_town import strict, with_app
from tests.web.pages.answers import key_of
from tests.web.town import Town
from web.wiring import close

WORDS = 'A triage tool sent a feverish child home.\r\n\r\n<b>"Twice"</b> & once more, مرتين.'
HOURS = 13
"""Longer than a session lasts, shorter than a day."""


@pytest.fixture
def writing(town: Town) -> tuple[Visitor, Page]:
    """Somebody at the first page of a report, whose session runs out as they write."""
    visitor = town.signed_in("member")
    page = visitor.open("/report/new")
    town.clock.forward(hours=HOURS)
    return visitor, page


def again(visitor: Visitor, page: Page, name: str = "member") -> Page:
    """Sign in on the page where the reader ended up."""
    return visitor.send(page, email=f"{name}@example.org", password=PASSWORD)


def test_what_was_typed_comes_back_and_is_stored_when_sent_again(
    town: Town, writing: tuple[Visitor, Page]
) -> None:
    visitor, page = writing
    asked = visitor.send(page, title="Triage tool", text=WORDS)
    assert asked.path == "/signin"
    assert "what you had typed is kept" in asked.text
    offered = again(visitor, asked)
    assert offered.path == "/signin/kept"
    assert "A triage tool sent a feverish child home." in offered.text
    assert "<b>&#34;Twice&#34;</b>" not in offered.html
    following = visitor.send(offered, "/signin/kept")
    assert following.status == 200
    account = town.side.intake.read(town.people.member, key_of(following)).account
    assert account.title == "Triage tool"
    assert account.text == WORDS.replace("\r\n", "\n")
    assert visitor.open("/signin/kept").path == "/mine", "it is good for once"


def test_a_page_of_a_draft_that_is_there_is_kept_too_and_the_draft_with_it(town: Town) -> None:
    visitor = town.signed_in("member")
    key = town.draft()
    page = visitor.open(f"/report/{key}/story")
    town.clock.forward(hours=HOURS)
    offered = again(visitor, visitor.send(page, text="Changed in the last hour."))
    visitor.send(offered, "/signin/kept")
    account = town.side.intake.read(town.people.member, key).account
    assert account.text == "Changed in the last hour."
    assert account.title == "Chatbot told patients to double a dose"


def test_in_another_language_the_way_back_is_in_it(town: Town) -> None:
    visitor = town.signed_in("member", "/fr")
    page = visitor.open("/report/new")
    town.clock.forward(hours=HOURS)
    offered = again(visitor, visitor.send(page, title="Un titre", text="Il a compté deux fois."))
    assert offered.path == "/fr/signin/kept"
    assert visitor.send(offered, "/signin/kept").path.startswith("/fr/report/")


def test_a_draft_that_changed_meanwhile_is_not_overwritten_and_the_words_stay_on_the_page(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    story = visitor.open(f"/report/{key}/story")
    town.clock.forward(hours=HOURS)
    offered = again(visitor, visitor.send(story, text="From the old page."))
    town.side.intake.revise(town.people.member, key, {"language": "en", "title": "Newer"}, expected=1)
    conflict = visitor.send(offered, "/signin/kept")
    assert conflict.status == 409
    assert "From the old page." in conflict.html
    assert town.side.intake.read(town.people.member, key).account.title == "Newer"


def test_pressing_send_is_repeated_after_signing_in(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    check = visitor.open(f"/report/{key}/check")
    town.clock.forward(hours=HOURS)
    offered = again(visitor, visitor.send(check))
    assert town.state(key) is State.DRAFT
    assert visitor.send(offered, "/signin/kept").path == f"/report/{key}/sent"
    assert town.state(key) is State.SUBMITTED


def test_a_reviewers_words_are_kept(town: Town) -> None:
    visitor, key = town.signed_in("reviewer"), town.report(State.IN_REVIEW)
    page = visitor.open(f"/review/{key}")
    form = next(form for form in page.forms if any(c.kind == "textarea" for c in form.controls.values()))
    town.clock.forward(hours=HOURS)
    typed = {
        name: "Ask them which clinic it was, please."
        for name, c in form.controls.items()
        if c.kind == "textarea"
    }
    assert typed
    asked = visitor.send(page, form.action, form.buttons[0], typed)
    offered = again(visitor, asked, "reviewer")
    assert "Ask them which clinic it was, please." in offered.text


@pytest.mark.parametrize("action", ["/details", "/exactness", "/relation", "/release", "/decide"])
def test_everything_typed_under_review_is_kept_whichever_button_is_pressed(town: Town, action: str) -> None:
    visitor, key = town.signed_in("reviewer"), town.report(State.IN_REVIEW)
    page = visitor.open(f"/review/{key}")
    if action in ("/relation", "/details"):  # this report has nothing of it, so that there is no such button
        page.form("/decide").sent_to(f"/review/{key}{action}").buttons.append(("", ""))
    town.clock.forward(hours=HOURS)
    typed = {"note": "Ask them which clinic it was, please.", "why": "Nobody is named in it at all."}
    offered = again(visitor, visitor.send(page, action, typed=typed), "reviewer")
    for words in typed.values():
        assert words in offered.text
    assert visitor.send(offered, "/signin/kept").status in (200, 409, 422)


def test_a_message_to_a_publisher_is_kept(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.open(f"/report/{key}/publisher")
    town.clock.forward(hours=HOURS)
    asked = visitor.send(page, "/publisher", another="Nobody knows it", message="We met you in Nairobi.")
    offered = again(visitor, asked)
    assert "We met you in Nairobi." in offered.text
    sent = visitor.send(offered, "/signin/kept")
    assert sent.path == f"/report/{key}/check"
    assert "We met you in Nairobi." in visitor.open(f"/report/{key}/publisher").html


def test_an_addition_is_kept(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.report(State.SUBMITTED)
    page = visitor.open(f"/mine/{key}")
    town.clock.forward(hours=HOURS)
    offered = again(visitor, visitor.send(page, "/add", text="It happened again this morning."))
    assert "It happened again this morning." in offered.text
    assert "It happened again this morning." in visitor.send(offered, "/signin/kept").text
    assert visitor.open("/signin/kept").path == "/mine"


def test_nobody_else_gets_it_and_the_writer_still_does(town: Town, writing: tuple[Visitor, Page]) -> None:
    visitor, page = writing
    asked = visitor.send(page, title="Mine alone", text=WORDS)
    elsewhere = again(visitor, asked, "other")
    assert elsewhere.path == "/mine"
    assert "Mine alone" not in elsewhere.html
    assert "triage" not in visitor.open("/signin/kept").html
    own = town.signed_in("member")
    assert "feverish" in own.open("/signin/kept").text


def test_what_is_kept_cannot_be_read_in_the_database(town: Town, writing: tuple[Visitor, Page]) -> None:
    visitor, page = writing
    visitor.send(page, title="Mine alone", text=WORDS)
    with town.side.database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM kept_form").all()
    assert len(rows) == 1
    assert "feverish" not in str(rows)
    assert "Mine alone" not in str(rows)


def test_it_may_be_thrown_away(town: Town, writing: tuple[Visitor, Page]) -> None:
    visitor, page = writing
    offered = again(visitor, visitor.send(page, title="x", text=WORDS))
    assert "thrown away" in visitor.send(offered, "/signin/kept/drop").text
    assert visitor.open("/signin/kept").path == "/mine"


def test_the_page_that_offers_it_may_be_opened_again_and_sends_once(
    town: Town, writing: tuple[Visitor, Page]
) -> None:
    visitor, page = writing
    offered = again(visitor, visitor.send(page, title="Once", text=WORDS))
    assert visitor.open("/signin/kept").path == "/signin/kept"
    visitor.send(offered, "/signin/kept")
    assert "sent already" in visitor.send(offered, "/signin/kept").text


def test_it_waits_for_a_day(town: Town, writing: tuple[Visitor, Page]) -> None:
    visitor, page = writing
    asked = visitor.send(page, title="Late", text=WORDS)
    town.clock.forward(hours=24)
    assert again(visitor, asked).path == "/mine"


def test_only_the_latest_is_kept(town: Town, writing: tuple[Visitor, Page]) -> None:
    visitor, page = writing
    visitor.send(page, title="First", text="The first try of these words.")
    asked = visitor.send(page, title="Second", text="The second try of these words.")
    text = again(visitor, asked).text
    assert "The second try" in text
    assert "The first try" not in text


def rows_kept(town: Town) -> int:
    with town.side.database.read() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM kept_form").scalar_one()


@pytest.mark.parametrize("how", ["too large", "another page"])
def test_what_is_not_kept_is_said_plainly(town: Town, how: str) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/account" if how == "another page" else "/report/new")
    words = "x" * 250_000 if how == "too large" else WORDS
    town.clock.forward(hours=HOURS)
    path = "/organization/export" if how == "another page" else "/report/new"
    token = page.form("/signout" if how == "another page" else "").controls["csrf_token"].values[0]
    answer = visitor.client.post(path, data={"csrf_token": token, "title": "x", "text": words})
    assert answer.status_code == 401
    assert "Nothing of what you sent was kept" in answer.text
    assert f'href="/signin?next=/{"organization" if how == "another page" else "report/new"}"' in answer.text
    assert rows_kept(town) == 0


def test_it_comes_back_after_both_steps_of_signing_in(town: Town) -> None:
    asked = strict(town)
    try:
        visitor, app, _ = with_app(asked, "member")
        page = visitor.open("/report/new")
        asked.clock.forward(hours=HOURS)
        second = again(visitor, visitor.send(page, title="Two steps", text=WORDS))
        assert second.path == "/signin/code"
        offered = visitor.send(second, code=app.code())
        assert offered.path == "/signin/kept"
        assert key_of(visitor.send(offered, "/signin/kept"))
    finally:
        close(asked.node)


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    """The town served over real HTTP."""
    with serving(town.node) as port:
        yield f"http://127.0.0.1:{port}"


def test_over_real_http_with_a_client_of_somebody_elses_making(town: Town, address: str) -> None:
    browser = requests.Session()
    browser.trust_env = False

    def token(html: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        assert found is not None
        return found[1]

    who = {"email": "member@example.org", "password": PASSWORD}
    form = browser.get(f"{address}/signin", timeout=60)
    browser.post(form.url, data=who | {"csrf_token": token(form.text), "next": ""}, timeout=60)
    page = browser.get(f"{address}/report/new", timeout=60)
    town.clock.forward(hours=HOURS)
    typed = {"csrf_token": token(page.text), "language": "en", "title": "Over the wire", "text": WORDS}
    asked = browser.post(page.url, data=typed, timeout=60)
    following = unescape(re.search(r'name="next" value="([^"]*)"', asked.text)[1])  # type: ignore[index] # or it fails
    offered = browser.post(
        f"{address}/signin", data=who | {"csrf_token": token(asked.text), "next": following}, timeout=60
    )
    assert offered.url == f"{address}/signin/kept"
    inputs = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">',
        offered.text.partition("/signin/kept/drop")[0],
    )
    areas = re.findall(r'<textarea name="([^"]+)" hidden[^>]*>\n(.*?)</textarea>', offered.text, re.DOTALL)
    fields = [(name, unescape(value)) for name, value in (*inputs, *areas)]
    stored = browser.post(offered.url, data=fields, timeout=60)
    assert stored.status_code == 200
    assert [one.status_code for one in stored.history] == [307, 303]
    key = re.search(r"/report/([0-9a-f]{32})/", stored.url)
    assert key is not None
    account = town.side.intake.read(town.people.member, key[1]).account
    assert account.title == "Over the wire"
    assert account.text == WORDS.replace("\r\n", "\n")
