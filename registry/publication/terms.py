"""What this node puts on every record, and what its operator decides about publishing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicationTerms:
    """The id of the node and the version of the taxonomy that every record carries; days; organizations.

    ``ask_after`` is in how many days it is asked whether a fix held, 0 for never. "Seen here too" is public
    once ``seen_from`` organizations say so.
    """

    node: str
    taxonomy_version: str
    ask_after: int = 90
    seen_from: int = 1
