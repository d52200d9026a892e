"""Recently shown cards, decoded, so that pages that people turn to and fro cost nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

Card = Mapping[str, Any]
KEPT = 400
"""Cards are about 2 kB each, some 10 kB."""


class CardCache:
    """The last ``KEPT`` cards asked for."""

    def __init__(self, read: Callable[[int], Card]) -> None:
        self._read = read
        self._kept: OrderedDict[int, Card] = OrderedDict()
        self._lock = Lock()

    def get(self, doc: int) -> Card:
        """The card of a record, read on first use."""
        with self._lock:
            card = self._kept.get(doc)
            if card is not None:
                self._kept.move_to_end(doc)
                return card
        card = self._read(doc)
        with self._lock:
            self._kept[doc] = card
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return card
