"""The port to the public side: what does the record of a report say now? Filled by the door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Published(Protocol):
    """Reads public records by id."""

    def account(self, record_id: str, /) -> Mapping[str, Any] | None:
        """The account as it is public now; None of a record that was retracted or removed."""
        ...
