"""The place of the node that answers."""

from __future__ import annotations

from api.node import Node
from registry.sharing.place import Place


def place_of(node: Node) -> Place:
    """Where its records are read, by its settings."""
    return Place(node.settings.base_url.rstrip("/"), node.settings.node_name, node.identity.short)
