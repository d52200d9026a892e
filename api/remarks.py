"""Notes of reviewers to one another, for their programs."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import moment, reply
from api.reviews import ITEM, READ, WRITE
from api.schemas import remarks as schemas
from api.section import Section, Speaks
from registry.identity.rules import Actor

NOTES = f"{ITEM}/notes"

section = Section("notes", "Notes of reviewers to one another; nobody else is shown any.")


@section.get(NOTES, Speaks("Read what reviewers noted", answer=schemas.Remarks, scopes=READ))
def of(actor: Actor, submission: str) -> Response:
    """None where the report names the reader's own organization."""
    return _told(actor, submission)


@section.post(
    NOTES,
    Speaks(
        "Note something for other reviewers",
        answer=schemas.Remarks,
        scopes=WRITE,
        body=schemas.NewRemark,
        problems=(409,),
    ),
)
def write(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Nobody outside review is shown it, or that it is there. It cannot be changed afterwards."""
    the_node().private.reviewing.remarks.write(actor, submission, body["text"])
    return _told(actor, submission)


def _told(actor: Actor, submission: str) -> Response:
    found = the_node().private.reviewing.remarks.of(actor, submission)
    items = [
        {"number": one.number, "version": one.version, "mine": one.mine}
        | {"text": one.text, "at": moment(one.at)}
        for one in found
    ]
    return reply({"items": items, "next": None})
