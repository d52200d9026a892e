"""What points to a public record: statements on it, reports of the same event."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Any

from flask import Response

from api.node import the_node
from api.reply import reply
from api.schemas.same_event import POINTING, PointingPage, PointingQuery
from api.section import Section, Speaks
from registry.errors import N_, Invalid, Problem
from registry.record.ids import is_record_id
from registry.record.relations import ABOUT

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

section = Section("pointing", "What belongs to a public record.")


@section.get(
    "/records/<record:record_id>/related",
    Speaks(
        "List what points to a record",
        answer=PointingPage,
        query=PointingQuery,
        problems=(410,),
    ),
)
def related(query: dict[str, Any], record_id: str) -> Response:
    """``about``: statements on it. ``part-of``: its reports. ``same-as``: records of the same event.

    Newest first. ``counts`` are of published records, not of organizations: one may have sent several.
    ``sources`` is from how many nodes and collections they are; an organization may be a partner of several,
    and ``at_least`` is how many different ones say ``about`` in any case. Where other nodes alone say
    ``about``, it is told once as many partners can be told apart as this node asks of its own. ``claims`` is
    what other nodes say of this record and one of theirs, each by its entry in their log.
    """
    records = the_node().records
    records.read(record_id)
    kinds = (query["kind"],) if "kind" in query else POINTING
    after = _decode(query["cursor"]) if "cursor" in query else None
    hearing = the_node().hearing
    page = records.pointing_to(record_id, kinds, after=after, limit=query["limit"], hearing=hearing)
    items = [{"kind": one.kind, "record": one.record.to_json()} for one in page.items]
    said = [one.to_json() for one in the_node().federation.claims.about(record_id)]
    least = {ABOUT: records.surely_seen(record_id, hearing)} if ABOUT in page.counts else {}
    told = {"counts": page.counts, "sources": page.sources, "at_least": least, "claims": said}
    return reply({"items": items, **told, "next": _encode(page.next)})


def _encode(place: str | None) -> str | None:
    return None if place is None else base64.urlsafe_b64encode(place.encode("ascii")).decode("ascii")


def _decode(cursor: str) -> tuple[date, str]:
    """Day and id of the last record before; raises ``Invalid`` for anything that we did not make."""
    try:
        said = base64.urlsafe_b64decode(cursor.encode("ascii")).decode("ascii")
        day, _, record_id = said.partition("|")
        after = date.fromisoformat(day) if _DAY.fullmatch(day) and is_record_id(record_id) else None
    except (ValueError, binascii.Error):
        after = None
    if after is None:
        message = N_("This cursor is not one of ours. Start again.")
        raise Invalid([Problem("/cursor", message)])
    return after, record_id
