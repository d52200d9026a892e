"""Choosing how exact a report is, in a real browser: the count follows at once, one request at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize

from registry.intake.rules import State
from tests.factories import account
from tests.registry.alike import put
from tests.web.chrome import faults, inspect, overflow, served
from tests.web.test_work_browser import PHONE, sign_in
from tests.web.town import Town
from web.pages.chrome import STATIC

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 900}
BAR = 2_100
"""Bytes of the script, at most."""
ASKED = "**/alike"
LOOKS: dict[str, tuple[ViewportSize, str, str]] = {
    "": (WIDE, "That is too few.", "That is enough."),
    "/ar": (PHONE, "هذا قليل جدًا.", "هذا كافٍ."),
}
"""Language → how wide the page is, and both verdicts."""
HAS_SAID = "said => document.getElementById('alike-said').textContent !== said"


@pytest.fixture
def site(wary_town: Town) -> Iterator[str]:
    with served(wary_town.app) as address:
        yield address


@pytest.fixture
def key(wary_town: Town) -> str:
    """A report of a certain day; four public ones are of the same month."""
    put(wary_town.node.public, wary_town.clock, 1, 2, 3, 4, happened={"from": "2026-03"})
    return wary_town.report(State.IN_REVIEW, account(happened={"from": "2026-03-05"}))


def opened(page: Page, address: str, key: str) -> None:
    sign_in(page, address, "reviewer")
    page.goto(f"{address}/review/{key}#exactness")
    page.click("#exactness details summary")


def choose(page: Page, rung: str) -> str:
    """Choose how exact the day is, and wait for what is said of it."""
    before = page.inner_text("#alike-said")
    page.select_option("#exact-date", rung)
    page.wait_for_function(HAS_SAID, arg=before)
    return page.inner_text("#alike-said")


@pytest.mark.parametrize("prefix", LOOKS)
def test_the_count_and_the_verdict_follow_without_a_button(
    browser: Browser, site: str, wary_town: Town, key: str, prefix: str
) -> None:
    view, few, enough = LOOKS[prefix]
    page, said, asked = browser.new_page(viewport=view), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append((request.method, request.url)))
    opened(page, site + prefix, key)
    assert page.inner_text("#alike-said") == ""
    assert page.get_attribute("#alike-said", "role") == "status"
    page.fill("#note", "Typed, and not sent with the levels.")
    address = page.url
    assert enough in choose(page, "month")
    assert "4" in page.inner_text("#alike-count")
    assert enough in page.inner_text("#alike-count")
    assert page.evaluate("document.activeElement.id") != "alike"
    inspect(page)
    assert faults(page) == []
    assert overflow(page) <= 0
    assert few in choose(page, "day")
    assert few in page.inner_text("#alike-count")
    assert page.input_value("#note") == "Typed, and not sent with the levels."
    assert (page.url, said) == (address, [])
    assert all(url.startswith(site) for _, url in asked)
    assert wary_town.side.reviews.risk(wary_town.people.reviewer, key).decision is None
    page.close()


def arrived(page: Page, held: list[Route], count: int) -> int:
    """How many requests are held, once there are so many, but not waiting for ever."""
    for _ in range(200):
        if len(held) >= count:
            break
        page.evaluate("0")
    return len(held)


def test_one_request_at_a_time_and_the_last_choice_counts(browser: Browser, site: str, key: str) -> None:
    page, held = browser.new_page(viewport=PHONE), list[Route]()
    opened(page, site, key)

    def hold(route: Route) -> None:
        held.append(route)

    page.route(ASKED, hold)
    for rung in ("month", "quarter", "day"):
        page.select_option("#exact-date", rung)
    assert page.get_attribute("#alike", "aria-busy") == "true"
    assert arrived(page, held, 1) == 1
    sent = held[0].request.post_data or ""
    assert "exact-date=month" in sent
    assert "note" not in sent
    with page.expect_request(ASKED):
        held[0].continue_()
    assert arrived(page, held, 2) == 2
    assert page.inner_text("#alike-said") == "", "what is old already is not said"
    assert "exact-date=day" in (held[1].request.post_data or "")
    held[1].continue_()
    page.wait_for_function(HAS_SAID, arg="")
    assert "too few" in page.inner_text("#alike-said")
    assert page.get_attribute("#alike", "aria-busy") is None
    assert len(held) == 2
    page.close()


def test_where_nothing_comes_back_no_number_of_other_levels_is_left(
    browser: Browser, site: str, key: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    opened(page, site, key)
    page.route(ASKED, lambda route: route.abort())
    failed = choose(page, "month")
    assert failed == "How many look like it could not be counted just now. Press “Try it out”."
    assert page.inner_text("#alike") == failed
    page.unroute(ASKED)
    assert "That is enough." in choose(page, "quarter")
    page.click("#exactness button[value=try]")
    assert "only trying this out" in page.inner_text("#alike")
    page.close()


def test_the_script_is_small_and_asks_nobody_else() -> None:
    body = (STATIC / "alike.js").read_bytes()
    assert len(body) < BAR
    assert b"http" not in body.replace(b"XMLHttpRequest", b"")
