"""What a whole report weighs on the wire, from the second page of the form to the confirmation."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Figure
from registry.config import Settings
from tests.conftest import SettableClock
from tests.factories import PASSWORD, register_people
from tests.web.chrome import launched, served
from tests.web.walking import weigh_core
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

KILOBYTE = 1000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def measure() -> list[Figure]:
    """Kilobytes in every language: headers, redirects, styles, scripts; nothing without a browser."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        return []
    return [
        Figure(f"a report from its second page on, {name}", _weigh(found, prefix), "kB", target=60)
        for name, prefix in (("English", ""), ("French", "/fr"), ("Spanish", "/es"), ("Arabic", "/ar"))
    ]


def _weigh(browser: str, prefix: str) -> float:
    with TemporaryDirectory() as temporary:
        settings = replace(Settings(), data_dir=Path(temporary), secret_key="bench-" * 8)
        clock = SettableClock()
        initialise(settings, clock)
        node = build(settings, clock)
        register_people(node.private)
        with launched(browser) as started, served(create_app(node)) as site:
            page = started.new_page()
            page.goto(f"{site}{prefix}/signin?next={prefix}/report")
            page.fill("#email", "member@example.org")
            page.fill("#password", PASSWORD)
            page.click("main form button")
            page.goto(f"{site}{prefix}/report")
            scale = weigh_core(page)
        close(node)
        return scale.total / KILOBYTE
