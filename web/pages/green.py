"""Records for partners: read by members of this node's organizations, and by nobody else."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, render_template, request

from api import limits
from api.node import the_node
from registry.identity.rules import Permission
from registry.publication.green.seeking import WORDS_MAX, Wanted, seek
from registry.record.types import Origin, PublicRecord
from web.pages import changes_view, people, record_view, words
from web.pages.chrome import here
from web.pages.messages import gettext

blueprint = Blueprint("green", __name__)

PAGE: Final = 50
Q_MAX: Final = 300
FACETS: Final = ("sector", "failure", "harm", "severity")
"""By which they can be filtered."""


@blueprint.get("/green")
def listing() -> str:
    """Those of this node and of partners that fit; ``before`` is the last one of the page before."""
    limits.take("search", people.require_actor(Permission.READ_GREEN))
    before, q = request.args.get("before", "")[:40], request.args.get("q", "")[:Q_MAX]
    codes = {
        facet: code for facet in FACETS if (code := request.args.get(facet, "")) in words.codes_of(facet)
    }
    asked = {"q": q, **codes} if q else codes
    green = the_node().private.green
    found = seek(green.records, Wanted(tuple(q.split()[:WORDS_MAX]), codes), before=before, limit=PAGE)
    return render_template(
        "green/list.html",
        lines=found.records,
        names=_names(found.records),
        unread=[one for one in green.partners.every() if one.unread is not None],
        asked=asked,
        controls=[(facet, words.facet_title(facet), _options(facet)) for facet in FACETS],
        next_url=here(f"/green?{urlencode({**asked, 'before': found.behind})}") if found.behind else None,
        first_url=here(f"/green?{urlencode(asked)}") if before else None,
    )


def _options(facet: str) -> list[tuple[str, str]]:
    """What can be chosen of a facet; nothing first."""
    return [("", gettext("All")), *((code, words.label(code)) for code in words.codes_of(facet))]


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
