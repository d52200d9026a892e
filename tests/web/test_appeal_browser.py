"""An appeal in a real browser, by keyboard alone, on a phone and in Arabic, with axe on every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from registry.intake.rules import State
from tests.web.chrome import RULES, faults, inspect, overflow
from tests.web.test_work_browser import PHONE, focused, sign_in
from tests.web.town import Town

pytestmark = pytest.mark.browser

WHY = "كتب نموذج معادلات الجدول."
TABS_MAX = 80


def reach(page: Page, wanted: str) -> None:
    """Press Tab until the control with this id, or these words, has the focus, and is seen to have it."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if focused(page).strip() == wanted:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def in_order(page: Page) -> None:
    """The page passes axe, with everything unfolded, and is no wider than the phone."""
    inspect(page)
    assert list(faults(page, RULES)) == []
    assert overflow(page) <= 0


def test_an_appeal_from_reason_to_outcome_by_keyboard_in_arabic(
    browser: Browser, site: str, town: Town
) -> None:
    key = town.report(State.DECLINED)
    town.clock.forward(seconds=60)
    page = browser.new_page(viewport=PHONE)
    sign_in(page, f"{site}/ar", "member")
    page.goto(f"{site}/ar/mine/{key}")
    in_order(page)
    reach(page, "التظلم من القرار")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ar/mine/{key}/appeal")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    reach(page, "أرسل التظلم")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    in_order(page)
    reach(page, "text")
    page.keyboard.type(WHY)
    in_order(page)
    reach(page, "أرسل التظلم")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ar/mine/{key}")
    in_order(page)
    assert WHY in page.inner_text("main")
    page.context.clear_cookies()
    town.clock.forward(seconds=60)
    sign_in(page, f"{site}/ar", "second")
    page.goto(f"{site}/ar/review?queue=appeals")
    in_order(page)
    page.goto(f"{site}/ar/review/{key}")
    in_order(page)
    reach(page, "تولّي مراجعة هذا البلاغ")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=uphold]")
    in_order(page)
    reach(page, "note")
    page.keyboard.type("كان نموذجًا.")
    reach(page, "التظلم محق")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=accept]")
    in_order(page)
    assert town.state(key) is State.IN_REVIEW
    page.close()


def test_a_receipt_code_is_enough_to_appeal_by_keyboard(browser: Browser, site: str, town: Town) -> None:
    key = town.report(State.DECLINED)
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site}/ar/receipt")
    reach(page, "code")
    page.keyboard.type(town.receipt(key))
    page.keyboard.press("Enter")
    page.wait_for_selector("details.fold")
    reach(page, "التظلم من القرار")
    page.keyboard.press("Enter")
    reach(page, "appeal")
    page.keyboard.type(WHY)
    in_order(page)
    reach(page, "أرسل التظلم")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    in_order(page)
    assert town.state(key) is State.APPEALED
    page.close()
