"""Houses to test in. People are registered once; each test gets a copy of those databases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registry.db import migrate
from registry.db.layout import Side
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.intake.vault.keys import announce
from tests.conftest import SettableClock
from tests.factories import People, register_people
from tests.postgres import PostgresServer
from tests.registry.house import House, open_house, services

Furnished = tuple[Callable[[Path], tuple[str, str]], People]
"""Makes copies of databases with people in them, in a folder; and the people."""


@pytest.fixture(scope="session")
def furnished_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    folder = tmp_path_factory.mktemp("furnished")
    people = _furnish(_sqlite_addresses(folder))

    def copy(target: Path) -> tuple[str, str]:
        for name in ("private.sqlite", "public.sqlite"):
            shutil.copy(folder / name, target / name)
        return _sqlite_addresses(target)

    return copy, people


@pytest.fixture(scope="session")
def furnished_postgresql(postgres: PostgresServer) -> Furnished:
    originals = postgres.new_original(), postgres.new_original()
    people = _furnish(originals)

    def copy(target: Path) -> tuple[str, str]:
        return postgres.copy(originals[0]), postgres.copy(originals[1])

    return copy, people


@pytest.fixture
def house(addresses_with_people: tuple[tuple[str, str], People], clock: SettableClock) -> Iterator[House]:
    """A house on each engine in turn."""
    yield from _live_in(*addresses_with_people, clock)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def addresses_with_people(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[tuple[str, str], People]:
    copy, people = request.getfixturevalue(f"furnished_{request.param}")
    return copy(tmp_path), people


@pytest.fixture
def small_house(furnished_sqlite: Furnished, clock: SettableClock, tmp_path: Path) -> Iterator[House]:
    """A house on SQLite only, for what no engine does differently."""
    copy, people = furnished_sqlite
    yield from _live_in(copy(tmp_path), people, clock)


def _live_in(addresses: tuple[str, str], people: People, clock: SettableClock) -> Iterator[House]:
    house = open_house(addresses, clock, people)
    yield house
    house.private.close()
    house.public.close()


def _furnish(addresses: tuple[str, str]) -> People:
    private, public = PrivateDatabase(addresses[0]), PublicDatabase(addresses[1])
    migrate.upgrade(private, Side.PRIVATE)
    migrate.upgrade(public, Side.PUBLIC)
    people = register_people(services(private, public, SettableClock()))
    announce(private)
    private.close()
    public.close()
    return people


def _sqlite_addresses(folder: Path) -> tuple[str, str]:
    return f"sqlite:///{folder}/private.sqlite", f"sqlite:///{folder}/public.sqlite"
