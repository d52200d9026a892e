"""What is stored to show a record, decoded; recently shown cards are kept.

People turn pages to and fro and narrow the same query again and again, so most cards that a page
needs were shown a moment before.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from search.analysis import language_of, public_terms
from search.folding import WORD, plain_links

KEPT = 300
"""Cards kept; one takes about 15 kB with its words."""


class Card:
    """A stored card. ``data`` is its content; see ``document`` for the keys."""

    def __init__(self, stored: str) -> None:
        self.data: Mapping[str, Any] = json.loads(stored)

    @cached_property
    def written(self) -> Mapping[str, tuple[str, ...]]:
        """Index term → the words of title and text, as written, that it stands for."""
        language = language_of(self.data["language"])
        words = set(WORD.findall(plain_links(self.data["title"])))
        words.update(WORD.findall(plain_links(self.data["text"])))
        found: dict[str, tuple[str, ...]] = {}
        for word in words:
            for term in public_terms(word, language):
                found[term] = (*found.get(term, ()), word)
        return found


class CardCache:
    """The last ``KEPT`` cards asked for."""

    def __init__(self, read: Callable[[int], str]) -> None:
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
        card = Card(self._read(doc))
        with self._lock:
            self._kept[doc] = card
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return card
