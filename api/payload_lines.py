"""Payloads of a log as lines of JSON or, for who asks for it, as bytes; the media types of what logs give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from flask import Response, request

from api.reply import document, dumps
from registry.ledger.exact import base64_of
from registry.ledger.payload_parts import MEDIA_TYPE, Part, packed

BYTES: Final = "application/octet-stream"
NDJSON: Final = "application/x-ndjson"


class Line(Part, Protocol):
    """The payload of one entry, as lines tell of it."""

    @property
    def commitment(self) -> str | None:
        """What the entry commits to (hex), if to anything."""

    @property
    def erased(self) -> bool:
        """Whether there was a payload that is gone."""


def payloads_of(lines: Iterable[Line], cache: str) -> Response:
    """The answer with these payloads: lines, unless the other form is asked for by its name."""
    asked = request.accept_mimetypes
    if asked[MEDIA_TYPE] > asked[NDJSON]:
        response = document(packed(lines), MEDIA_TYPE, cache)
    else:
        response = document(b"".join(_ndjson(lines)), NDJSON, cache)
    response.vary.add("Accept")
    return response


def told(line: Line) -> dict[str, object]:
    """Salt and payload, or that they were erased."""
    if line.salt is None or line.payload is None:
        return {"commitment": line.commitment, "erased": line.erased}
    return {
        "commitment": line.commitment,
        "salt": base64_of(line.salt),
        "payload": base64_of(line.payload),
    }


def _ndjson(lines: Iterable[Line]) -> Iterator[bytes]:
    """One line for each entry."""
    for line in lines:
        yield dumps({"index": line.index, **told(line)}) + b"\n"
