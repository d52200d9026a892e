"""Three nodes, on each engine in turn: north, east and south."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from registry.config import Settings
from tests.conftest import SettableClock
from tests.factories import People, settings_in
from tests.postgres import PostgresServer
from tests.web.across.nodes import LEAST, Place, copied, placed

Founding = Callable[[Path], tuple[Settings, People]]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def founding(request: pytest.FixtureRequest) -> Founding:
    """Makes a folder a node with people that knows no other, on each engine in turn."""
    if request.param == "sqlite":
        folder, people = request.getfixturevalue("founded")
        return lambda target: (settings_in(copied(folder, target), seen_from=LEAST), people)
    folder, people, private, public = request.getfixturevalue("founded_on_postgresql")
    server: PostgresServer = request.getfixturevalue("postgres")

    def founded(target: Path) -> tuple[Settings, People]:
        copies = {"private_database": server.copy(private), "public_database": server.copy(public)}
        return settings_in(copied(folder, target), seen_from=LEAST, **copies), people

    return founded


@pytest.fixture
def three(founding: Founding, tmp_path: Path, clock: SettableClock) -> Iterator[tuple[Place, Place, Place]]:
    """They know nothing of one another yet."""
    with ExitStack() as stack:
        found = []
        for name in ("north", "east", "south"):
            settings, people = founding(tmp_path / name)
            found.append(stack.enter_context(placed(name, tmp_path / name, settings, people, clock)))
        yield found[0], found[1], found[2]
