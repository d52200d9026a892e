"""A node served over real HTTP, on SQLite and on each engine in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.node import Node
from registry.config import Settings
from tests.api.live import Live, living
from tests.conftest import SettableClock
from web.setup import initialise
from web.wiring import build, close


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One served node on SQLite for all tests that do not mind what others sent to it."""
    clock = SettableClock()
    settings = Settings(data_dir=tmp_path_factory.mktemp("shared") / "node", secret_key="test-" * 8)
    initialise(settings, clock)
    node = build(settings, clock)
    with living(node) as served:
        yield served
    close(node)


@pytest.fixture
def live(node: Node) -> Iterator[Live]:
    """A served node on SQLite."""
    with living(node) as served:
        yield served


@pytest.fixture
def any_live(any_node: Node) -> Iterator[Live]:
    """A served node on each database engine in turn."""
    with living(any_node) as served:
        yield served
