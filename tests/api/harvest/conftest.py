"""A node that was told how records of other nodes belong together."""

from __future__ import annotations

import pytest

from api.node import Node
from tests.api.harvest.filled import relate
from tests.registry.federation.scene import Scene


@pytest.fixture
def scene(node: Node) -> Scene:
    return relate(node)
