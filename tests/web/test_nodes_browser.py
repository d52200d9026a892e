"""The page of nodes in a real browser, with nodes in every state and names as long as they come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.web.looks import LOOKS, faults_of
from tests.web.pages.test_node_page import populate
from tests.web.town import Town

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("prefix", LOOKS)
def test_it_is_accessible_and_fits_whatever_others_are_called(
    browser: Browser, site: str, town: Town, prefix: str
) -> None:
    populate(town)
    assert "\n".join(faults_of(browser, site, prefix, {"": ("/node",)})) == ""
