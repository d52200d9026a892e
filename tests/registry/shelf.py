"""A store of files in memory: a fake at a port, for tests that do not look at disks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from registry.errors import Unavailable
from registry.intake.attachments.stores import RETRY_AFTER, address_of


class Shelf:
    """Keeps bytes until the test ends; ``out`` makes it fail, as a store far away does."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.out = False

    def put(self, data: bytes) -> str:
        self._answer()
        self.kept[address_of(data)] = data
        return address_of(data)

    def get(self, address: str) -> bytes | None:
        self._answer()
        return self.kept.get(address)

    def delete(self, address: str) -> None:
        self._answer()
        self.kept.pop(address, None)

    def addresses(self) -> Iterator[str]:
        self._answer()
        yield from list(self.kept)

    def tidy(self, before: datetime) -> int:  # noqa: ARG002 - the shape of a store
        self._answer()
        return 0

    def _answer(self) -> None:
        if self.out:
            raise Unavailable(retry_after=RETRY_AFTER)
