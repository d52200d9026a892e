"""A form that was opened before its person signed in again in another tab: nothing is lost, nothing done."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from registry.identity.rules import Role
from registry.intake.rules import State
from tests.factories import register
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import key_of
from tests.web.town import Town, sign_in

WORDS = "It sent a feverish child home,\r\n<b>twice</b> & مرتين."
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
HOURS = 13


def reports(town: Town) -> int:
    """How many reports there are."""
    with town.side.database.read() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM submission").scalar_one()


def kept(town: Town) -> int:
    """How many forms are kept."""
    with town.side.database.read() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM kept_form").scalar_one()


@pytest.fixture
def old(town: Town) -> tuple[Visitor, Page]:
    """A page of a member whose session ran out, and who has signed in again in another tab."""
    visitor = town.signed_in("member")
    page = visitor.open("/report/new")
    town.clock.forward(hours=HOURS)
    sign_in(visitor, "member")
    return visitor, page


def post(
    visitor: Visitor, path: str, token: str | None, headers: dict[str, str] | None = None, **typed: str
) -> TestResponse:
    """Send a form with this token, or none."""
    data = typed if token is None else {"csrf_token": token, **typed}
    return visitor.client.post(path, data=data, headers=headers or {})


def token_of(page: Page) -> str:
    return page.form().controls["csrf_token"].values[0]


@pytest.mark.parametrize(
    ("headers", "status"),
    [(OURS, 303), ({"Origin": "http://localhost"}, 409), ({"Sec-Fetch-Site": "none"}, 400), ({}, 400)],
)
def test_whoever_signed_in_beside_a_page_that_carries_a_form_goes_on_at_once_where_the_browser_vouches(
    town: Town, headers: dict[str, str], status: int
) -> None:
    """Where it says the origin alone it is asked once more; who says nothing is refused, as always."""
    visitor, key = town.visitor(), town.draft()
    path = f"/report/{key}/story"
    token = token_of(visitor.open("/signin"))
    lost = post(visitor, path, token, OURS, text=WORDS, title="Sent home", lock="1")
    assert lost.status_code == 401
    carried = Page(path, 401, lost.headers, lost.text).form(path)
    sign_in(visitor, "member")
    answer = visitor.client.post(path, data=carried.fill({}), headers=headers)
    assert answer.status_code == status
    told = town.side.intake.read(town.people.member, key).account.title
    assert (told == "Sent home") == (status == 303)


@pytest.mark.parametrize("spoilt", ["made for another page", "made up"])
def test_a_mark_that_is_not_of_this_page_is_no_word_of_its_person(town: Town, spoilt: str) -> None:
    visitor, key = town.visitor(), town.draft()
    path = f"/report/{key}/story"
    lost = post(visitor, path, None, OURS, text=WORDS, lock="1")
    carried = Page(path, 401, lost.headers, lost.text).form(path).controls["carried"].values[0]
    mark = f"x{carried}" if spoilt == "made up" else carried
    sign_in(visitor, "member")
    to = f"/report/{key}/links" if spoilt == "made for another page" else path
    answer = post(visitor, to, None, OURS, text=WORDS, lock="1", carried=mark)
    assert answer.status_code == 409


def test_what_was_typed_is_shown_and_stored_when_the_button_is_pressed(
    town: Town, old: tuple[Visitor, Page]
) -> None:
    visitor, page = old
    offered = visitor.send(page, title="Triage tool", text=WORDS)
    assert offered.status == 409
    assert "What you had typed is still here" in offered.text
    assert "It sent a feverish child home" in offered.text
    assert "<b>twice" not in offered.html
    assert (reports(town), kept(town)) == (0, 0)
    assert offered.forms[0].controls["csrf_token"].values != page.form().controls["csrf_token"].values
    following = visitor.send(offered, offered.forms[0].action)
    account = town.side.intake.read(town.people.member, key_of(following)).account
    assert (account.title, account.text) == ("Triage tool", WORDS.replace("\r\n", "\n"))


def test_in_another_language_it_stays_in_it(town: Town) -> None:
    visitor = town.signed_in("member", "/fr")
    page = visitor.open("/report/new")
    town.clock.forward(hours=HOURS)
    sign_in(visitor, "member")
    offered = visitor.send(page, title="Un titre", text="Il a compté deux fois.")
    assert offered.lang == "fr"
    assert visitor.send(offered, offered.forms[0].action).path.startswith("/fr/report/")


def test_pressing_send_is_not_done_before_it_is_pressed_again(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    check = visitor.open(f"/report/{key}/check")
    sign_in(town_again(visitor), "member")
    offered = visitor.send(check)
    assert town.state(key) is State.DRAFT
    visitor.send(offered, offered.forms[0].action)
    assert town.state(key) is State.SUBMITTED


def town_again(visitor: Visitor) -> Visitor:
    """The same browser, signed out."""
    visitor.send(visitor.open("/account"), "/signout")
    return visitor


def test_a_stewards_reason_comes_back(town: Town) -> None:
    visitor = town.signed_in("steward")
    path = f"/steward/organizations/{town.people.member.organization_id}"
    page = visitor.open(path)
    sign_in(town_again(visitor), "steward")
    offered = visitor.send(page, path, page.form(path).buttons[0], {"reason": "They wrote to us by post."})
    assert "They wrote to us by post." in offered.text


def test_an_administrators_descriptor_comes_back(town: Town) -> None:
    register(town.side.directory, town.side.sessions, "admin", "Hill Clinic", [Role.ORG_ADMIN])
    visitor = town.signed_in("admin")
    page = visitor.open("/organization")
    sign_in(town_again(visitor), "admin")
    offered = visitor.send(page, "/organization", typed={"descriptor": "A hospital on an island"})
    assert "A hospital on an island" in offered.text


@pytest.mark.parametrize("token", [None, "", "made up"])
def test_a_missing_token_needs_the_browsers_word_that_the_page_was_ours(
    town: Town, token: str | None
) -> None:
    visitor = town.signed_in("member")
    assert post(visitor, "/report/new", token, title="x", text=WORDS).status_code == 400
    assert post(visitor, "/report/new", token, {"Origin": "null"}, title="x").status_code == 400
    shown = post(visitor, "/report/new", token, OURS, title="x", text=WORDS)
    assert shown.status_code == 409
    assert "feverish" in shown.text
    assert reports(town) == 0


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_from_elsewhere_it_stays_refused(
    town: Town, old: tuple[Visitor, Page], headers: dict[str, str]
) -> None:
    visitor, page = old
    for token in (token_of(page), None):
        answer = post(visitor, "/report/new", token, headers, title="x", text=WORDS)
        assert answer.status_code == 400
        assert "feverish" not in answer.text
    assert reports(town) == 0


def test_another_persons_page_is_not_sent_as_ones_own(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/report/new")
    sign_in(town_again(visitor), "other")
    answer = post(visitor, "/report/new", token_of(page), OURS, title="x", text=WORDS)
    assert answer.status_code == 400
    assert "feverish" not in answer.text


def test_without_anybody_signed_in_it_leads_to_signing_in(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/report/new")
    town_again(visitor)
    answer = post(visitor, "/report/new", token_of(page), OURS, title="x", text=WORDS)
    assert answer.status_code == 401
    assert "feverish" in answer.text
    assert (reports(town), kept(town)) == (0, 0)
    unsure = post(visitor, "/report/new", token_of(page), title="x", text=WORDS)
    assert unsure.status_code == 401
    assert "feverish" not in unsure.text
    assert kept(town) == 0, "nobody knows whose form that was"


@pytest.mark.parametrize(
    "path", ["/account/password", "/organization/close", "/account/data/erase", "/signin"]
)
def test_pages_with_passwords_never_come_back(town: Town, path: str) -> None:
    visitor = town.signed_in("member")
    answer = post(visitor, path, "made up", OURS, password="my secret password", proof="my secret password")
    assert answer.status_code == 400
    assert "my secret password" not in answer.text


def test_a_password_beside_text_is_left_out(town: Town) -> None:
    visitor = town.signed_in("member")
    answer = post(visitor, "/join", None, OURS, purpose="We count beds in wards.", password="my secret pass")
    assert "We count beds in wards." in answer.text
    assert "my secret pass" not in answer.text


def test_too_much_is_refused_and_files_are_not_looked_at(town: Town, old: tuple[Visitor, Page]) -> None:
    visitor, page = old
    assert post(visitor, "/report/new", token_of(page), text="x" * 250_000).status_code == 400
    data = {"csrf_token": token_of(page), "title": "Beside a file", "more": FileStorage(b"GIF8", "a.gif")}
    answer = visitor.client.post("/report/new", data=data)
    assert "Beside a file" in answer.text
    assert "GIF8" not in answer.text


def test_the_form_goes_nowhere_but_to_where_it_was_sent(town: Town, old: tuple[Visitor, Page]) -> None:
    visitor, page = old
    answer = post(
        visitor, "/report/new?next=//evil.example", token_of(page), next="//evil.example", title="x"
    )
    assert 'action="/report/new?next=//evil.example"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
