"""The list of sessions: what it tells, and ending them."""

from __future__ import annotations

import pytest

from tests.factories import PASSWORD
from tests.web.browsing import Visitor
from tests.web.town import Town, sign_in
from web.pages import devices

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
)


@pytest.fixture(autouse=True)
def _nobody_is_signed_in(town: Town) -> None:
    """End what founding the town left open."""
    with town.side.database.work() as session:
        session.connection().exec_driver_sql("UPDATE sign_in SET ended_at = started_at")


def with_agent(town: Town, agent: str, name: str = "member") -> Visitor:
    """Somebody signed in with a browser that says this of itself."""
    visitor = town.visitor()
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(visitor, name)
    return visitor


def test_the_list_says_where_when_and_how_and_which_one_is_this(town: Town) -> None:
    phone = with_agent(town, FIREFOX)
    town.clock.forward(hours=1)
    other = with_agent(town, SAFARI)
    with_agent(town, SAFARI, "other")
    text = phone.open("/account/sessions").text
    assert text.index("Firefox, Android") < text.index("This session") < text.index("Safari, iOS")
    assert "Nov 24, 2026, 09:30 UTC" in text
    assert "with a password" in text
    assert text.count("Safari, iOS") == 1, "nobody else's"
    assert other.open("/account/sessions").text.index("Safari, iOS") < text.index("Firefox, Android") + 500


@pytest.mark.parametrize(
    ("agent", "word"),
    [
        (FIREFOX, "Firefox, Android"),
        (SAFARI, "Safari, iOS"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) Version/17.1 Safari/605.1", "Safari, macOS"),
        (
            "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/25.0 Chrome/121.0 Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/130.0 Safari/537.36 OPR/115.0", "Opera, ChromeOS"),
        ("curl/8.5.0", ""),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
        ("", ""),
        ("Firefox/" * 5_000, "Firefox"),
    ],
)
def test_a_browser_is_called_by_a_coarse_word(town: Town, agent: str, word: str) -> None:
    with town.app.test_request_context(headers={"User-Agent": agent}):
        assert devices.word() == word


def test_another_session_ends_at_once_and_this_one_goes_on(town: Town) -> None:
    here, there = town.signed_in("member"), town.signed_in("member")
    page = here.open("/account/sessions")
    ended = here.send(page, next(form.action for form in page.forms if form.action.endswith("/end")))
    assert "The session has ended." in ended.text
    assert there.open("/mine").path == "/signin"
    assert here.open("/mine").path == "/mine"


def test_all_others_end_together(town: Town) -> None:
    here = town.signed_in("member")
    others = [town.signed_in("member") for _ in range(3)]
    stranger = town.signed_in("other")
    page = here.send(here.open("/account/sessions"), "/end-others")
    assert "3 other sessions have ended." in page.text
    assert all(other.open("/mine").path == "/signin" for other in others)
    assert here.open("/mine").path == "/mine"
    assert stranger.open("/mine").path == "/mine"
    assert not any("end-others" in form.action for form in page.forms)


def test_nobody_ends_the_session_of_somebody_else(town: Town) -> None:
    victim, stranger = town.signed_in("member"), town.signed_in("other")
    secret = town.side.sessions.sign_in("member@example.org", PASSWORD).secret
    key = town.side.own_sessions.all(town.people.member, secret)[0].id
    token = stranger.open("/account/sessions").form("/signout").controls["csrf_token"].values[0]
    answer = stranger.client.post(f"/account/sessions/{key}/end", data={"csrf_token": token})
    assert answer.status_code == 404
    assert town.side.sessions.person(secret) is not None
    assert victim.open("/mine").path == "/mine"
    unknown = stranger.client.post(f"/account/sessions/{'0' * 32}/end", data={"csrf_token": token})
    assert unknown.status_code == 404


def test_an_ended_session_cannot_be_ended_again_and_is_not_listed(town: Town) -> None:
    side, person = town.side, town.people.member
    first = side.sessions.sign_in("member@example.org", PASSWORD).secret
    second = side.sessions.sign_in("member@example.org", PASSWORD).secret
    key = side.own_sessions.all(person, second)[0].id
    side.own_sessions.end_others(person, second)
    assert [one.id for one in side.own_sessions.all(person, second)] == [key]
    assert side.sessions.person(first) is None
    with side.database.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT count(*) FROM audit_event WHERE action = 'end-session'"
        )
        ended = rows.scalar()
    assert ended is not None
    assert ended >= 1


def test_the_browser_cookie_can_be_removed(town: Town) -> None:
    visitor = town.signed_in("member")
    assert visitor.client.get_cookie(devices.COOKIE) is not None
    page = visitor.send(visitor.open("/account/sessions"), "/forget-browser")
    assert "Nothing of you will stay" in page.text
    assert visitor.client.get_cookie(devices.COOKIE) is None
    assert "forget-browser" not in visitor.open("/account/sessions").html
