"""A node that counts, in a time that a test moves: what others switch off because they ask so much."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from api.node import Node
from registry.limits import Limiter
from tests.ticks import Ticks

POLICY = re.compile(r'"([a-z-]+)";q=(\d+);w=(\d+)')
LEFT = re.compile(r'"([a-z-]+)";r=(\d+);t=(\d+)')


def limited(node: Node, ticks: Ticks, percent: int = 100, store: str = "memory://") -> Node:
    """The same node with limits, counted anew."""
    settings = replace(node.settings, limits_percent=percent)
    return replace(node, settings=settings, limiter=Limiter(store, settings.secret_key, node.clock, ticks))


def policies(headers: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Name → (tries, seconds) of ``RateLimit-Policy``."""
    return {name: (int(q), int(w)) for name, q, w in POLICY.findall(headers.get("RateLimit-Policy", ""))}


def left(headers: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Name → (tries left, seconds until one more) of ``RateLimit``."""
    return {name: (int(r), int(t)) for name, r, t in LEFT.findall(headers.get("RateLimit", ""))}
