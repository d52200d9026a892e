"""Pages looked at in a real browser as different people see them: both widths, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.web.chrome import RULES, faults, inspect
from tests.web.test_work_browser import PHONE, sign_in

WIDE = {"width": 1280, "height": 900}
LOOKS: dict[str, Literal["light", "dark"]] = {"": "light", "/ar": "dark"}
"""Prefix of a language, and the colours in which its pages are looked at."""


def faults_of(browser: Browser, site: str, prefix: str, sights: Mapping[str, Iterable[str]]) -> list[str]:
    """What axe says of the paths that each of these people opens, "" for somebody who is not signed in."""
    found: list[str] = []
    for who, paths in sights.items():
        page = browser.new_page(viewport=PHONE, color_scheme=LOOKS[prefix])
        if who:
            sign_in(page, site + prefix, who)
        for path in paths:
            found += _looked_at(page, site + prefix + path)
        page.close()
    return found


def _looked_at(page: Page, address: str) -> list[str]:
    found = []
    page.goto(address)
    inspect(page)
    for size in (PHONE, WIDE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        found += [f"{address} at {size['width']}: {fault}" for fault in faults(page, RULES)]
    return found
