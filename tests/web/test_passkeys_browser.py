"""Passkeys in a real browser with an authenticator of its own: made, shown, misused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from bench.nodes import free_port
from tests.factories import PASSWORD
from tests.serving import on_port
from tests.web.chrome import faults, inspect
from tests.web.seat import TRYING, Seat
from tests.web.town import Town
from web.app import create_app
from web.wiring import build, close

pytestmark = pytest.mark.browser
WORRIES = ("error", "warning")


@pytest.fixture
def site(town: Town) -> Iterator[str]:
    """The town with second factors asked for, at an address that passkeys are possible for."""
    port = free_port()
    address = f"http://localhost:{port}"
    node = build(
        replace(town.node.settings, base_url=address, second_factor=True, limits_percent=0), town.clock
    )
    with on_port(create_app(node), port):
        yield address
    close(node)


@pytest.fixture
def seat(browser: Browser, site: str) -> Iterator[Seat]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: message.type in WORRIES and said.append(message.text))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield Seat(site, page, devtools, made["authenticatorId"], said)
    assert [text for text in said if "Failed to load resource" not in text] == []
    context.close()


def test_a_reviewer_adds_a_passkey_and_signs_in_with_nothing_else(seat: Seat) -> None:
    seat.sign_in("reviewer")
    seat.page.wait_for_url(f"{seat.site}/account/factors")
    seat.add()
    assert seat.page.locator(".recovery li").count() == 10
    seat.page.goto(f"{seat.site}/review")
    assert seat.page.url == f"{seat.site}/review"  # the roles are awake
    seat.sign_out()
    seat.page.goto(f"{seat.site}/review")
    seat.press()
    assert seat.page.url == f"{seat.site}/review"
    (kept,) = seat.credentials()
    assert kept["rpId"] == "localhost"
    assert kept["isResidentCredential"] is True


def test_after_the_password_the_passkey_is_the_second_step(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.sign_out()
    seat.sign_in("member")
    seat.page.wait_for_url(f"{seat.site}/signin/code")
    seat.press()
    assert seat.page.url == f"{seat.site}/mine"


def test_an_answer_sent_twice_counts_once(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.sign_out()
    seat.page.goto(f"{seat.site}/signin")
    before = seat.page.context.cookies()
    with seat.page.expect_request(lambda one: one.url.endswith("/signin/passkey")) as sent:
        seat.press()
    assert seat.page.url == f"{seat.site}/mine"
    seat.sign_out()
    seat.page.context.clear_cookies()
    seat.page.context.add_cookies([dict(one) for one in before])  # type: ignore[misc] # its own cookies
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    again = seat.page.request.post(
        f"{seat.site}/signin/passkey", data=sent.value.post_data or "", headers=form
    )
    assert "done already" in again.text()
    assert seat.page.request.get(f"{seat.site}/mine").url == f"{seat.site}/signin?next=/mine"


def test_a_copy_of_the_device_is_refused(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.sign_out()
    seat.page.goto(f"{seat.site}/signin")
    seat.press()
    assert seat.page.url == f"{seat.site}/mine"
    seat.sign_out()
    seat.count(0)
    seat.page.goto(f"{seat.site}/signin")
    seat.press()
    assert seat.page.url == f"{seat.site}/signin"
    assert "was not accepted" in seat.page.inner_text("main")


def test_a_device_that_does_not_know_who_holds_it_is_not_enough_alone(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.sign_out()
    seat.verifies(does=False)
    seat.page.goto(f"{seat.site}/signin")
    seat.page.click(f"{TRYING} button")
    seat.page.wait_for_selector("[data-say=failed]:visible")
    assert seat.page.url == f"{seat.site}/signin"
    assert seat.page.is_enabled(f"{TRYING} button")


def test_a_removed_passkey_lets_nobody_in(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.page.goto(f"{seat.site}/account/passkeys")
    seat.page.click("text=My phone")
    seat.page.fill("#password", PASSWORD)
    seat.page.click("text=Remove the passkey")
    seat.page.wait_for_selector("text=You have none.")
    seat.sign_out()
    seat.page.goto(f"{seat.site}/signin")
    seat.press()
    assert seat.page.url == f"{seat.site}/signin"
    assert "was not accepted" in seat.page.inner_text("main")


def test_the_same_device_is_not_added_twice(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.ask()
    seat.page.click(f"{TRYING} button")
    seat.page.wait_for_selector("[data-say=known]:visible")
    assert len(seat.credentials()) == 1


def test_at_another_address_nothing_is_offered_and_the_page_says_so(seat: Seat, browser: Browser) -> None:
    other = seat.site.replace("localhost", "127.0.0.1")
    page = browser.new_page()
    page.goto(f"{other}/signin")
    assert page.locator(TRYING).count() == 1
    assert not page.is_visible(TRYING)
    page.fill("#email", "member@example.org")
    page.fill("#password", PASSWORD)
    page.click("form[action='/signin'] button")
    page.goto(f"{other}/account/passkeys")
    page.fill("#password", PASSWORD)
    page.click("form[action='/account/passkeys'] button")
    assert not page.is_visible(TRYING)
    assert seat.site in page.inner_text("[data-without-passkeys]")
    page.close()


def test_without_scripts_the_pages_lead_to_one_time_codes(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/signin")
    assert not page.is_visible(TRYING)
    page.fill("#email", "reviewer@example.org")
    page.fill("#password", PASSWORD)
    page.click("form[action='/signin'] button")
    page.goto(f"{site}/account/passkeys")
    page.fill("#password", PASSWORD)
    page.click("form[action='/account/passkeys'] button")
    assert not page.is_visible(TRYING)
    page.click("text=Use one-time codes instead")
    assert page.url == f"{site}/account/factors"
    context.close()


def test_an_answer_for_another_origin_is_refused(seat: Seat) -> None:
    seat.sign_in("member")
    seat.add()
    seat.sign_out()
    seat.page.goto(f"{seat.site}/signin")
    forged = """form => {
        const real = JSON.parse(form.elements.answer.value);
        const said = JSON.parse(atob(real.response.clientDataJSON.replaceAll("-", "+").replaceAll("_", "/")));
        said.origin = "https://evil.example";
        real.response.clientDataJSON = btoa(JSON.stringify(said));
        form.elements.answer.value = JSON.stringify(real);
    }"""
    seat.page.evaluate(
        "forged => { const form = document.querySelector('form[data-options]');"
        " const send = form.submit.bind(form);"
        f" form.submit = () => {{ ({forged})(form); send(); }}; }}",
        json.dumps(""),
    )
    seat.press()
    assert seat.page.url == f"{seat.site}/signin"
    assert "was not accepted" in seat.page.inner_text("main")


@pytest.mark.parametrize(
    ("width", "scheme", "prefix"), [(360, "light", ""), (360, "dark", "/ar"), (1280, "dark", "")]
)
def test_the_pages_are_accessible_and_fit(seat: Seat, width: int, scheme: str, prefix: str) -> None:
    seat.page.set_viewport_size({"width": width, "height": 800})
    seat.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = []

    def look(name: str) -> None:
        inspect(seat.page)
        found.extend(f"{name}: {line}" for line in faults(seat.page))

    seat.sign_in("member")
    seat.page.goto(f"{seat.site}{prefix}/account/passkeys")
    look("none yet")
    seat.page.fill("#password", "wrong")
    seat.page.click("form[action$='/account/passkeys'] button")
    look("wrong password")
    seat.page.fill("#password", PASSWORD)
    seat.page.click("form[action$='/account/passkeys'] button")
    look("new")
    seat.press()
    seat.page.wait_for_selector(".recovery")
    look("codes")
    seat.page.goto(f"{seat.site}{prefix}/account/passkeys")
    look("list")
    seat.page.click(".line-card a")
    look("one")
    seat.sign_out()
    seat.page.goto(f"{seat.site}{prefix}/signin")
    look("sign in")
    seat.sign_in("member")
    look("second step")
    assert found == []
