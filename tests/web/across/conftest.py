"""Three nodes, on each engine in turn: north, east and south."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import SettableClock
from tests.factories import settings_in
from tests.postgres import PostgresServer
from tests.web.across.nodes import LEAST, Place, copied, placed


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def three(
    request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock
) -> Iterator[tuple[Place, Place, Place]]:
    """They know nothing of one another yet."""
    with ExitStack() as stack:
        found = []
        for name in ("north", "east", "south"):
            target = tmp_path / name
            if request.param == "sqlite":
                folder, people = request.getfixturevalue("founded")
                settings = settings_in(copied(folder, target), seen_from=LEAST)
            else:
                folder, people, private, public = request.getfixturevalue("founded_on_postgresql")
                server: PostgresServer = request.getfixturevalue("postgres")
                copies = {"private_database": server.copy(private), "public_database": server.copy(public)}
                settings = settings_in(copied(folder, target), seen_from=LEAST, **copies)
            found.append(stack.enter_context(placed(name, target, settings, people, clock)))
        yield found[0], found[1], found[2]
