"""Reviewers' programs say how this node reads fields of records of others, and take it back."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.readings import ALL, every
from api.reply import expected_lock
from api.schemas import readings as schemas
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.record.curation.rules import Reading

WRITE = ("reviews:read", "reviews:write")

section = Section("curating", "Saying how this node reads records of others.")


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
    return every(record_id)


@section.delete(
    f"{ALL}/<string(maxlength=40):field>",
    Speaks("Take a reading back", answer=schemas.Readings, scopes=WRITE, conditional=True, problems=(410,)),
)
def withdraw(actor: Actor, record_id: str, field: str) -> Response:
    """``If-Match`` names its edition, as in ``"1"``."""
    the_node().private.curating.withdraw(actor, record_id, field, edition=expected_lock())
    return every(record_id)
