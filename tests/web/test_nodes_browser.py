"""The page of nodes in a real browser, with nodes in every state and names as long as they come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.web.keyboard import out_of_order, walk
from tests.web.looks import LOOKS, faults_of
from tests.web.pages.test_node_page import STATES, populate
from tests.web.town import Town
from web.node_words import PROVED

pytestmark = pytest.mark.browser

PEERS = len(STATES) + 2
"""Nodes that ``populate`` makes."""
PROVEN = sum(facts.get("trouble") in PROVED for facts in STATES.values())
"""Those of which what they signed is shown."""


@pytest.mark.parametrize("prefix", LOOKS)
def test_it_is_accessible_and_fits_whatever_others_are_called(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    populate(town)
    assert "\n".join(faults_of(browser, site, prefix, {"": ("/node",)})) == ""


@pytest.mark.parametrize("prefix", LOOKS)
def test_the_tab_key_goes_through_it_as_people_read_it_on_a_phone(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    populate(town)
    page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=LOOKS[prefix])
    page.goto(f"{site}{prefix}/node")
    stops = walk(page)
    peers = page.locator("article a").count()
    evidence = [stop for stop in stops if stop.name.startswith("/fed/seen ")]
    assert (peers, len(evidence)) == (PEERS + PROVEN, PROVEN)
    assert len(stops) > peers
    assert out_of_order(stops[1:], rtl=prefix == "/ar") == []
    assert [stop.name for stop in stops if not (stop.marked and stop.seen)] == []
    page.close()
