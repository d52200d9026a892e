"""Three nodes on this machine: north shares, east is its partner, south is followed and no partner."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.conftest import SettableClock
from tests.web.across.conftest import three
from tests.web.across.nodes import Place

__all__ = ["three"]


@pytest.fixture
def places(clock: SettableClock, three: tuple[Place, Place, Place]) -> tuple[Place, Place, Place]:
    """They know nothing of one another yet. Signed requests go by the time of this machine."""
    clock.now = datetime.now(UTC)
    return three
