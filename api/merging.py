"""Merging public records that tell of the same event, and confirming that a report belongs to one."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import shapes
from api.node import the_node
from api.reply import expected_lock, reply
from api.schemas.merging import Belongs, Merge, MergePreview, MergeProposed, MergeQuery
from api.schemas.reviews import Review
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.review.aftercare import merging
from registry.review.aftercare.looking import Looked
from registry.review.aftercare.rules import Kind

READ, WRITE = ("reviews:read",), ("reviews:read", "reviews:write")

section = Section("merging", "Public records that tell of the same event.")


@section.get(
    "/merges/preview",
    Speaks(
        "See what merging a record into another one would do",
        answer=MergePreview,
        scopes=WRITE,
        query=MergeQuery,
        problems=(404, 410, 422),
    ),
)
def preview(actor: Actor, query: dict[str, Any]) -> Response:
    """Both records as they stand, and what keeps one from being merged into the other, if anything does."""
    found = the_node().private.reviewing.care.merging.preview(actor, query["record"], query["into"])
    refused: dict[str, str | None] = {kind.value: None for kind in (Kind.MERGE, Kind.GROUP)}
    refused |= {kind.value: why.message % why.facts for kind, why in found.refused.items()}
    return reply({"record": _side(found.record), "into": _side(found.into), "refused": refused})


@section.post(
    "/merges",
    Speaks(
        "Propose that a record is merged into another one",
        answer=MergeProposed,
        status=201,
        scopes=WRITE,
        body=Merge,
        problems=(404, 409, 410, 412, 422),
    ),
)
def propose(actor: Actor, body: dict[str, Any]) -> Response:
    """A reviewer with no ties to either, nor to the proposer, decides. It is a change of the first record.

    Once it is done, the record is ``merged`` and names its ``successor``, its page leads there, and searches
    find the successor alone. To reinstate the record undoes it.

    With ``kind: group`` both stay, as parts of an incident: the one that the second is, or is part of, or a
    new one. To retract that undoes it. With a record of another node in no incident, the first says
    that both tell of one event; a change of the kind ``separate`` undoes that.
    """
    wish = merging.Merge(
        body["into"],
        body["reason"],
        body.get("note", ""),
        body["revision"],
        body["into_revision"],
        body["kind"],
    )
    change = the_node().private.reviewing.care.merging.propose(actor, body["record"], wish)
    told = {
        "id": change.id,
        "record": change.record_id,
        "into": change.into,
        "kind": change.kind.value,
        "state": change.state.value,
    }
    return reply(told | {"reason": change.reason, "note": change.note}, 201, lock=change.lock)


@section.post(
    "/reviews/<key:submission>/actions/merge",
    Speaks(
        "Say that a report under review belongs to a public record",
        answer=Review,
        scopes=WRITE,
        body=Belongs,
        conditional=True,
        problems=(422,),
    ),
)
def belongs(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Though nobody said so when it was sent. It is published as belonging to the record."""
    reviews = the_node().private.reviews
    reviews.merge(actor, submission, body["record"], expected=expected_lock())
    view = reviews.read(actor, submission)
    return reply(shapes.review(view), lock=view.submission.summary.lock)


def _side(record: Looked) -> dict[str, Any]:
    return {
        "id": record.id,
        "revision": record.revision,
        "state": record.state.value,
        "type": record.type,
        "successor": record.successor,
        "account": record.account.to_json(),
    }
