"""Comparing a report under review with what may be the same event, in a real browser, with axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from registry.intake.rules import State
from search import Indexer
from tests.factories import account
from tests.web.test_work_browser import LOOKS, PHONE, in_looks, sign_in
from tests.web.town import Town
from web.indexing import follow

pytestmark = pytest.mark.browser

COMPARE = {"": "Compare field by field", "/ar": "قارن حقلًا بحقل"}


@pytest.mark.parametrize("prefix", LOOKS)
def test_a_report_is_compared_and_given_to_a_record_without_scripts(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    record = town.record_id(town.report(State.PUBLISHED, account(countries=["UG"])))
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))
    key, raw = town.report(State.IN_REVIEW), account(countries=["UG"])
    other = town.side.intake.create(town.people.other_member, raw, channel="form", submit=True)
    look = browser.new_page(viewport=PHONE)
    sign_in(look, site + prefix, "reviewer")
    for path in (f"/review/{key}", f"/review/{key}/beside/{other.view.summary.id}"):
        look.goto(site + prefix + path)
        assert list(in_looks(look, LOOKS[prefix])) == []
    look.close()
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site + prefix, "reviewer")
    page.goto(f"{site}{prefix}/review/{key}")
    assert page.is_hidden("#same-event table")
    page.locator("#same-event > summary").press("Enter")
    fold = page.locator("#same-event details summary")
    assert COMPARE[prefix] in fold.inner_text()
    fold.press("Enter")
    rows = page.locator("#same-event tbody tr").all_inner_texts()
    assert len(rows) >= 8
    assert all(row.strip().splitlines()[-1].strip() for row in rows), "each says in words what it is"
    page.locator("button[name=belongs-to]").press("Enter")
    assert record in page.inner_text("#belongs")
    assert town.actions(key)[-1] == "confirm-relation"
    context.close()
