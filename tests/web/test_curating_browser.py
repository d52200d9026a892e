"""Reading records of others in a real browser: keyboard, axe, both directions, without scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from registry.account import Account
from registry.record import store
from registry.record.curation.rules import Reading
from registry.record.types import Origin, Provenance, RecordType
from search import Indexer
from tests.factories import account
from tests.registry.record.samples import record
from tests.web.test_care_browser import LOOKS, looked_at
from tests.web.test_work_browser import PHONE, sign_in
from tests.web.town import Town
from web.indexing import follow

pytestmark = pytest.mark.browser

PEER = "AIR-ZZZZZZZZZZ-2026-000001"
READINGS = (
    Reading("severity", ("severity/critical",), because="Two people were hurt, as the text says."),
    Reading("scale", ("scale/site",), because="One clinic is told of."),
    Reading("detection", ("detection/audit",), because="A nurse noticed."),
    Reading("title", text="نصيحة خاطئة من روبوت محادثة", language="ar"),
    Reading("summary", text="Un agent a conseillé une dose trop forte.", language="fr"),
    Reading("note", text="Seen by two partners here.", language="en"),
)


def shown(town: Town) -> None:
    """A record of another node, read here in every way, and changed by its owner after that."""
    whole = record(
        PEER,
        type=RecordType.REPORT,
        provenance=Provenance(Origin.PEER, "Z" * 52, url="https://south.example/records/1"),
        account=Account.from_json(account()),
        derived=(),
        raw={},
        related=(),
        demo=False,
    )
    with town.node.public.work() as session:
        store.create(session, whole)
    for reading in READINGS:
        town.side.curating.say(town.people.reviewer, PEER, reading, revision=1, edition=0)
    with town.node.public.work() as session:
        old = store.load(session, PEER)
        store.revise(
            session, replace(old, account=Account.from_json(account(title="A chatbot doubled a dose")))
        )
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))


@pytest.mark.parametrize("prefix", LOOKS)
def test_every_page_of_it_is_accessible_and_fits(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    shown(town)
    to = f"/review/records/{PEER}/reading"
    sights = {
        "": (f"/records/{PEER}", "/?reading=here&severity=critical"),
        "second": ("/review/readings", to, *(f"{to}?field={one.field}" for one in READINGS)),
    }
    found: list[str] = []
    for who, paths in sights.items():
        page = browser.new_page(viewport=PHONE, color_scheme=LOOKS[prefix])
        if who:
            sign_in(page, site + prefix, who)
        for path in paths:
            found += looked_at(page, site + prefix + path)
        page.close()
    assert "\n".join(found) == ""


def test_the_keyboard_is_enough_and_no_script_is_needed(browser: Browser, site: str, town: Town) -> None:
    shown(town)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/review/readings")
    page.focus("main table a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading?field=note")
    page.focus("textarea[name=text]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Seen by three partners here.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading")
    assert "It stands beside the record from now on." in page.inner_text("main")
    page.goto(f"{site}/records/{PEER}")
    assert "Seen by three partners here." in page.inner_text("#here-note")
    assert "Out of date" not in page.inner_text("#here-note")
    assert "Out of date" in page.inner_text("#here-title")
    context.close()
