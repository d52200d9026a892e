"""Is it one of these, in a real browser: the list while typing, and the whole way without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from registry.intake.rules import State
from search import Indexer
from tests.web.chrome import faults, inspect
from tests.web.pages.known.asking import STORY
from tests.web.test_work_browser import CONTINUE, PHONE, sign_in
from tests.web.town import Town
from web.indexing import follow
from web.pages.chrome import STATIC

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 900}
BAR = 3_000
"""Bytes of the script, at most."""


@pytest.fixture
def record(town: Town) -> str:
    key = town.report(State.PUBLISHED)
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))
    return town.record_id(key)


def write(page: Page, address: str) -> None:
    page.goto(f"{address}/report/new")
    page.fill("#title", STORY["title"])
    page.fill("#text", STORY["text"])


@pytest.mark.parametrize(("prefix", "view"), [("", PHONE), ("/ar", PHONE), ("", WIDE)])
def test_the_list_grows_while_one_types_and_then_the_question_comes(
    browser: Browser, site: str, record: str, prefix: str, view: ViewportSize
) -> None:
    page, said, asked = browser.new_page(viewport=view), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append((request.method, request.url)))
    sign_in(page, site + prefix, "other")
    page.goto(f"{site}{prefix}/report/new")
    assert page.is_hidden("#similar")
    write(page, site + prefix)
    page.wait_for_selector(f"#similar-list a[href$='{record}']")
    assert page.inner_text("#similar-said").strip()
    assert page.get_attribute("#similar-said", "role") == "status"
    assert page.evaluate("document.activeElement.id") == "text"
    inspect(page)
    assert faults(page) == []
    page.fill("#title", "Zephyrine")
    page.fill("#text", "A brass lantern rolled down nine hills.")
    page.wait_for_selector("#similar", state="hidden")
    page.fill("#text", STORY["text"])
    page.wait_for_selector("#similar", state="visible")
    with page.context.expect_page() as beside:
        page.click(f"#similar-list a[href$='{record}']")
    assert beside.value.evaluate("window.opener") is None
    assert page.input_value("#text") == STORY["text"]
    page.click(CONTINUE)
    assert "/similar" in page.url
    inspect(page)
    assert faults(page) == []
    page.click(f"button[value='here {record}']")
    inspect(page)
    assert faults(page) == []
    assert page.input_value("#text") == STORY["text"]
    assert said == []
    assert all(url.startswith(site) for _, url in asked)
    assert not [url for _, url in asked if "dose" in url or "lantern" in url]
    page.context.close()


def test_the_whole_way_without_scripts(browser: Browser, site: str, town: Town, record: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, site, "other")
    write(page, site)
    assert page.is_hidden("#similar")
    page.click(CONTINUE)
    page.click(f"button[value='same {record}']")
    assert page.url.endswith("/language")
    assert record in page.inner_text(".note.ok")
    page.goto(f"{site}/records/{record}")
    page.click("text=It happened here too")
    page.fill("#countries", "Uganda")
    page.fill("#from", "2026")
    page.fill("#text", "The same bot, the same wrong unit.")
    page.click(CONTINUE)
    page.click(".acts .btn")
    page.click("button:has-text('Send the statement')")
    assert page.inner_text(".receipt-code")
    context.close()


def test_the_script_is_small_and_asks_nobody_else() -> None:
    body = (STATIC / "similar.js").read_bytes()
    assert len(body) < BAR
    assert b"http" not in body.replace(b"XMLHttpRequest", b"")
