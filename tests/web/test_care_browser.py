"""Flagging, judging and changing public records in a real browser: keyboard, axe, both directions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from registry.intake.rules import State
from registry.review.aftercare.changes import Proposal
from tests.web.looks import LOOKS, faults_of
from tests.web.test_work_browser import PHONE, sign_in, tab_to
from tests.web.town import Town

pytestmark = pytest.mark.browser

TEXT = "The keeper of the porpoises is my neighbour."


def flagged(town: Town) -> tuple[str, str]:
    """Key and record id of a public report with a flag and a change that waits."""
    key = town.report(State.PUBLISHED)
    record_id, care = town.record_id(key), town.side.reviewing.care
    care.flags.flag(record_id, "someone-recognizable", TEXT)
    care.flags.flag(record_id, "wrong", "")
    care.changes.propose_own(town.people.member, key, Proposal("retract", "wrong", "The dose was right.", 1))
    return key, record_id


@pytest.mark.parametrize("prefix", LOOKS)
def test_every_page_of_it_is_accessible_and_fits(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    key, record_id = flagged(town)
    other = town.record_id(town.report(State.PUBLISHED))
    gone = town.record_id(town.report(State.PUBLISHED))
    care = town.side.reviewing.care
    for record, kind, reason in ((other, "mark-unverifiable", "no-source"), (gone, "erase", "safety")):
        change = care.changes.propose(town.people.steward, record, Proposal(kind, reason, "", 1))
        care.changes.approve(town.people.other_reviewer, change.id)
    town.side.record_changes.carry_out(early=True)
    sights = {
        "": (f"/records/{record_id}/flag", f"/records/{record_id}/flag/sent", f"/records/{other}"),
        "member": (f"/mine/{key}/change",),
        "second": ("/review/records", f"/review/records/{record_id}", f"/review/records/{other}"),
    }
    assert "\n".join(faults_of(browser, site, prefix, sights)) == ""


def test_the_keyboard_is_enough_to_flag_and_to_decide(browser: Browser, site: str, town: Town) -> None:
    _, record_id = flagged(town)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/records/{record_id}")
    page.focus(f"a[href='/records/{record_id}/flag']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/flag")
    context.close()
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site}/records/{record_id}/flag")
    tab_to(page, "reason")
    page.keyboard.press("Space")
    tab_to(page, "text")
    page.keyboard.type("It is my street.")
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    page.wait_for_url("**/flag/sent")
    page.close()
    page = browser.new_page(viewport=PHONE)
    sign_in(page, site, "second")
    page.goto(f"{site}/review/records/{record_id}")
    assert "It is my street." in page.inner_text("main")
    tab_to(page, "flags")
    page.keyboard.press("Space")
    tab_to(page, "dismissal")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Answer these flags")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note.ok")
    tab_to(page, "Approve")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note.ok")
    page.close()
    assert town.side.record_changes.carry_out(early=True) == [record_id]
    assert town.node.records.read(record_id).state.value == "retracted"
