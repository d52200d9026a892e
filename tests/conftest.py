"""Fixtures shared by all tests: real databases on both engines, a whole node, the corpora.

A test that needs a program this machine lacks is skipped by name; with ``CI=true`` it fails.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from api.node import Node
from registry.config import Settings
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from tests.factories import People, register_people, settings_in
from tests.memory import in_memory
from tests.postgres import PostgresServer, find_postgres, running
from tests.remembered import remember
from web import logs
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

CORPORA = Path(__file__).parent.parent.parent / "shared" / "data"


def missing(what: str) -> None:
    """Skip the test for want of a program or data; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {what}")
    pytest.skip(f"needs {what}")


def pytest_configure() -> None:
    """Keep temporary folders in memory where there is room, unless somebody chose a place for them.

    And let applications share what each would compile anew.
    """
    remember()
    folder = in_memory()
    if folder is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin what takes minutes first, so that no single file is still running when all others are done."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the collected tests out of every later garbage collection: they stay until the end anyway."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded (``record_property``), as ``make races`` promises."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {name} {value}")


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of the external collections, which are never part of the repository."""
    if not CORPORA.is_dir():
        missing("the external collections beside the repository (../shared/data)")
    return CORPORA


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server of our own, on a socket of its own."""
    programs = find_postgres()
    if programs is None:
        missing("a PostgreSQL server (initdb, pg_ctl)")
    assert programs is not None
    with running(programs) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def addresses(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Addresses of an empty private and an empty public database, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/private.sqlite", f"sqlite:///{tmp_path}/public.sqlite"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database(), server.new_database()


@pytest.fixture(scope="session")
def bare_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a node on SQLite without people, never to be written again: to be copied."""
    folder = tmp_path_factory.mktemp("bare") / "node"
    initialise(settings_in(folder), SettableClock())
    return folder


@pytest.fixture(scope="session")
def bare_originals(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, str]:
    """The same on PostgreSQL: data folder, private and public database."""
    folder = tmp_path_factory.mktemp("bare") / "node"
    private, public = postgres.new_original(), postgres.new_original()
    initialise(settings_in(folder, private_database=private, public_database=public), SettableClock())
    return folder, private, public


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a node of one's own without people, on each engine in turn: a copy takes no migration."""
    target = tmp_path / "node"
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("bare_folder"), target)
        return settings_in(target)
    folder, private, public = request.getfixturevalue("bare_originals")
    shutil.copytree(folder, target)
    server: PostgresServer = request.getfixturevalue("postgres")
    return settings_in(target, private_database=server.copy(private), public_database=server.copy(public))


@pytest.fixture
def private_db(bare: Settings) -> Iterator[PrivateDatabase]:
    database = PrivateDatabase(bare.private_url)
    yield database
    database.close()


@pytest.fixture
def public_db(bare: Settings) -> Iterator[PublicDatabase]:
    database = PublicDatabase(bare.public_url)
    yield database
    database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A node on SQLite in a folder of its own."""
    return settings_in(tmp_path / "node")


@pytest.fixture
def node(settings: Settings, bare_folder: Path, clock: SettableClock) -> Iterator[Node]:
    """A whole node on SQLite, initialised and empty."""
    shutil.copytree(bare_folder, settings.data_dir)
    yield from _node(settings, clock)


@pytest.fixture
def any_node(bare: Settings, clock: SettableClock) -> Iterator[Node]:
    """A whole node, on each database engine in turn."""
    yield from _node(bare, clock)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged from here on."""
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """The data folder of a node with people, never to be written again: hashing passwords takes time."""
    settings = settings_in(tmp_path_factory.mktemp("founded") / "node")
    return settings.data_dir, _found(settings)


@pytest.fixture(scope="session")
def founded_on_postgresql(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, People, str, str]:
    """The data folder and the databases of such a node on PostgreSQL, to be copied."""
    folder = tmp_path_factory.mktemp("founded-postgresql") / "node"
    private, public = postgres.new_original(), postgres.new_original()
    people = _found(settings_in(folder, private_database=private, public_database=public))
    return folder, people, private, public


@pytest.fixture
def app(node: Node) -> Flask:
    return create_app(node)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("the Chromium browser")
    assert path is not None
    return path


def _node(settings: Settings, clock: SettableClock) -> Iterator[Node]:
    built = build(settings, clock)
    yield built
    close(built)


def _found(settings: Settings) -> People:
    clock = SettableClock()
    initialise(settings, clock)
    node = build(settings, clock)
    people = register_people(node.private)
    close(node)
    return people
