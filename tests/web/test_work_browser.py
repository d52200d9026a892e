"""Private pages in a real browser: the whole way without scripts on a phone, and the rules of access."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from registry.intake.rules import State
from search import Indexer
from tests.factories import PASSWORD
from tests.web.chrome import LOOK_RULES, RULES, faults, inspect, overflow
from tests.web.pages.answers import WHOLE
from tests.web.sights import PERSONAL, keys
from tests.web.town import Town
from web.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.long]

PHONE: ViewportSize = {"width": 360, "height": 740}

NARROWEST = 320
"""Pixels to which a page must be able to shrink (WCAG 2.2, 1.4.10)."""
Look = tuple[int, Literal["light", "dark"]]
LOOKS: dict[str, tuple[Look, Look]] = {
    "": ((360, "light"), (1280, "dark")),
    "/ar": ((360, "dark"), (1280, "light")),
}
"""Language → widths and themes: every pair of width, theme and direction occurs."""


@dataclass(frozen=True)
class Sight:
    """A page to look at: whose it is, where, and the button to press there, if any."""

    who: str
    path: str
    press: str = ""


CONTINUE = ".acts button:first-child"
SIGHTS = (
    Sight("", "/signin"),
    Sight("", "/signin", "main form button"),
    Sight("", "/report"),
    Sight("", "/report/safety"),
    Sight("", "/receipt", "main form button"),
    Sight("member", "/account"),
    Sight("member", "/mine"),
    Sight("member", "/mine?state=scheduled"),
    Sight("member", "/mine/{changes_requested}"),
    Sight("member", "/mine/{published}"),
    Sight("member", "/mine/{submitted}/withdraw"),
    Sight("", "/report/kind", CONTINUE),
    Sight("", "/report/kind?ai=yes&harm=yes&community=no&life=unsure&grave=yes"),
    Sight("member", "/mine/{published}/erase"),
    Sight("member", "/mine/{erased}"),
    Sight("member", "/mine/{erased}/erasure"),
    Sight("member", "/report/new", CONTINUE),
    Sight("member", "/report/{bare}/kind?kind=hazard"),
    Sight("member", "/report/{bare}/severity"),
    Sight("member", "/report/{bare}/failure", CONTINUE),
    Sight("member", "/report/{attacked}/harm"),
    Sight("member", "/report/{bare}/where", CONTINUE),
    Sight("member", "/report/{attacked}/check"),
    Sight("member", "/report/{left}/check"),
    Sight("member", "/report/{personal}/privacy"),
    Sight("member", "/report/{personal}/check"),
    Sight("member", "/report/{personal}/privacy", "form[action$='/hide'] button"),
    Sight("member", "/report/{bare}/check"),
    Sight("member", "/report/{bare}/check", "main form button"),
    Sight("member", "/report/{submitted}/sent"),
    Sight("member", "/report/{draft}/identity"),
    Sight("member", "/report/{draft}/publisher", CONTINUE),
    Sight("member", "/mine/{refused}"),
    Sight("member", "/others"),
    Sight("member", "/others/{offer}", "form[action$='/refuse'] button"),
    Sight("reviewer", "/review/{erased}"),
    Sight("reviewer", "/review"),
    Sight("reviewer", "/review?state=in_review&mine=1"),
    Sight("reviewer", "/review/{submitted}"),
    Sight("reviewer", "/review/{in_review}", "button[value=decline]"),
    Sight("reviewer", "/review/{examined}"),
    Sight("reviewer", "/review/{examined}", "button[value=accept]"),
    Sight("reviewer", "/review/{examined}", "#details button[value=hide]"),
    Sight("reviewer", "/review/publish"),
    Sight("reviewer", "/account/reviewing"),
    Sight("reviewer", "/account/letters"),
    Sight("reviewer", "/mine"),
)


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/signin")
    page.fill("#email", f"{name}@example.org")
    page.fill("#password", PASSWORD)
    page.click("main form button")


@pytest.mark.parametrize("prefix", LOOKS)
def test_every_private_page_is_accessible_and_fits(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    made, found, said = keys(town), [], []
    for who in ("", "member", "reviewer"):
        page = browser.new_page(viewport=PHONE)
        page.on("console", lambda message: said.append(message.text))
        if who:
            sign_in(page, site + prefix, who)
        for sight in SIGHTS:
            if sight.who == who:
                page.goto(site + prefix + sight.path.format(**made))
                if sight.press:
                    page.click(sight.press)
                found += [f"{sight.path} {sight.press} {fault}" for fault in in_looks(page, LOOKS[prefix])]
        page.close()
    assert "\n".join(found) == ""
    assert [text for text in said if "Failed to load resource" not in text] == []


def in_looks(page: Page, looks: tuple[Look, ...]) -> Iterator[str]:
    """The page's faults in each width and theme."""
    inspect(page)
    for (width, scheme), rules in zip(looks, (RULES, LOOK_RULES), strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        yield from (f"{width} {scheme}: {fault}" for fault in faults(page, rules))
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    yield from [f"{NARROWEST}: wider than the window"] if overflow(page) > 0 else []


def fill_in(page: Page) -> None:
    """The form by hand: typing, ticking, unfolding, choosing, going on."""
    page.fill("#title", WHOLE["title"])
    page.fill("#text", f"The word to find is teapot. {PERSONAL}")
    page.click(CONTINUE)
    page.click(CONTINUE)
    page.check("input[value='kind/incident']")
    page.click(CONTINUE)
    page.check("input[value='severity/serious']")
    page.click(CONTINUE)
    page.click("details.fold:has(input[value='failure/fabrication']) summary")
    page.check("input[value='failure/fabrication']")
    page.click(CONTINUE)
    page.click("details.fold:has(input[value='harm/injury']) summary")
    page.check("input[value='harm/injury']")
    page.click(CONTINUE)
    page.check("input[value='sector/health']")
    page.click(CONTINUE)
    page.check("input[value='system/chatbot']")
    page.click(CONTINUE)
    page.fill("#from", "March 2026")
    page.click(CONTINUE)
    page.fill("#countries", "Kenya")
    page.click(CONTINUE)
    page.check("fieldset:has(legend:has-text('clerk@clinic.example')) input[value=reviewers]")
    page.check("fieldset:has(legend:has-text('Wanjiru Kamau')) input[value=keep]")
    page.click("button:has-text('Save and continue')")
    page.click("text=Why it happened, and lessons")
    page.click("text=Skip this question")
    page.fill("#cause", "Nobody had asked a pharmacist.")
    page.click(CONTINUE)
    page.click("text=Skip this question")
    page.click("text=Skip this question")


def test_the_whole_way_on_a_phone_without_scripts(browser: Browser, site: str, town: Town) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site)
    page.click("nav >> text=Report")
    page.click("text=Start now")
    page.fill("#email", "member@example.org")
    page.fill("#password", PASSWORD)
    page.click("main form button")
    fill_in(page)
    page.click("button:has-text('Send report')")
    receipt = page.inner_text(".receipt-code")
    page.click("text=Member")
    page.click("text=Sign out")
    page.goto(f"{site}/receipt")
    page.fill("#code", receipt)
    page.click("text=Show where it stands")
    assert page.is_visible("text=Waiting for review")
    sign_in(page, site, "reviewer")
    page.click(f".queue a:has-text('{WHOLE['title']}')")
    page.click("text=Claim this report")
    page.click("text=Go to the decision")
    page.click("text=still open")
    page.check("#details fieldset:has(legend:has-text('Wanjiru Kamau')) input[value=keep]")
    page.click("button:has-text('Hide all that is open')")
    page.click("button:has-text('Accept')")
    page.click("a:has-text('Publish now')")
    page.click("button:has-text('Publish the waiting batch now')")
    record = page.inner_text("main li a")
    Worker(town.node, Indexer(town.node.settings.index_dir, town.node.taxonomy)).drain()
    page.goto(site)
    page.fill("#q", "teapot")
    page.click("button:has-text('Search')")
    assert page.is_visible("text=1 incident found")
    page.click(f"article >> text={WHOLE['title']}")
    assert page.url == f"{site}/records/{record}"
    assert "wrote from [EMAIL-1]. Call [PHONE-1]." in page.inner_text("main")
    assert "Wanjiru Kamau" in page.inner_text("main")
    context.close()


