"""The report form in a real browser: without scripts, by keyboard, on a phone, right to left, weighed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from registry.intake.rules import State
from tests.factories import PASSWORD, account
from tests.web.chrome import faults, inspect, overflow, served
from tests.web.pages.answers import ATTACK, MAIN, STEPS
from tests.web.town import Town
from tests.web.walking import CONTINUE, TICKED, by_signing_in, slug, weigh_core, without_account

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 360, "height": 740}
BUDGET = 60_000
"""Bytes after the start page up to the confirmation: signing in, redirects, headers and scripts too."""
HIJRI = "1447"


@pytest.fixture
def member(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page for somebody who is signed in, on a phone."""
    contexts: list[BrowserContext] = []

    def opened(prefix: str = "", *, scripts: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}{prefix}/signin")
        page.fill("#email", "member@example.org")
        page.fill("#password", PASSWORD)
        page.click("main form button")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("prefix", "scripts"),
    [("", True), ("", False), ("/ar", True), ("/ar", False), ("/fr", True), ("/es", True)],
)
def test_the_core_on_a_phone_and_what_it_weighs(
    town: Town, site: str, browser: Browser, prefix: str, scripts: bool
) -> None:
    page, said = browser.new_context(java_script_enabled=scripts, viewport=PHONE).new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(site) else None)
    first, scale = weigh_core(page, f"{site}{prefix}/report", by_signing_in, fits)
    receipt = page.inner_text(".receipt-code")
    fits(page)
    (sent,) = town.side.submissions.own(town.people.member).items
    assert (sent.state, town.receipt(sent.id)) == (State.SUBMITTED, receipt)
    assert page.get_attribute("html", "dir") == ("rtl" if prefix == "/ar" else "ltr")
    assert first.of(".css").total > 0 == scale.of(".css").total, "styles come once"
    assert bool(scale.of(".js").total) == scripts, "scripts count"
    assert scale.total <= BUDGET, f"{scale.total} bytes\n{scale}"
    assert said == []
    page.context.close()


@pytest.mark.parametrize(("prefix", "scripts"), [("", False), ("/ar", True), ("/fr", True), ("/es", True)])
def test_the_core_without_an_account_and_what_it_weighs(
    open_town: Town, browser: Browser, prefix: str, scripts: bool
) -> None:
    page = browser.new_context(java_script_enabled=scripts, viewport=PHONE).new_page()
    with served(open_town.app) as site:
        _, scale = weigh_core(page, f"{site}{prefix}/report", without_account, fits)
        assert page.inner_text(".receipt-code")
    assert scale.total <= BUDGET, f"{scale.total} bytes\n{scale}"
    page.context.close()


