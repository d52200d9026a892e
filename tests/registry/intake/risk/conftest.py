"""A house in which five reports have to look alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.registry.house import House, services


@pytest.fixture
def wary(house: House) -> House:
    """On each engine in turn."""
    return _wary(house)


@pytest.fixture
def small_wary(small_house: House) -> House:
    """On SQLite only, for what no engine does differently."""
    return _wary(small_house)


def _wary(house: House) -> House:
    return replace(house, side=services(house.private, house.public, house.clock, threshold=5))
