"""Signing in and out: what the page gives away, what the cookie is, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import Morsel, SimpleCookie
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import PASSWORD
from tests.web.browsing import Page, Visitor
from tests.web.town import Town, sign_in
from web.app import create_app
from web.pages.people import safe_next
from web.wiring import build, close

HOSTILE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\t/elsewhere.example/",
    "/\n/elsewhere.example/",
    "\t//elsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:/elsewhere.example/",
    "mine",
    "//[broken",
    "/" + "x" * 5000,
)


def cookies(answer_headers: list[str]) -> Iterator[Morsel[str]]:
    for line in answer_headers:
        yield from SimpleCookie(line).values()


def without_token(page: Page) -> str:
    """The page without what differs at each loading: the token of its form, the challenge for passkeys."""
    return re.sub(r'name="csrf_token" value="[^"]*"|data-[a-z]+="[^"]*challenge[^"]*"', "", page.html)


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(town: Town) -> None:
    visitor = town.visitor()
    unknown = sign_in(visitor, "nobody")
    wrong = sign_in(visitor, "member", "not the password")
    empty = sign_in(visitor, "member", "")
    assert unknown.status == wrong.status == empty.status == 422
    assert without_token(unknown).replace("nobody@", "member@") == without_token(wrong)
    assert without_token(wrong) == without_token(empty)


def test_a_refusal_says_so_and_keeps_the_email_but_not_the_password(town: Town) -> None:
    page = sign_in(town.visitor(), "member", "a secret that is wrong")
    assert page.title.startswith("Error: Sign in")
    assert page.summary == {"The e-mail or the password is not right.": "#email"}
    assert "email" in page.ids
    assert page.form("/signin").controls["email"].values == ["member@example.org"]
    assert "a secret that is wrong" not in page.html


@pytest.mark.parametrize(
    ("name", "place"), [("member", "/mine"), ("reviewer", "/review"), ("steward", "/account")]
)
def test_people_arrive_where_their_work_is(town: Town, name: str, place: str) -> None:
    assert sign_in(town.visitor(), name).path == place
    assert sign_in(town.visitor("/fr"), name).path == f"/fr{place}"


def test_the_email_is_read_leniently(town: Town) -> None:
    visitor = town.visitor()
    page = visitor.send(visitor.open("/signin"), email="  Member@Example.ORG ", password=PASSWORD)
    assert page.path == "/mine"


def test_whoever_had_to_sign_in_comes_back_to_the_page_asked_for(town: Town) -> None:
    visitor = town.visitor("/es")
    asked = visitor.open("/review?state=accepted")
    assert asked.path == "/es/signin"
    refused = visitor.send(asked, email="reviewer@example.org", password="wrong")
    arrived = visitor.send(refused, email="reviewer@example.org", password=PASSWORD)
    assert arrived.address.endswith("/es/review?state=accepted")
    assert visitor.open("/signin").path == "/es/review"  # somebody signed in need not sign in


@pytest.mark.parametrize("target", HOSTILE)
def test_signing_in_never_leads_to_another_site(town: Town, target: str) -> None:
    visitor = town.visitor()
    page = visitor.open("/signin")
    data = {"csrf_token": page.form().controls["csrf_token"].values[0], "next": target}
    answer = visitor.client.post("/signin", data=data | {"email": "member@example.org", "password": PASSWORD})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/mine"


@given(target=st.one_of(st.text(), st.from_regex(r"[/\\\t\n\r]{0,4}[a-z.:@/\\\t]{0,12}")))
@example(target="/records/x?y=z")
def test_an_address_to_go_on_to_stays_on_this_site(target: str) -> None:
    r"""Read as browsers do: blanks at the ends and tabs and line ends anywhere are dropped, \\ is /."""
    onward = safe_next(target, "")
    as_browsers_read = re.sub(r"[\t\n\r]", "", onward.strip()).replace("\\", "/")
    assert urlsplit(urljoin("https://here.example/signin", as_browsers_read)).netloc == "here.example"
    assert onward in ("", target)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(town: Town) -> None:
    visitor = town.visitor()
    page = visitor.open("/signin")
    data = {"csrf_token": page.form().controls["csrf_token"].values[0]}
    answer = visitor.client.post("/signin", data=data | {"email": "member@example.org", "password": PASSWORD})
    both = {cookie.key: cookie for cookie in cookies(answer.headers.getlist("Set-Cookie"))}
    assert set(both) == {"commons", "commons-browser"}
    for cookie in both.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["secure"]  # this node is served over http
        assert not cookie["domain"]
    assert not both["commons"]["max-age"]
    assert not both["commons"]["expires"]  # it ends with the browser
    assert both["commons-browser"]["max-age"] == str(180 * 86_400)


@pytest.mark.parametrize("change", [{"base_url": "https://node.example"}, {"secure_cookies": True}])
def test_behind_https_the_cookie_never_travels_in_clear(town: Town, change: dict[str, Any]) -> None:
    node = build(replace(town.node.settings, **change), town.clock)
    client = create_app(node).test_client()
    answer = client.get("/signin")
    (cookie,) = cookies(answer.headers.getlist("Set-Cookie"))
    assert cookie["secure"]
    for path in ("/signin", "/healthz", "/api/v1/records", "/oauth/jwks"):
        assert client.get(path).headers["Strict-Transport-Security"] == "max-age=31536000"
    close(node)


def test_without_https_nobody_is_told_to_use_it(town: Town) -> None:
    answer = town.app.test_client().get("/signin")
    assert "Strict-Transport-Security" not in answer.headers


def test_a_session_planted_before_signing_in_is_not_taken_over(town: Town) -> None:
    visitor = town.visitor()
    token = visitor.open("/signin").form().controls["csrf_token"].values[0]
    sign_in(visitor, "member")
    key = town.draft()
    answer = visitor.client.post(f"/mine/{key}/withdraw", data={"csrf_token": token, "lock": "1"})
    assert answer.status_code == 400


def test_signing_out_ends_the_session_on_the_server(town: Town) -> None:
    visitor = town.signed_in("member")
    stolen = visitor.client.get_cookie("commons")
    page = visitor.send(visitor.open("/account"), "/signout")
    assert "You have signed out." in page.text
    assert visitor.open("/mine").path == "/signin"
    thief = town.visitor()
    assert stolen is not None
    thief.client.set_cookie("commons", stolen.value)
    assert thief.open("/mine").path == "/signin"


def test_signing_out_needs_the_button(town: Town) -> None:
    visitor = town.signed_in("member")
    assert visitor.client.get("/signout").status_code == 405
    assert visitor.open("/mine").path == "/mine"


def test_a_session_ends_after_its_hours(town: Town) -> None:
    visitor = town.signed_in("member")
    town.clock.forward(hours=town.node.settings.session_hours, minutes=-1)
    assert visitor.open("/mine").path == "/mine"
    town.clock.forward(minutes=1)
    assert visitor.open("/mine").path == "/signin"


def test_a_cookie_of_our_making_only(town: Town) -> None:
    visitor = town.signed_in("member")
    kept = visitor.client.get_cookie("commons")
    assert kept is not None
    forged = ("x" if kept.value[0] != "x" else "y") + kept.value[1:]
    thief = Visitor(town.app)
    thief.client.set_cookie("commons", forged)
    assert thief.open("/mine").path == "/signin"


def test_the_account_page_says_who_one_is_and_what_one_may_do(town: Town) -> None:
    page = town.signed_in("steward").open("/account")
    for words in ("Steward", "Node Office", "You look after this node.", "Publication"):
        assert words in page.text
    assert "Review queue" not in page.text
    assert "Report an incident" not in page.text
    assert town.visitor().open("/account").path == "/signin"


def test_a_public_node_has_no_private_pages(town: Town) -> None:
    node = build(replace(town.node.settings, public_only=True), town.clock)
    visitor = Visitor(create_app(node))
    for path in ("/signin", "/account", "/report", "/report/new", "/mine", "/receipt", "/review"):
        assert visitor.open(path).status == 404, path
    assert "Sign in" not in visitor.open("/").text
    close(node)
