"""Deciding how exact a report is, in a real browser: without scripts, on a phone, from right to left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from registry.intake.rules import State
from tests.factories import keep_details
from tests.registry.alike import put
from tests.registry.privacy.coarsening.samples import exact
from tests.web.chrome import faults, inspect, overflow, served
from tests.web.test_work_browser import MOST_PRESSES, press_access_key, sign_in
from tests.web.town import Town

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
MARCH = {"from": "2026-03"}
NOBODY = {"title": "Doses were doubled", "text": "Staff noticed it after a week.", "place": {}}
"""What is told without a personal detail."""
WHY = "لا يذكر النص أحداً."


@pytest.fixture
def site(wary_town: Town) -> Iterator[str]:
    with served(wary_town.app) as address:
        yield address


def told(town: Town) -> dict[str, object]:
    """A report with everything to decide on, four others that look like it when it says less."""
    others = {"developers": ["X1"], "deployers": ["Y1"], "systems": ["Acme Bot"]}
    put(town.node.public, town.clock, 1, 2, 3, 4, happened=MARCH, entities=others)
    return exact()


def test_the_whole_decision_without_scripts_on_a_phone_from_right_to_left(
    browser: Browser, site: str, wary_town: Town
) -> None:
    key = wary_town.report(State.IN_REVIEW, told(wary_town))
    keep_details(wary_town.side, wary_town.people.reviewer, key)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, f"{site}/ar", "reviewer")
    page.goto(f"{site}/ar/review/{key}#exactness")
    assert page.get_attribute("html", "dir") == "rtl"
    assert overflow(page) <= 0
    page.click("#exactness summary")
    page.select_option("#exact-place", "region")
    page.select_option("#exact-system", "type")
    page.click("#exactness button[value=try]")
    assert overflow(page) <= 0
    assert page.input_value("#exact-place") == "region"
    public = page.inner_text("#as-public")
    assert "[SYSTEM-1]" in public
    assert "شرق أفريقيا" in public
    page.click("#exactness button[value=as-it-is]")
    assert "#why" in page.inner_html("#error-summary")
    assert page.input_value("#exact-place") == "region", "nothing that was typed is lost"
    page.fill("#why", WHY)
    page.click("#exactness details button[value=decide]")
    assert WHY in page.inner_text("#exactness")
    page.click("button[value=accept]")
    assert wary_town.state(key) is State.ACCEPTED
    context.close()
    wary_town.side.publication.publish_batch()
    record = wary_town.node.records.read(wary_town.record_id(key))
    assert record.generalised == ("place: exact → region", "system: name → type")


def test_a_report_that_must_say_less_is_decided_with_few_key_presses(
    browser: Browser, site: str, wary_town: Town
) -> None:
    """From the queue: take it, make the smallest change that is enough, accept; the decision is recorded."""
    key = wary_town.report(State.SUBMITTED, told(wary_town) | NOBODY)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/review")
    presses = press_access_key(page, "n")
    assert page.is_visible("text=It is still open whether this report could point at somebody")
    presses += press_access_key(page, "m")
    presses += press_access_key(page, "a")
    assert wary_town.state(key) is State.ACCEPTED
    assert wary_town.side.reviews.risk(wary_town.people.reviewer, key).decision is not None
    assert presses <= MOST_PRESSES
    context.close()


@pytest.mark.parametrize(("prefix", "view"), [("", DESK), ("/ar", PHONE)])
def test_both_pages_are_accessible_and_fit(
    browser: Browser, site: str, wary_town: Town, prefix: str, view: ViewportSize
) -> None:
    raw = told(wary_town)
    examined, draft = wary_town.report(State.IN_REVIEW, raw), wary_town.draft(raw)
    found: list[str] = []
    for who, path in (
        ("reviewer", f"/review/{examined}"),
        ("member", f"/report/{draft}/exactness"),
        ("member", f"/report/{draft}/check"),
    ):
        page: Page = browser.new_page(viewport=view)
        sign_in(page, site + prefix, who)
        page.goto(site + prefix + path)
        inspect(page)
        found += [f"{path} {fault}" for fault in faults(page)]
        page.close()
    assert found == []
