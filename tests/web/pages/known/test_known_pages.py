"""Is it one of these? By plain forms: asked when there is something to ask, and every answer to it."""

from __future__ import annotations

import pytest

from registry.errors import Unavailable
from registry.intake.similar.rules import About
from registry.record import store
from registry.record.types import Tombstone
from tests.factories import account
from tests.registry.record.samples import DAY
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import begin, key_of
from tests.web.pages.known.asking import NOTHING_LIKE_IT, STORY, about, asked, choice
from tests.web.town import Town


def test_it_is_asked_with_reasons_and_opens_beside_the_form(town: Town, record: str) -> None:
    page = asked(town.signed_in("other"))
    assert (page.status, page.headers["Cache-Control"]) == (200, "no-store")
    assert account()["title"] in page.text
    assert "In common:" in page.text
    assert "dose" in [text for tag, text in page.words if tag == "bdi"]
    assert f'href="/records/{record}" id="hit-link-1" target="_blank" rel="noopener noreferrer"' in page.html


def test_nothing_is_asked_when_nothing_resembles(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = visitor.send(begin(visitor), typed=NOTHING_LIKE_IT)
    assert page.path.endswith("/language")
    assert visitor.open(f"/report/{key_of(page)}/similar").path.endswith("/check")


def test_none_of_these_goes_on_and_is_not_asked_again(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = asked(visitor)
    key = key_of(page)
    page = visitor.send(page, press=("choice", "none"))
    assert page.path.endswith(f"/report/{key}/language")
    again = visitor.send(visitor.open(f"/report/{key}/story"), typed=STORY)
    assert again.path.endswith("/language")
    assert about(town, key) is None


def test_the_report_is_attached_shown_and_taken_off(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = asked(visitor)
    key = key_of(page)
    page = visitor.send(page, press=choice(page, "same "))
    assert page.path.endswith("/language")
    assert f"attached to this record: {record}" in page.text
    assert about(town, key) == About(record)
    assert record in visitor.open(f"/report/{key}/check").text
    page = visitor.follow(visitor.open(f"/report/{key}/check").link("Change this"))
    page = visitor.send(page, press=("choice", "alone"))
    assert page.path.endswith("/check")
    assert about(town, key) is None


def test_a_page_sent_twice_or_grown_old_does_no_harm(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = asked(visitor)
    key = key_of(page)
    for _ in range(2):
        assert visitor.send(page, press=choice(page, "same ")).path.endswith("/language")
    assert visitor.send(page, press=choice(page, "alone") if has(page, "alone") else ("choice", "none"))
    assert about(town, key) == About(record)
    assert town.side.intake.history(town.people.other_member, key)[-1].action == "relate"
    fresh = visitor.open(f"/report/{key}/similar")
    other = visitor.open(f"/report/{key}/story")
    visitor.send(other, typed=STORY | {"title": "Bot doubled a dose again"})
    refused = visitor.send(fresh, press=("choice", "alone"))
    assert refused.status == 409
    assert about(town, key) == About(record)


def has(page: Page, start: str) -> bool:
    return any(value.startswith(start) for _, value in page.form().buttons)


def test_a_record_that_went_meanwhile_is_said_so(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = asked(visitor)
    with town.node.public.work() as session:
        store.erase(session, Tombstone(record, "safety", DAY))
    refused = visitor.send(page, press=choice(page, "same "))
    assert (refused.status, refused.title.startswith("Error: ")) == (422, True)
    assert "This record was removed." in refused.text


def test_own_drafts_are_offered_to_go_on_with(town: Town) -> None:
    key = town.draft({"title": "Bot doubled the dose", "language": "en"}, town.people.other_member)
    town.draft({"title": "Bot doubled the dose", "language": "en"})
    page = asked(town.signed_in("other"))
    links = [url for url, text in page.links if "go on with it" in text]
    assert links == [f"/mine/{key}"]


def test_without_an_index_nobody_is_held_up(town: Town, record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr("search.engine.resembling", broken)
    visitor = town.signed_in("other")
    assert visitor.send(begin(visitor), typed=STORY).path.endswith("/language")


def test_going_on_leads_nowhere_else(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    key = key_of(asked(visitor))
    for target in (
        "https://evil.example/",
        "//evil.example",
        "/account",
        "/report/" + "0" * 32 + "/language",
    ):
        page = visitor.open(f"/report/{key}/similar?next={target}")
        sent = visitor.send(page, press=("choice", "none"))
        assert sent.path == f"/report/{key}/check"


def live(visitor: Visitor, **typed: str) -> Page:
    page = visitor.open("/report/new")
    token = page.form().controls["csrf_token"].values[0]
    answer = visitor.client.post("/report/similar", data={"csrf_token": token, **typed})
    return Page("/report/similar", answer.status_code, answer.headers, answer.text)


def test_the_list_while_typing_is_a_piece_of_a_page_that_nobody_keeps(
    town: Town, record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor = town.signed_in("other")
    capsys.readouterr()
    page = live(visitor, **STORY)
    assert (page.status, page.headers["Cache-Control"]) == (200, "no-store")
    assert record in page.html
    assert "1 account may tell of the same event." in page.text
    said = "".join(capsys.readouterr())
    assert "dose" not in said
    assert "chatbot" not in said
    assert "<html" not in page.html
    with town.side.database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM kept_form").scalar() == 0


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({}, 200),
        ({"title": "\x00\ufffe\u202e", "text": "<script>alert(1)</script>"}, 200),
        ({"title": "x" * 5_000, "text": "y" * 30_000, "language": "z" * 400}, 200),
        ({"title": "Dose", "key": "0" * 32}, 404),
        ({"title": "Dose", "key": "x"}, 404),
    ],
)
def test_whatever_is_typed_is_answered(town: Town, record: str, typed: dict[str, str], status: int) -> None:
    page = live(town.signed_in("other"), **typed)
    assert page.status == status
    assert record not in page.html
    assert "<script>alert" not in page.html


def test_the_list_knows_the_draft_it_is_for_and_no_draft_of_others(town: Town, record: str) -> None:
    mine = town.draft({**STORY, "title": "Bot doubled the dose"}, town.people.other_member)
    theirs = town.draft(STORY)
    visitor = town.signed_in("other")
    assert f"/mine/{mine}" not in live(visitor, key=mine, title="Bot doubled the dose").html
    assert f"/mine/{mine}" in live(visitor, title="Bot doubled the dose").html
    assert live(visitor, key=theirs, title="Bot").status == 404


def test_the_list_is_for_people_who_write_here(town: Town) -> None:
    nobody = town.visitor()
    nobody.open("/signin")
    assert nobody.client.post("/report/similar", data=STORY).status_code == 401
    assert live(town.signed_in("other"), **STORY).status == 200
    reviewer = town.signed_in("reviewer")
    token = reviewer.open("/account").form("/signout").controls["csrf_token"].values[0]
    refused = reviewer.client.post("/report/similar", data={"csrf_token": token, **STORY})
    assert refused.status_code == 403
    headers = {"Sec-Fetch-Site": "cross-site"}
    data = {"csrf_token": token, **STORY}
    assert reviewer.client.post("/report/similar", data=data, headers=headers).status_code == 400
    assert town.signed_in("other").client.get("/report/similar?title=secret").status_code in (404, 405)


def test_only_the_page_that_asks_may_ask(town: Town) -> None:
    visitor = town.signed_in("other")
    assert "connect-src 'self'" in visitor.open("/report/new").headers["Content-Security-Policy"]
    for path in ("/report", "/mine", "/account", "/"):
        assert "connect-src" not in visitor.open(path).headers["Content-Security-Policy"]
