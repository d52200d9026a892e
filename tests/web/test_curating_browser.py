"""Reading records of others in a real browser: keyboard, axe, both directions, without scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from registry.federation.rules import Mode
from registry.record.curation.rules import Reading
from registry.record.types import RecordState
from search import Indexer
from tests.web.looks import LOOKS, faults_of
from tests.web.neighbour import followed, read
from tests.web.test_work_browser import PHONE, sign_in
from tests.web.town import Town
from web.indexing import follow

pytestmark = pytest.mark.browser

READINGS = (
    Reading("severity", ("severity/critical",), because="Two people were hurt, as the text says."),
    Reading("scale", ("scale/site",), because="One clinic is told of."),
    Reading("detection", ("detection/audit",), because="A nurse noticed."),
    Reading("title", text="نصيحة خاطئة من روبوت محادثة", language="ar"),
    Reading("summary", text="Un agent a conseillé une dose trop forte.", language="fr"),
    Reading("note", text="Seen by two partners here.", language="en"),
)

LONG = "A score left families out, " + "Lebensversicherungsgesellschaft" * 4
"""A title with a word that is wider than its column."""


def shown(town: Town) -> str:
    """A record of another node, read here in every way, and changed by its owner after that; gives its id."""
    node, other = town.node, followed(town, Mode.SHOW, records=1)
    (record_id,) = other.records
    for reading in READINGS:
        town.side.curating.say(town.people.reviewer, record_id, reading, revision=1, edition=0)
    old = other.records[record_id]
    changed = replace(old.account, title=LONG)
    other.tell(replace(old, revision=2, state=RecordState.REVISED, account=changed), old.state.value)
    other.sign()
    read(town, other).puller.pull(other.identity.short)
    follow(node.records, Indexer(node.settings.index_dir, node.taxonomy))
    return record_id


@pytest.mark.parametrize("prefix", LOOKS)
def test_every_page_of_it_is_accessible_and_fits(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    record_id = shown(town)
    to = f"/review/records/{record_id}/reading"
    sights = {
        "": (f"/records/{record_id}", "/?reading=here&severity=critical"),
        "second": ("/review/readings", to, *(f"{to}?field={one.field}" for one in READINGS)),
    }
    assert "\n".join(faults_of(browser, site, prefix, sights)) == ""


def test_the_keyboard_is_enough_and_no_script_is_needed(browser: Browser, site: str, town: Town) -> None:
    record_id = shown(town)
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
    page.goto(f"{site}/records/{record_id}")
    assert "Seen by three partners here." in page.inner_text("#here-note")
    assert "Out of date" not in page.inner_text("#here-note")
    assert "Out of date" in page.inner_text("#here-title")
    context.close()