def fits(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    assert overflow(page) <= 0


def test_every_question_is_accessible(town: Town, site: str, member: Callable[..., Page]) -> None:
    raw = account()
    raw["classification"]["failure"] = ["failure/jailbreak", "failure/bias"]
    page, key, found = member(), town.draft(raw), []
    for name in (*STEPS, *ATTACK, *MAIN[4:]):
        page.goto(f"{site}/report/{key}/{name}")
        inspect(page)
        found += [f"{name}: {fault}" for fault in faults(page)]
    assert "\n".join(found) == ""


def test_the_keyboard_is_enough_for_the_core(town: Town, site: str, member: Callable[..., Page]) -> None:
    page = member()
    page.goto(f"{site}/report/new")
    press_until(page, "text")
    page.keyboard.type("It gave twice the safe dose.")
    page.keyboard.press("Tab")
    press(page, "Continue")
    assert page.title().startswith("Error: ")
    assert focused(page) == "error-summary"
    press_until(page, "Give the report a title.")
    page.keyboard.press("Enter")
    assert focused(page) == "title"
    page.keyboard.type("Doubled a dose")
    press(page, "Continue")
    press(page, "Continue")
    for name, code in TICKED.items():
        tick(page, name, code)
        press(page, "Continue")
    press_until(page, "from")
    page.keyboard.type(HIJRI)
    press(page, "Continue")
    assert "another calendar" in page.inner_text("#error-summary")
    press_until(page, "from")
    page.keyboard.press("Control+A")
    page.keyboard.type("2026")
    press(page, "Continue")
    press(page, "Continue")
    press(page, "Save and continue" if page.query_selector("form .detail") else "Continue")
    press(page, "Send report")
    assert slug(page) == "sent"


def tick(page: Page, name: str, code: str) -> None:
    """Reach an answer by Tab and arrows, opening what it is folded into, and choose it."""
    box = f"input[value='{code}']"
    if not page.is_visible(box):
        head = page.inner_text(f"details.fold:has({box}) summary strong")
        press_until(page, head, part=True)
        page.keyboard.press("Enter")
    if page.get_attribute(box, "type") == "radio":
        press_until(page, name)
        page.keyboard.press("Space")
        for _ in range(10):
            if page.is_checked(box):
                return
            page.keyboard.press("ArrowDown")
    press_until(page, str(page.get_attribute(box, "id")))
    page.keyboard.press("Space")
    assert page.is_checked(box)


def focused(page: Page) -> str:
    """Id of what has the focus, or the words on it."""
    said: str = page.evaluate("document.activeElement.id || document.activeElement.innerText")
    return said


def press_until(page: Page, wanted: str, *, part: bool = False) -> None:
    """Press Tab until something has the focus, visibly, as a person would, but not for ever."""
    for _ in range(90):
        now = focused(page)
        if now == wanted or (part and wanted in now.partition("\n")[0]):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page: Page, words: str) -> None:
    """Reach a button by its words and press it; the page that comes is there afterwards."""
    press_until(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_change_and_come_back_stale_tabs_and_an_ended_session(
    town: Town, site: str, member: Callable[..., Page]
) -> None:
    """Without scripts, on a phone: nothing that was typed is lost."""
    page, key = member(scripts=False), town.draft()
    page.goto(f"{site}/report/{key}/check")
    page.click("a:has-text('Change Severity')")
    page.check("input[value='severity/minor']")
    other = page.context.new_page()
    other.goto(f"{site}/report/{key}/story")
    page.click(CONTINUE)
    assert page.url.endswith("/check#severity")
    assert "Minor" in page.inner_text("#severity")
    other.fill("#text", "From the other tab.")
    other.click(CONTINUE)
    assert "What you typed is still here." in other.inner_text("main")
    assert other.input_value("#text") == "From the other tab."
    town.clock.forward(hours=13)
    other.click(CONTINUE)
    assert "what you had typed is kept" in other.inner_text("main")
    other.fill("#email", "member@example.org")
    other.fill("#password", PASSWORD)
    other.click("main form button")
    other.click("form[action$='/signin/kept'] button")
    assert town.side.intake.read(town.people.member, key).account.text == "From the other tab."


@pytest.mark.parametrize("how", ["days later", "cookies gone"])
def test_a_long_text_outlives_its_session_however_it_ended(
    town: Town, site: str, member: Callable[..., Page], how: str
) -> None:
    """Without scripts, on a phone: signing in happens beside the page that carries what was typed."""
    page, key = member(scripts=False), town.draft()
    page.goto(f"{site}/report/{key}/story")
    page.fill("#text", "Nobody answered.\n\nThe child was sent home.")
    if how == "days later":
        town.clock.forward(hours=100)
    else:
        page.context.clear_cookies()
    page.click(CONTINUE)
    fits(page)
    assert "what you typed is on this page" in page.inner_text("h1")
    with page.context.expect_page() as opened:
        page.click("main ol a")
    beside = opened.value
    beside.fill("#email", "member@example.org")
    beside.fill("#password", PASSWORD)
    beside.click("main form button")
    assert "go on there" in beside.inner_text("main")
    beside.close()
    page.click("main form button")  # once is enough
    account = town.side.intake.read(town.people.member, key).account
    assert account.text == "Nobody answered.\n\nThe child was sent home."


def test_the_confirmation_in_print(town: Town, site: str, member: Callable[..., Page]) -> None:
    page, key = member(), town.report(State.SUBMITTED)
    page.goto(f"{site}/report/{key}/sent")
    assert not page.is_visible(".print-head")
    page.emulate_media(media="print")
    head = page.inner_text(".print-head")
    for words in ("Incident Commons", f"/report/{key}/sent", "2026"):
        assert words in head
    assert page.is_visible(f"text={town.receipt(key)}")
    assert page.is_visible("text=twice the safe dose")
    assert not page.is_visible("text=Leave this site")
    assert not page.is_visible("header.top")
