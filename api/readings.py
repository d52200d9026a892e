"""How this node reads fields of records of others: for anybody to read (``curating`` is to say it)."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.records import ITEM
from api.reply import reply
from api.schemas import readings as schemas
from api.section import Section, Speaks
from registry.record.curation.reading import Beside

ALL = f"{ITEM}/readings"

section = Section("readings", "How this node reads records of others, beside what their owners say.")


@section.get(ALL, Speaks("Read how this node reads a record", answer=schemas.Readings, problems=(410,)))
def read(record_id: str) -> Response:
    """A field that is not listed is read as its owner says it. Nothing here is part of the record."""
    return every(record_id)


def every(record_id: str) -> Response:
    """All readings of a record; raises ``NotFound``."""
    node = the_node()
    found = node.curations.beside(node.records.read(record_id))
    items = [_line(field, one) for field, one in found.items()]
    return reply({"node": node.identity.id, "items": items, "next": None})


def _line(field: str, one: Beside) -> dict[str, Any]:
    said = one.line.reading
    return {
        "field": field,
        "codes": list(said.codes),
        "because": said.because,
        "text": said.text,
        "language": said.language,
        "revision": one.line.revision,
        "edition": one.line.edition,
        "day": one.line.day.isoformat(),
        "stale": one.stale,
    }
