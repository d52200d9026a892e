"""Revising a published report in a real browser, by keyboard alone, on a phone and in Arabic, with axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from registry.intake.rules import State
from tests.web.test_appeal_browser import in_order, reach
from tests.web.test_work_browser import PHONE, sign_in
from tests.web.town import Town

pytestmark = pytest.mark.browser

SAID = "عادت المشكلة بعد التحديث."


def test_a_report_is_revised_and_sent_by_keyboard_in_arabic(browser: Browser, site: str, town: Town) -> None:
    key = town.report(State.PUBLISHED)
    town.clock.forward(seconds=60)
    page = browser.new_page(viewport=PHONE)
    sign_in(page, f"{site}/ar", "member")
    page.goto(f"{site}/ar/mine/{key}")
    in_order(page)
    reach(page, "كتابة نسخة جديدة من البلاغ")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ar/report/{key}/check")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    in_order(page)
    page.goto(f"{site}/ar/mine/{key}")
    in_order(page)
    page.goto(f"{site}/ar/report/{key}/check")
    page.focus("form[action$='/send'] button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ar/report/{key}/sent")
    assert town.state(key) is State.SUBMITTED
    town.clock.forward(seconds=60)
    page = browser.new_page(viewport=PHONE)
    sign_in(page, f"{site}/ar", "reviewer")
    page.goto(f"{site}/ar/review?queue=revisions")
    in_order(page)
    page.goto(f"{site}/ar/review/{key}")
    in_order(page)


def test_whether_the_fix_held_is_answered_by_keyboard_in_arabic(
    browser: Browser, site: str, town: Town
) -> None:
    key = town.report(State.PUBLISHED)
    town.side.held.ask(key)
    town.clock.forward(seconds=60)
    page = browser.new_page(viewport=PHONE)
    sign_in(page, f"{site}/ar", "member")
    page.goto(f"{site}/ar/mine/{key}")
    in_order(page)
    reach(page, "إرسال الإجابة")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    in_order(page)
    reach(page, "held")
    page.keyboard.press("ArrowDown")
    reach(page, "since")
    page.keyboard.type(SAID)
    reach(page, "إرسال الإجابة")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ar/mine/{key}")
    in_order(page)
    view = town.side.intake.read(town.people.member, key)
    assert view.account.response.held == "came-back"
    assert view.account.response.since == SAID
