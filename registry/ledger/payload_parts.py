"""Payloads of entries as bytes, for readers of many who ask for that in place of lines of JSON. Pure.

One part for each entry, one behind the other: index (8 bytes), length of the salt (1), length of the payload
(4), salt, payload; numbers have their big end first. Both lengths are 0 where there is no payload (any more).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import Struct
from typing import Final, Protocol

from registry.ledger.refusal import Refused

MEDIA_TYPE: Final = "application/vnd.incident-commons.payloads"
_HEAD: Final = Struct(">QBI")


class Part(Protocol):
    """The payload of one entry: salt and canonical bytes, or neither."""

    @property
    def index(self) -> int:
        """Position of the entry."""

    @property
    def salt(self) -> bytes | None:
        """The random bytes that its commitment begins with."""

    @property
    def payload(self) -> bytes | None:
        """The canonical form."""


def packed(parts: Iterable[Part]) -> bytes:
    """The bytes of these parts."""
    pieces: list[bytes] = []
    for one in parts:
        salt, payload = one.salt or b"", one.payload or b""
        pieces += [_HEAD.pack(one.index, len(salt), len(payload)), salt, payload]
    return b"".join(pieces)


def unpacked(raw: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Index, salt and payload of each part, both empty where there is none.

    Raises ``Refused`` where the bytes end within a part.
    """
    at, end = 0, len(raw)
    while at < end:
        begin = at + _HEAD.size
        if begin > end:
            raise _odd()
        index, salted, length = _HEAD.unpack_from(raw, at)
        middle = begin + salted
        at = middle + length
        if at > end:
            raise _odd()
        yield index, raw[begin:middle], raw[middle:at]


def _odd() -> Refused:
    return Refused("payloads-malformed", "The payloads end within one of them.")
