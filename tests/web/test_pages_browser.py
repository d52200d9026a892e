"""Public pages in a real browser: accessibility rules, reflow, both themes, both directions, no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web.chrome import overflow, served
from tests.web.pages.conftest import Library, library

__all__ = ["library"]
pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATHS = (
    "/",
    "/?q=dose&harm=injury",
    "/?q=nothing+like+this&country=KE&severity=terrible",
    "/?q=robot&country=JO",
    "/records/{own}",
    "/records/{foreign}",
    "/records/{own}/versions",
    "/records/{own}/versions/2",
    "/records/{erased}",
    "/about",
    "/about/taxonomy",
    "/about/taxonomy/failure",
    "/nowhere",
)


def address(path: str, library: Library) -> str:
    return path.format(own=library.own, foreign=library.foreign, erased=library.erased)


LOOKS = [(360, "light", ""), (360, "dark", "/ar"), (1280, "light", "/ar"), (1280, "dark", "")]
"""Every pair of width, theme and direction occurs once."""


@pytest.fixture
def site(app: Flask, library: Library) -> Iterator[str]:
    """The address at which the records are served."""
    with served(app) as place:
        yield place


@pytest.mark.parametrize(("width", "scheme", "prefix"), LOOKS)
def test_every_page_is_accessible_and_fits(
    browser: Browser, site: str, library: Library, width: int, scheme: str, prefix: str
) -> None:
    dark = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=dark)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    faults = []
    for path in PATHS:
        page.goto(
            site + prefix + path.format(own=library.own, foreign=library.foreign, erased=library.erased)
        )
        _open_all(page)
        found = Axe().run(page, options=RULES).response
        faults += [f"{path}: {rule['id']} {_where(rule)}" for rule in found["violations"]]
        faults += [f"{path}: unsure {rule['id']} {_where(rule)}" for rule in found["incomplete"]]
        if overflow(page) > 0:
            faults.append(f"{path}: wider than the window")
    context.close()
    assert "\n".join(faults) == ""
    assert [text for text in said if "Failed to load resource" not in text] == []


def test_pages_reflow_at_320_pixels(browser: Browser, site: str, library: Library) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for path in PATHS:
        page.goto(site + address(path, library))
        _open_all(page)
        assert overflow(page) <= 0, path
    page.close()


def test_everything_works_without_javascript(browser: Browser, site: str, library: Library) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("#q", "robot")
    page.click("button:has-text('Search')")
    page.click("article h3 a")
    assert page.url == f"{site}/records/{library.foreign}"
    page.click("summary:has-text('Classifications as the source gives them')")
    assert page.is_visible("text=Lives Lost")
    page.click(".menu summary")
    page.click(".menu a[lang=fr]")
    assert page.url == f"{site}/fr/records/{library.foreign}"
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "/about")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.close()


def test_no_page_asks_anybody_else_for_anything(browser: Browser, site: str, library: Library) -> None:
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/records/{library.foreign}")
    assert asked
    assert all(url.startswith((site, "data:")) for url in asked)
    page.close()


def _open_all(page: Page) -> None:
    """Open what is folded, so that the rules see it too."""
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(part => { part.open = true })")


def _where(rule: dict[str, list[dict[str, object]]]) -> str:
    return "; ".join(str(node["target"]) for node in rule["nodes"][:3])
