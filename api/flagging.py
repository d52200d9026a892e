"""Saying what is wrong with a public record: for anybody, without a token."""

from __future__ import annotations

from typing import Any, Final

from flask import Response

from api import limits
from api.node import the_node
from api.reply import reply
from api.schemas.aftercare import Flagged, NewFlag
from api.section import Section, Speaks
from registry.limits import Limit

BY_PLACE: Final = Limit("flag-address", 10, 3600)
"""Flags that one address may send in an hour."""
BY_NODE: Final = Limit("flag-node", 2_000, 86_400)
"""Flags that the whole node takes in a day: a flood must not drown what is urgent."""

section = Section("flags", "Saying what is wrong with a public record; nobody is asked who they are.")


def refuse_without_reviewers() -> None:
    """Before anything is read: raises ``NotFound`` where nobody could read a flag."""
    the_node().require_private()


section.blueprint.before_request(refuse_without_reviewers)


@section.post(
    "/records/<record:record_id>/flags",
    Speaks("Say what is wrong with a record", answer=Flagged, status=202, body=NewFlag, problems=(410,)),
)
def flag(body: dict[str, Any], record_id: str) -> Response:
    """Reviewers read it. There is no answer to whoever flags: a change is seen on the record itself."""
    hours = take(record_id, body["reason"], body.get("text", ""))
    return reply({"record": record_id, "state": "received", "read_within_hours": hours}, 202)


def take(record_id: str, reason: str, text: str) -> int:
    """Count a flag for its address and the node, and keep it; gives the hours until somebody should look."""
    node = the_node()
    side = node.private
    if node.settings.limits_percent:
        node.limiter.take(BY_PLACE, limits.here())
        node.limiter.take(BY_NODE)
    return side.reviewing.care.flags.flag(record_id, reason, text)
