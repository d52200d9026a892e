"""A node served over real HTTP, on SQLite and on each engine in turn, and one full of records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.node import Node
from tests.api import census
from tests.api.census import Census, Get
from tests.api.live import Live, living
from tests.api.stock import keep, stock
from tests.conftest import SettableClock
from tests.factories import settings_in
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One served node on SQLite for all tests that do not mind what others sent to it."""
    with _node(tmp_path_factory.mktemp("shared") / "node") as node, living(node) as served:
        yield served


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


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a node with 130 records that no test changes."""
    with _node(tmp_path_factory.mktemp("stocked") / "node") as node:
        keep(node, stock(130))
        yield create_app(node).test_client()


@pytest.fixture(scope="session")
def get(stocked: FlaskClient) -> Get:
    """Path → the JSON that the stocked node answers with, which has to be a success."""

    def get(path: str) -> Any:
        answer = stocked.get(path)
        assert answer.status_code == 200, (path, answer.get_data(as_text=True))
        return answer.get_json()

    return get


@pytest.fixture(scope="session")
def counted(get: Get) -> Census:
    """The stocked node's records, read one by one."""
    return census.take(get)


@contextmanager
def _node(folder: Path) -> Iterator[Node]:
    clock = SettableClock()
    settings = settings_in(folder)
    initialise(settings, clock)
    node = build(settings, clock)
    yield node
    close(node)
