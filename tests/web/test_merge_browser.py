"""Merging two records in a real browser: by keyboard, with axe, narrow and wide, both directions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from registry.intake.rules import State
from tests.factories import account
from tests.web.test_appeal_browser import reach
from tests.web.test_work_browser import LOOKS, PHONE, in_looks, sign_in
from tests.web.town import Town

pytestmark = pytest.mark.browser

PROPOSE = {"": "Propose", "/ar": "اقترح"}


@pytest.mark.parametrize("prefix", LOOKS)
def test_a_merge_is_proposed_by_keyboard(browser: Browser, site: str, town: Town, prefix: str) -> None:
    old = town.record_id(town.report(State.PUBLISHED))
    new = town.record_id(town.report(State.PUBLISHED, account(title="Twice the dose, said the chatbot")))
    page = browser.new_page(viewport=PHONE)
    sign_in(page, site + prefix, "reviewer")
    page.goto(f"{site}{prefix}/review/merge")
    assert list(in_looks(page, LOOKS[prefix])) == []
    page.set_viewport_size(PHONE)
    reach(page, "record")
    page.keyboard.type(old)
    reach(page, "into")
    page.keyboard.type(new)
    page.keyboard.press("Enter")
    page.wait_for_selector("#both")
    assert list(in_looks(page, LOOKS[prefix])) == []
    page.set_viewport_size(PHONE)
    reach(page, "what")
    page.keyboard.press("ArrowDown")
    reach(page, PROPOSE[prefix])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}{prefix}/review/records/{old}")
    assert list(in_looks(page, LOOKS[prefix])) == []
    assert new in page.inner_text("main")
    page.close()