def focused(page: Page) -> str:
    """Id of what has the focus, or the words on it."""
    said: str = page.evaluate("document.activeElement.id || document.activeElement.innerText")
    return said


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something has the focus, as a person would, but not for ever."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_the_keyboard_is_enough_to_sign_in(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site}/signin")
    tab_to(page, "email")
    page.keyboard.type("member@example.org")
    tab_to(page, "password")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    assert page.title().startswith("Error: ")
    assert focused(page) == "error-summary"
    tab_to(page, "The e-mail or the password is not right.")
    page.keyboard.press("Enter")
    assert focused(page) == "email"
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/mine")
    page.close()


def test_a_choice_in_a_folded_group_is_reached_and_shown_again(
    browser: Browser, site: str, town: Town
) -> None:
    """What is ticked stays in sight when the page comes back with an error."""
    page = browser.new_page(viewport=PHONE)
    sign_in(page, site, "member")
    page.goto(f"{site}/report/{town.draft({'title': 'Folds', 'language': 'en'})}/failure")
    box = "input[value='failure/fabrication']"
    assert not page.is_visible(box)
    page.click(f"details.fold:has({box}) summary")
    page.check(box)
    page.check("input[value='failure/unknown']")
    page.click(CONTINUE)
    assert page.title().startswith("Error: ")
    assert page.is_visible(box)
    assert page.is_checked(box)
    page.close()


MOST_PRESSES = 6


def press_access_key(page: Page, letter: str) -> int:
    """Press a letter with Alt as a keyboard does, which also types it; returns how many keys that were."""
    stroke = {"key": letter, "code": f"Key{letter.upper()}", "modifiers": 1, "text": letter}
    devtools = page.context.new_cdp_session(page)
    with page.expect_navigation():
        devtools.send("Input.dispatchKeyEvent", {**stroke, "type": "keyDown", "unmodifiedText": letter})
    return len(("Alt", letter))


def test_a_clean_report_is_decided_with_few_key_presses(browser: Browser, site: str, town: Town) -> None:
    """From the queue to the decision; nothing of it needs a script."""
    clean = town.report(State.SUBMITTED)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/review")
    presses = press_access_key(page, "n")
    assert page.url.startswith(f"{site}/review/{clean}")
    presses += press_access_key(page, "a")
    assert town.state(clean) is State.ACCEPTED
    assert presses <= MOST_PRESSES
    context.close()
