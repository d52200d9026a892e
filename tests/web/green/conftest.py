"""Three nodes on this machine: north shares, east is its partner, south is followed and no partner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.config import Settings
from registry.db import migrate
from registry.db.green import GreenDatabase
from registry.db.layout import Side
from registry.ledger.stored import name_log
from tests.conftest import SettableClock
from tests.factories import People
from tests.postgres import PostgresServer
from tests.web.across.conftest import Founding, three
from tests.web.across.conftest import founding as across
from tests.web.across.nodes import Place

__all__ = ["across", "three"]


@pytest.fixture(scope="session")
def green_original(postgres: PostgresServer) -> str:
    """Address of an empty database for partners on PostgreSQL, to be copied."""
    address = postgres.new_original()
    database = GreenDatabase(address)
    migrate.upgrade(database, Side.PUBLIC)
    with database.work() as session:
        name_log(session)
    database.close()
    return address


@pytest.fixture
def founding(across: Founding, request: pytest.FixtureRequest) -> Founding:
    """What is for partners lies on the engine of the rest."""

    def founded(target: Path) -> tuple[Settings, People]:
        settings, people = across(target)
        if not settings.public_database:
            return settings, people
        server: PostgresServer = request.getfixturevalue("postgres")
        shared = server.copy(request.getfixturevalue("green_original"))
        return replace(settings, green_database=shared), people

    return founded


@pytest.fixture
def places(clock: SettableClock, three: tuple[Place, Place, Place]) -> tuple[Place, Place, Place]:
    """They know nothing of one another yet. Signed requests go by the time of this machine."""
    clock.now = datetime.now(UTC)
    return three
