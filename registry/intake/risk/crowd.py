"""The port to what is public: the private wing asks, and does not know who answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from registry.privacy.coarsening import Outline, Rungs


class Crowd(Protocol):
    """Public reports that look like one that is not public yet."""

    def shared(self, ours: Outline, /, *, demo: bool, but: str | None = None) -> Mapping[Rungs, int]:
        """How many look like ours from which rungs on; ``demo`` counts invented ones too.

        ``but`` is the id of a record that is left out.
        """
        ...
