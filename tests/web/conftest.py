"""A town for each test, copied from one that is founded once: hashing passwords takes time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from registry.config import Settings
from tests.conftest import SettableClock
from tests.factories import People, settings_in
from tests.web.chrome import launched, served
from tests.web.town import Town
from web.app import create_app
from web.wiring import build, close


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with launched(chromium) as started:
        yield started


@pytest.fixture
def site(town: Town) -> Iterator[str]:
    """The address at which the town is served."""
    with served(town.app) as address:
        yield address


@pytest.fixture
def town(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    yield from _town(founded, settings_in(tmp_path / "town"), clock)


@pytest.fixture
def wary_town(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    """A town in which five reports have to look alike."""
    yield from _town(founded, settings_in(tmp_path / "town", risk_threshold=5), clock)


@pytest.fixture
def open_town(town: Town) -> Iterator[Town]:
    """The town, whose node takes reports without an account."""
    settings = replace(town.node.settings, open_reports=True, limits_percent=100)
    node = build(settings, town.clock)
    yield Town(node, create_app(node), town.people, town.clock)
    close(node)


def _town(founded: tuple[Path, People], settings: Settings, clock: SettableClock) -> Iterator[Town]:
    folder, people = founded
    shutil.copytree(folder, settings.data_dir)
    node = build(settings, clock)
    yield Town(node, create_app(node), people, clock)
    close(node)
