"""A desk on each engine."""

from __future__ import annotations

import pytest

from registry.db.private import PrivateDatabase
from tests.conftest import SettableClock
from tests.registry.identity.factors.desk import Desk, open_desk


@pytest.fixture
def desk(private_db: PrivateDatabase, clock: SettableClock) -> Desk:
    return open_desk(private_db, clock)
