"""The review queue in a real browser: how much of it fits, and how far the keyboard has to go."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ViewportSize

from registry.intake.rules import State
from tests.factories import account
from tests.web.chrome import overflow
from tests.web.test_work_browser import PHONE, focused, sign_in, tab_to
from tests.web.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.long]

DESK: ViewportSize = {"width": 1280, "height": 900}
BETWEEN: tuple[ViewportSize, ...] = ({"width": 1060, "height": 800}, {"width": 770, "height": 1000})
LONG = "A queue number machine sent people who cannot read to the end of the line for three weeks"
LINES = """selector => [...document.querySelectorAll(selector)].map(
    cell => Math.round(cell.offsetHeight / parseFloat(getComputedStyle(cell).lineHeight)))"""
"""How many lines each of these takes."""
MOST_ROW, MOST_CARD, FIRST_CARD = 96, 200, 620
"""Pixels: a line on a desk (Arabic is set wider), a card on a phone, and the latest top of the first card."""


def waiting(town: Town) -> None:
    for number in range(6):
        town.report(State.SUBMITTED, account(title=f"{LONG} ({number})"))


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_a_line_is_short_and_no_target_is_broken(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    waiting(town)
    page = browser.new_page(viewport=DESK)
    sign_in(page, site + prefix, "reviewer")
    page.goto(f"{site}{prefix}/review")
    assert set(page.evaluate(LINES, ".queue .badge")) == {1}
    heights = page.eval_on_selector_all(".queue tbody tr", "rows => rows.map(row => row.offsetHeight)")
    assert max(heights) <= MOST_ROW
    for narrower in (*BETWEEN, PHONE):
        page.set_viewport_size(narrower)
        assert overflow(page) <= 0, narrower
    cards = page.eval_on_selector_all(".queue tbody tr", "rows => rows.map(row => row.offsetHeight)")
    assert max(cards) <= MOST_CARD
    top = page.eval_on_selector(".queue tbody tr", "row => row.getBoundingClientRect().top")
    assert top <= FIRST_CARD
    page.close()


def test_queues_and_filters_unfold_on_a_phone_without_scripts(
    browser: Browser, site: str, town: Town
) -> None:
    waiting(town)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/review")
    assert not page.is_visible("text=Appeals")
    page.click("summary:has-text('Waiting for review')")
    page.click("a:has-text('Appeals')")
    assert "queue=appeals" in page.url
    page.goto(f"{site}/review")
    page.click("summary:has-text('Filter and sort')")
    page.select_option("#language", "en")
    page.click("button:has-text('Show')")
    assert page.is_visible("text=6 reports match.")
    assert not page.is_visible("#language"), "what is chosen is told, and the lines begin"
    context.close()


def test_the_keyboard_comes_to_the_list_past_queues_and_filters(
    browser: Browser, site: str, town: Town
) -> None:
    waiting(town)
    page = browser.new_page(viewport=DESK)
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/review")
    tab_to(page, "Go to the list")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "pick-1"
    page.keyboard.press("Tab")
    assert focused(page).startswith(LONG)
    page.close()
