"""A town in which second factors are asked for, and people with an app on their phone."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.factories import PASSWORD
from tests.registry.identity.factors.strict import App
from tests.web.browsing import Page, Visitor
from tests.web.town import Town, sign_in
from web.app import create_app
from web.wiring import build


def strict(town: Town, *, limits_percent: int = 0) -> Town:
    """The same town served with second factors on; close its node after use."""
    settings = replace(town.node.settings, second_factor=True, limits_percent=limits_percent)
    node = build(settings, town.clock)
    return Town(node, create_app(node), town.people, town.clock)


def set_up_app(town: Town, visitor: Visitor) -> tuple[App, Page]:
    """Set up one-time codes by the pages; gives the app, and the page with the recovery codes."""
    page = visitor.send(visitor.open("/account/factors"), "/app/begin", password=PASSWORD)
    assert page.path.endswith("/account/factors/app"), page.text
    app = App(key_of(page), town.clock)
    return app, visitor.send(page, "/account/factors/app", code=app.code())


def key_of(page: Page) -> str:
    """The key as somebody would type it from the page."""
    found = re.search(r'<code class="key" dir="ltr">([A-Z2-7-]+)</code>', page.html)
    assert found is not None
    return found[1].replace("-", "")


def codes_of(page: Page) -> list[str]:
    """The recovery codes on a page."""
    return re.findall(r"<li><code>([0-9a-z-]+)</code></li>", page.html)


def with_app(town: Town, name: str) -> tuple[Visitor, App, list[str]]:
    """Somebody signed in who has just set up an app; gives their browser, app and recovery codes."""
    visitor = town.visitor()
    sign_in(visitor, name)
    app, page = set_up_app(town, visitor)
    return visitor, app, codes_of(page)
