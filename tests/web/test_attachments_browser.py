"""Attachments in a real browser: the whole way without scripts on a phone, and nothing opened by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from registry.intake.rules import State
from tests.registry.intake.attachments.planting import MARK, exif, jpeg, segment
from tests.web.test_work_browser import LOOKS, PHONE, in_looks, sign_in
from tests.web.town import Town

pytestmark = pytest.mark.browser
PHOTO = FilePayload(
    name="Wanjiru at the clinic.jpg",
    mimeType="image/jpeg",
    buffer=jpeg(segment(0xE1, b"Exif\x00\x00" + exif())),
)
NOTES = FilePayload(name="chat.txt", mimeType="text/plain", buffer=b"Bot: take two tablets\n")
ARCHIVE = FilePayload(name="everything.zip", mimeType="application/zip", buffer=b"PK\x03\x04" + bytes(60))
SHOWN = "The screen of the chatbot with the wrong dose"


def attach(town: Town, page: Page, file: FilePayload, shown: str) -> None:
    town.clock.forward(seconds=1)  # files have an order
    page.set_input_files("#file", file)
    page.fill("#description", shown)
    page.click("button:has-text('Add this file')")


def test_the_whole_way_on_a_phone_without_scripts(browser: Browser, site: str, town: Town) -> None:
    key, asked = town.draft(), list[str]()
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, site, "member")
    page.goto(f"{site}/report/{key}/check")
    page.click("text=Attach pictures, texts or PDFs")
    assert page.is_visible("text=of at most 10 MB")
    assert page.is_visible("text=Nothing of them is published.")
    attach(town, page, ARCHIVE, SHOWN)
    assert "Archives cannot be attached" in page.inner_text(".summary")
    assert page.input_value("#description") == SHOWN
    attach(town, page, PHOTO, "")
    assert "The file is attached. Say what the file shows" in page.inner_text(".summary")
    page.click(".summary a")
    page.fill(".attached textarea", SHOWN)
    page.click("button:has-text('Save the description')")
    attach(town, page, NOTES, "What the chatbot wrote")
    assert page.inner_text("#files") == "2 files"
    assert "Wanjiru" not in page.content()
    assert not [url for url in asked if url.endswith(town.attached(key)[0].id)]
    page.click(".card.attached:has-text('Text 2') >> text=Remove this file")
    page.click(".card.attached:has-text('Text 2') button:has-text('Remove it')")
    assert page.inner_text("#files") == "1 file"
    page.click("a:has-text('Continue')")
    assert SHOWN in page.inner_text("main")
    page.click("button:has-text('Send report')")
    assert town.state(key) is State.SUBMITTED
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reviewer_opens_a_picture_by_hand(
    browser: Browser, site: str, town: Town, *, scripts: bool
) -> None:
    key = town.draft()
    town.attach(key, "photo.jpg", PHOTO["buffer"], SHOWN)
    town.attach(key, "chat.txt", NOTES["buffer"], "What the chatbot wrote")
    town.side.intake.submit(town.people.member, key)
    context, asked = browser.new_context(java_script_enabled=scripts, viewport=PHONE), list[str]()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/review/{key}")
    (picture, text) = town.attached(key)
    address = f"{site}/review/{key}/attachments/{picture.id}"
    assert not page.is_visible(f"img[alt='{SHOWN}']")
    assert not scripts or address not in asked  # without scripts browsers fetch what nobody looks at yet
    page.click("text=Show the picture")
    page.wait_for_selector(f"img[alt='{SHOWN}']")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('.veiled > img').naturalWidth") > 0
    assert address in asked
    with page.expect_download() as download:
        page.click("text=Download it")
    assert download.value.suggested_filename == "attachment-2.txt"
    answer = context.request.get(address)
    assert MARK not in answer.body()
    assert context.request.get(f"{site}/review/{key}/attachments/{text.id}").headers["content-type"] == (
        "application/octet-stream"
    )
    context.close()


@pytest.mark.parametrize("prefix", LOOKS)
def test_pages_with_attachments_are_accessible_and_fit(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    key = town.draft()
    town.attach(key, "photo.jpg", PHOTO["buffer"], SHOWN)
    town.attach(key, "chat.txt", NOTES["buffer"], "")
    found, said = [], list[str]()
    for who, path in (("member", f"/report/{key}/attachments"), ("reviewer", f"/review/{key}")):
        page = browser.new_page(viewport=PHONE)
        page.on("console", lambda message: said.append(message.text))
        sign_in(page, site + prefix, who)
        page.goto(site + prefix + path)
        found += [f"{path} {fault}" for fault in in_looks(page, LOOKS[prefix])]
        page.close()
        if who == "member":
            town.side.intake.submit(town.people.member, key)
    assert "\n".join(found) == ""
    assert said == []
