"""Records for partners: read by members of this node's organizations, and by nobody else."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Flask, render_template, request

from api.node import the_node
from registry.identity.rules import Permission
from registry.record.types import Origin, PublicRecord
from web.pages import changes_view, people, record_view
from web.pages.chrome import here

blueprint = Blueprint("green", __name__)

PAGE: Final = 50


@blueprint.get("/green")
def listing() -> str:
    """All of them, of this node and of partners; ``before`` is the last one of the page before."""
    people.require_actor(Permission.READ_GREEN)
    before = request.args.get("before", "")[:40]
    green = the_node().private.green
    found = green.records.newest(before=before, limit=PAGE)
    return render_template(
        "green/list.html",
        lines=found,
        names=_names(found),
        unread=[one for one in green.partners.every() if one.unread is not None],
        next_url=here(f"/green?before={found[-1].id}") if len(found) == PAGE else None,
        first_url=here("/green") if before else None,
    )


@blueprint.get("/green/records/<record:record>")
def item(record: str) -> str:
    """One record."""
    people.require_actor(Permission.READ_GREEN)
    node = the_node()
    found = node.private.green.records.read(record)
    return render_template(
        "green/record.html",
        **record_view.body(found, node.taxonomy),
        generalised=changes_view.generalised_names(found),
        names=_names([found]),
    )


def register(app: Flask) -> None:
    """Let every page know where a record of this node is read, and whether by partners only."""
    app.context_processor(lambda: {"record_path": record_path})
    app.jinja_env.globals.update(shared_record=shared_record)


def shared_record(record_id: str) -> bool:
    """Whether a record of this node is shared with partners only."""
    side = the_node().private_side
    return side is not None and side.green.side.holds(record_id)


def record_path(record_id: str) -> str:
    """The address of a record's page here: what is for partners only has another one."""
    return here(f"/green/records/{record_id}" if shared_record(record_id) else f"/records/{record_id}")


def _names(records: list[PublicRecord]) -> dict[str, str]:
    """Source → what the node calls itself that tells of it."""
    if not any(one.provenance.origin is Origin.PEER for one in records):
        return {}
    return the_node().private.green.partners.names()
