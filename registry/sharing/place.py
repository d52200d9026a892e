"""Where a node's records are read, and by which names programs know them. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The node's address without a slash at its end, its name, and the short form of its id.

    The address may change, and identifiers may not: they are made of the node's id alone.
    """

    address: str
    name: str
    node: str

    def page(self, record_id: str) -> str:
        """The address of a record for people."""
        return f"{self.address}/records/{record_id}"

    def identifier(self, record_id: str) -> str:
        """The name of a record for harvesters and readers of feeds, in the form of OAI identifiers."""
        return self._beginning + record_id

    def record_id(self, identifier: str) -> str | None:
        """The id of the record that an identifier names, None where it is not one of this node."""
        beginning = self._beginning
        return identifier.removeprefix(beginning) if identifier.startswith(beginning) else None

    @property
    def _beginning(self) -> str:
        return f"oai:air-{self.node.lower()}.incident-commons:"
