"""Walking through the report form in a real browser, by pointing and typing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.factories import PASSWORD
from tests.web.weighing import Scale, weighing

CONTINUE = ".acts button:first-child"
TICKED = {
    "kind": "kind/incident",
    "severity": "severity/serious",
    "failure": "failure/fabrication",
    "harm": "harm/injury",
    "sector": "sector/health",
    "system": "system/chatbot",
}
"""Question → what is chosen."""


def slug(page: Page) -> str:
    """Last part of the page's address."""
    return page.url.partition("?")[0].partition("#")[0].rpartition("/")[2]


def tell(page: Page) -> None:
    """The first page of a report."""
    page.fill("#text", "A health chatbot answered a question about a tablet with twice the safe dose.")
    page.fill("#title", "Chatbot doubled a dose")


def answer_core(page: Page, look: Callable[[Page], None] = lambda _: None) -> None:
    """From the first page on to the answers, by pointing and typing."""
    page.click(CONTINUE)
    look(page)
    page.click(CONTINUE)
    for name, code in TICKED.items():
        assert slug(page) == name
        look(page)
        box = f"input[value='{code}']"
        if not page.is_visible(box):
            page.click(f"details.fold:has({box}) summary")
        page.check(box)
        page.click(CONTINUE)
    look(page)
    page.fill("#from", "3/2026")
    page.click(CONTINUE)
    look(page)
    page.fill("#countries", "KE")
    page.click(CONTINUE)
    assert slug(page) == "privacy"
    look(page)
    page.click(".acts .btn")
    assert slug(page) == "check"


def by_signing_in(page: Page) -> None:
    """From the start page to the first question, as somebody who has yet to sign in."""
    page.click("a[href*='/report/new']")
    page.fill("#email", "member@example.org")
    page.fill("#password", PASSWORD)
    page.click("main form button")


def without_account(page: Page) -> None:
    """From the start page of a node that takes reports without an account to the first question."""
    page.click("form[action$='/report/guest'] button")


def weigh_core(
    page: Page,
    start: str,
    enter: Callable[[Page], None],
    look: Callable[[Page], None] = lambda _: None,
) -> tuple[Scale, Scale]:
    """Write and send a report; what the start page brought to an empty browser, and all that came after it.

    The first page is the first that is loaded, at the address ``start``: its styles are kept from then on.
    Everything else counts: signing in, redirects, headers, scripts, the confirmation.
    """
    with weighing(page, afresh=True) as first:
        page.goto(start)
        page.wait_for_load_state("networkidle")
    with weighing(page) as after:
        enter(page)
        page.wait_for_load_state()
        look(page)
        tell(page)
        answer_core(page, look)
        look(page)
        page.click("form[action$='/send'] button")
        page.wait_for_load_state("networkidle")
    return first, after
