"""A file of reports in a real browser, on a phone without scripts; and its pages by the rules of axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.registry.intake.bulk.making import as_csv
from tests.web.chrome import LOOK_RULES, faults, inspect
from tests.web.test_work_browser import PHONE, sign_in

pytestmark = pytest.mark.browser
TABLE = [
    ["Title", "What happened", "Date", "A column with a long name that nobody knows"],
    ["A" * 120, "Call +254 712 345678 about Wanjiru Kamau.", "2026-03", "x"],
    ["Second", "It said so.", "03/04/2026", ""],
]


def go_on(page: Page, file: Path, wish: str) -> None:
    page.set_input_files("#file", file)
    page.check(f"input[value={wish}]")
    page.click("form[action$='/report/bulk'] button:first-of-type")


def test_a_spreadsheet_is_sent_from_a_phone_without_scripts(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    file = tmp_path / "reports.csv"
    file.write_bytes(as_csv(TABLE[:2]))
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, site, "member")
    page.goto(f"{site}/report")
    page.click("text=Send them in one file")
    with page.expect_download() as download:
        page.click("text=Excel table with lists")
    assert download.value.suggested_filename == "reports-en.xlsx"
    go_on(page, file, "check")
    assert page.is_visible("text=Checked: nothing is stored yet")
    page.set_input_files("#file", file)
    with page.expect_download() as copied:
        page.click("text=Download a checked copy")
    assert copied.value.suggested_filename == "checked.csv"
    go_on(page, Path(copied.value.path()), "draft")
    page.click("text=Complete the drafts")
    page.click("text=Complete this report")
    assert page.url.endswith("/check")
    context.close()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_its_pages_are_accessible_and_fit(browser: Browser, site: str, tmp_path: Path, prefix: str) -> None:
    file = tmp_path / "reports.csv"
    file.write_bytes(as_csv(TABLE))
    page, found = browser.new_page(viewport=PHONE), list[str]()
    sign_in(page, site + prefix, "member")
    page.goto(f"{site}{prefix}/report/bulk")
    for step in ("form", "check", "draft", "list", "item"):
        if step in ("check", "draft"):
            page.check("#only-good-rows")
            go_on(page, file, step)
        elif step == "list":
            page.goto(f"{site}{prefix}/mine")
        elif step == "item":
            page.click(".line-card h2 a")
        inspect(page)
        found += [f"{step}: {fault}" for fault in faults(page)]
        page.set_viewport_size({"width": 1280, "height": 900})
        found += [f"{step}, wide: {fault}" for fault in faults(page, LOOK_RULES)]
        page.set_viewport_size(PHONE)
    assert found == []
    page.close()
