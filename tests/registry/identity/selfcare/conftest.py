"""Ada's home on each engine."""

from __future__ import annotations

import pytest

from registry.db.private import PrivateDatabase
from tests.conftest import SettableClock
from tests.registry.identity.selfcare.home import Home, open_home


@pytest.fixture
def home(private_db: PrivateDatabase, clock: SettableClock) -> Home:
    return open_home(private_db, clock)
