"""How this node reads fields of records of others: for anybody to read, for reviewers' programs to say."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.records import ITEM
from api.reply import expected_lock, reply
from api.schemas import readings as schemas
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.record.curation.reading import Beside
from registry.record.curation.rules import Reading

WRITE = ("reviews:read", "reviews:write")
ALL = f"{ITEM}/readings"

section = Section("readings", "How this node reads records of others, beside what their owners say.")


@section.get(ALL, Speaks("Read how this node reads a record", answer=schemas.Readings, problems=(410,)))
def read(record_id: str) -> Response:
    """A field that is not listed is read as its owner says it. Nothing here is part of the record."""
    return _all(record_id)


@section.post(
    ALL,
    Speaks(
        "Say how this node reads a field",
        answer=schemas.Readings,
        scopes=WRITE,
        body=schemas.NewReading,
        problems=(409, 410, 412),
    ),
)
def say(actor: Actor, body: dict[str, Any], record_id: str) -> Response:
    """In place of the reading before, if ``edition`` names it; 412 where it or the record is a newer one."""
    texts = {name: body[name] for name in ("text", "language", "because")}
    reading = Reading(body["field"], tuple(body.get("codes", ())), **texts)
    the_node().private.curating.say(
        actor, record_id, reading, revision=body["revision"], edition=body["edition"]
    )
    return _all(record_id)


@section.delete(
    f"{ALL}/<string(maxlength=40):field>",
    Speaks("Take a reading back", answer=schemas.Readings, scopes=WRITE, conditional=True, problems=(410,)),
)
def withdraw(actor: Actor, record_id: str, field: str) -> Response:
    """``If-Match`` names its edition, as in ``"1"``."""
    the_node().private.curating.withdraw(actor, record_id, field, edition=expected_lock())
    return _all(record_id)


def _all(record_id: str) -> Response:
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
