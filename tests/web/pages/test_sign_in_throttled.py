"""Too many tries at the sign-in page: what is said, to whom, and who still gets in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.browsing import Page, Visitor
from tests.web.pages.account_town import strict, with_app
from tests.web.pages.test_sign_in_pages import without_token
from tests.web.town import Town, sign_in
from web.pages import devices
from web.wiring import close


@pytest.fixture
def town(town: Town) -> Iterator[Town]:
    counted = strict(town, limits_percent=100)
    yield counted
    close(counted.node)


def guess(visitor: Visitor, name: str, times: int) -> Page:
    """Wrong passwords, so many; gives the last answer."""
    for _ in range(times):
        page = sign_in(visitor, name, "not the password")
    return page


def test_the_sixth_try_must_wait_whether_there_is_such_a_person_or_not(town: Town) -> None:
    visitor = town.visitor()
    assert guess(visitor, "member", 5).status == 422
    known = guess(visitor, "member", 1)
    assert guess(visitor, "nobody", 5).status == 422
    unknown = guess(visitor, "nobody", 1)
    assert (known.status, unknown.status) == (429, 429)
    assert 0 < int(known.headers["Retry-After"]) <= 60
    assert "Wait a minute, then try again." in known.text
    assert without_token(unknown).replace("nobody@", "member@") == without_token(known)
    assert sign_in(visitor, "member").status == 429, "not even with the right password"


@pytest.mark.parametrize("prefix", ["/fr", "/ar"])
def test_it_says_so_in_every_language(town: Town, prefix: str) -> None:
    page = guess(town.visitor(prefix), "member", 6)
    assert page.status == 429
    assert page.form("/signin").controls["email"].values == ["member@example.org"]


def test_a_browser_that_was_signed_in_with_before_is_let_in_through_the_attack(town: Town) -> None:
    victim, other = town.signed_in("member"), town.signed_in("other")
    for visitor in (victim, other):
        visitor.send(visitor.open("/account"), "/signout")
    attacker = town.visitor()
    assert guess(attacker, "member", 12).status == 429
    assert sign_in(town.visitor(), "member").status == 429, "this place must wait"
    assert sign_in(other, "member").status == 429, "a browser known for somebody else helps nobody"
    assert sign_in(victim, "member").path == "/mine"


def test_the_known_browser_has_ten_tries_of_its_own(town: Town) -> None:
    visitor = town.signed_in("member")
    visitor.send(visitor.open("/account"), "/signout")
    assert guess(visitor, "member", 10).status == 422
    assert guess(visitor, "member", 1).status == 429


@pytest.mark.parametrize("change", ["letter", "garbage", "huge", "cut"])
def test_a_forged_browser_cookie_is_nobodys(town: Town, change: str) -> None:
    victim = town.signed_in("member")
    kept = victim.client.get_cookie(devices.COOKIE)
    assert kept is not None
    forged = {
        "letter": ("x" if kept.value[0] != "x" else "y") + kept.value[1:],
        "garbage": "x.y.z",
        "huge": kept.value * 25,
        "cut": kept.value[:-5],
    }[change]
    attacker = town.visitor()
    guess(attacker, "member", 6)
    attacker.client.set_cookie(devices.COOKIE, forged)
    assert sign_in(attacker, "member").status == 429


def test_the_browser_cookie_names_nobody_and_lets_nobody_in(town: Town) -> None:
    visitor = town.signed_in("member")
    kept = visitor.client.get_cookie(devices.COOKIE)
    assert kept is not None
    assert "member" not in kept.value
    assert town.people.member.id not in kept.value
    thief = town.visitor()
    thief.client.set_cookie(devices.COOKIE, kept.value)
    assert thief.open("/mine").path == "/signin"


def test_a_browser_remembers_the_last_five_accounts(town: Town) -> None:
    visitor = town.visitor()
    for name in ("member", "other", "reviewer", "second", "steward", "member"):
        sign_in(visitor, name)
        visitor.send(visitor.open("/account"), "/signout")
    kept = visitor.client.get_cookie(devices.COOKIE)
    assert kept is not None
    assert len(kept.value) < devices.COOKIE_MAX
    assert sign_in(visitor, "member").path == "/mine"


def test_codes_are_counted_for_the_person_over_all_their_sign_ins(town: Town) -> None:
    _, app, _ = with_app(town, "reviewer")
    tried = 0
    for _ in range(4):
        thief = town.visitor()
        page = sign_in(thief, "reviewer")
        for _ in range(5):
            page = thief.send(page, code=app.wrong())
            tried += page.status == 422
            if page.status != 422:
                break
    assert page.status == 429
    assert "Retry-After" in page.headers
    assert tried == 10


def test_the_owners_browser_has_its_own_tries_at_the_second_step_too(town: Town) -> None:
    owner, app, _ = with_app(town, "reviewer")
    owner.send(owner.open("/account"), "/signout")
    for _ in range(3):
        thief = town.visitor()
        page = sign_in(thief, "reviewer")
        for _ in range(5):
            if page.status != 429:
                page = thief.send(page, code=app.wrong())
    assert page.status == 429
    town.clock.forward(minutes=1)
    assert owner.send(sign_in(owner, "reviewer"), code=app.code()).path == "/review"


def test_guessing_at_an_open_session_is_counted(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/account/factors")
    answers = [visitor.send(page, "/app/begin", password="guess").status for _ in range(11)]
    assert answers == [422] * 10 + [429]
