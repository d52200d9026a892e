"""A town for each test, copied from one that is founded once: hashing passwords takes time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from registry.config import Settings
from tests.conftest import SettableClock
from tests.factories import People, register_people
from tests.web.town import Town
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """The data folder of a node whose people are registered, never to be written again."""
    settings, clock = _settings(tmp_path_factory.mktemp("founded") / "node"), SettableClock()
    initialise(settings, clock)
    node = build(settings, clock)
    people = register_people(node.private)
    close(node)
    return settings.data_dir, people


@pytest.fixture
def town(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    yield from _town(founded, _settings(tmp_path / "town"), clock)


@pytest.fixture
def wary_town(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    """A town in which five reports have to look alike."""
    yield from _town(founded, replace(_settings(tmp_path / "town"), risk_threshold=5), clock)


def _town(founded: tuple[Path, People], settings: Settings, clock: SettableClock) -> Iterator[Town]:
    folder, people = founded
    shutil.copytree(folder, settings.data_dir)
    node = build(settings, clock)
    yield Town(node, create_app(node), people, clock)
    close(node)


def _settings(folder: Path) -> Settings:
    return Settings(
        data_dir=folder,
        secret_key="test-" * 8,
        second_factor=False,
        limits_percent=0,
        risk_threshold=1,
        publication_delay=0,
    )
