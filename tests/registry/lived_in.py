"""A house for a state machine: hypothesis begins and ends it, where fixtures cannot."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine

from tests.conftest import SettableClock
from tests.registry.conftest import Furnished
from tests.registry.house import House, open_house


class LivedIn(RuleBasedStateMachine):
    """Every run has a house of its own on SQLite, copied from ``furnished`` and gone afterwards."""

    furnished: Furnished

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        copy, people = self.furnished
        self.clock = SettableClock()
        self.house: House = open_house(copy(self.folder), self.clock, people)

    def teardown(self) -> None:
        self.house.private.close()
        self.house.public.close()
        shutil.rmtree(self.folder)
