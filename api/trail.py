"""The audit trail for those who look after the node: all of it, and whether it is whole."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import PRIVATE, reply
from api.schemas.trail import HeadQuery, TrailVerdict
from api.section import Section, Speaks
from registry.custody.trail import MEDIA
from registry.identity.rules import Actor

ADMIN = ("node:admin",)

section = Section("trail", "The audit trail of the node, for those who look after it.")


@section.get("/trail", Speaks("Export the audit trail", media=MEDIA, scopes=ADMIN))
def export(actor: Actor) -> Response:
    """Every row as one line of JSON, oldest first, sent while it is read. The last row says so."""
    answer = Response(the_node().private.custody.trail.export(actor), mimetype=MEDIA)
    answer.headers["Cache-Control"] = PRIVATE
    return answer


@section.get(
    "/trail/verification", Speaks("Check the audit trail", answer=TrailVerdict, scopes=ADMIN, query=HeadQuery)
)
def verify(actor: Actor, query: dict[str, Any]) -> Response:
    """Reads every row, and looks for each hash that was ever told in public; ``head`` is one more."""
    node = the_node()
    heads = [*node.figures.heads(), *([query["head"]] if "head" in query else [])]
    verdict = node.private.custody.trail.verify(actor, heads)
    fault = verdict.fault
    return reply(
        {
            "whole": fault is None,
            "rows": verdict.rows,
            "newest": verdict.newest,
            "wrong": None if fault is None else {"number": fault.number, "says": str(fault)},
        }
    )
