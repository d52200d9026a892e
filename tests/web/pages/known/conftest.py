"""A record that a story resembles."""

from __future__ import annotations

import pytest

from registry.intake.rules import State
from tests.web.pages.known.asking import index
from tests.web.town import Town


@pytest.fixture
def record(town: Town) -> str:
    """A published record, in the index, of another organization."""
    key = town.report(State.PUBLISHED, author=None)
    index(town)
    return town.record_id(key)
