"""What a whole report weighs on the wire after its start page, up to the confirmation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from bench.report import Figure
from registry.config import Settings
from tests.conftest import SettableClock
from tests.factories import register_people
from tests.web.chrome import launched, served
from tests.web.walking import by_signing_in, weigh_core, without_account
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

KILOBYTE = 1000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def measure() -> list[Figure]:
    """Kilobytes in every language: signing in, headers, redirects, scripts; nothing without a browser."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        return []
    return [
        Figure(f"a report after its start page, {how}, {name}", _weigh(found, prefix, enter), "kB", target=60)
        for how, enter in (("signing in", by_signing_in), ("without an account", without_account))
        for name, prefix in (("English", ""), ("French", "/fr"), ("Spanish", "/es"), ("Arabic", "/ar"))
    ]


def _weigh(browser: str, prefix: str, enter: Callable[[Page], None]) -> float:
    with TemporaryDirectory() as temporary:
        settings = replace(Settings(), data_dir=Path(temporary), secret_key="bench-" * 8, open_reports=True)
        clock = SettableClock()
        initialise(settings, clock)
        node = build(settings, clock)
        register_people(node.private)
        with launched(browser) as started, served(create_app(node)) as site:
            _, after = weigh_core(started.new_page(), f"{site}{prefix}/report", enter)
        close(node)
        return after.total / KILOBYTE
