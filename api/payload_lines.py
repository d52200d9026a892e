"""Payloads of a log as lines of JSON, and the media types in which a log is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from api.reply import dumps
from registry.ledger.exact import base64_of
from registry.ledger.reading import PayloadLine

BYTES: Final = "application/octet-stream"
NDJSON: Final = "application/x-ndjson"


def ndjson(lines: Iterable[PayloadLine]) -> Iterator[bytes]:
    """One line for each entry."""
    for line in lines:
        yield dumps({"index": line.index, **told(line)}) + b"\n"


def told(line: PayloadLine) -> dict[str, object]:
    """Salt and payload, or that they were erased."""
    if line.salt is None or line.payload is None:
        return {"commitment": line.commitment, "erased": line.erased}
    return {
        "commitment": line.commitment,
        "salt": base64_of(line.salt),
        "payload": base64_of(line.payload),
    }
