"""The record page, its revisions, and what belongs to it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from werkzeug.wrappers import Response

from api.node import the_node
from registry.identity.rules import Permission
from registry.record.curation.rules import is_readable
from registry.record.types import Origin, PublicRecord
from registry.sharing import linked
from registry.sharing.place import Place
from web.pages import changes_view, chrome, cite, language, people, record_view, relation_view
from web.pages.learn_view import similar_to, what_others_did

blueprint = Blueprint("record", __name__)

SIMILAR_SHOWN = 5


@blueprint.get("/records/<record_id>")
def page(record_id: str) -> str | Response:
    """The newest revision of a record; a merged one leads to its successor, for as long as it is merged."""
    record = the_node().records.read(record_id)
    if record.successor is not None:
        return redirect(chrome.here(f"/records/{record.successor}"), 303)
    parts, beside = _parts(record), relation_view.pointing_to(record)
    return render_template(
        "record/page.html",
        **(parts | _read_here(record)),
        may_read_here=_may_read(record),
        linked=_linked(record, relation_view.group_of(beside)),
        similar=similar_to(record, SIMILAR_SHOWN),
        others=what_others_did(record),
        **beside,
    )


@blueprint.get("/records/<record_id>/versions")
def versions(record_id: str) -> str:
    """Every revision of a record, with the names of the fields that each changed."""
    found = the_node().records.versions(record_id)
    steps = [
        (record, changes_view.changes(before, record) if before else None)
        for before, record in zip([None, *found[:-1]], found, strict=True)
    ]
    return render_template(
        "record/versions.html", record=found[-1], steps=steps[::-1], names=changes_view.FIELD_NAMES
    )


@blueprint.get("/records/<record_id>/versions/<int:revision>")
def version(record_id: str, revision: int) -> str:
    """One revision as it was, and what it changed."""
    records = the_node().records
    record = records.version(record_id, revision)
    before = records.version(record_id, revision - 1) if revision > 1 else None
    return render_template(
        "record/version.html",
        **_parts(record),
        newest=records.read(record_id).revision,
        changed=changes_view.changes(before, record) if before else None,
        names=changes_view.FIELD_NAMES,
    )


def _read_here(record: PublicRecord) -> dict[str, object]:
    """How this node reads the record, and the classification with what only this node says of it."""
    found = the_node().curations.beside(record)
    if not found:
        return {}
    views = record_view.facets_of(record, the_node().taxonomy)
    return {"read_here": found, "groups": record_view.groups_of(views, found)}


def _may_read(record: PublicRecord) -> bool:
    actor = people.current_actor()
    return actor is not None and actor.holds(Permission.CURATE_RECORDS) and is_readable(record)


def _reviewed_by(record: PublicRecord) -> str | None:
    """The node because of whose review a record of another node is shown."""
    if record.provenance.origin is not Origin.PEER:
        return None
    return the_node().federation.judging.reviewed_by(record.id)


def _linked(record: PublicRecord, group: linked.Group) -> Markup:
    """The record as JSON-LD that can stand in a page: no text of a stranger ends its element."""
    node = the_node()
    place = Place(node.settings.base_url.rstrip("/"), node.settings.node_name, node.identity.short)
    return htmlsafe_json_dumps(linked.describe(record, node.taxonomy, place, group))


def _parts(record: PublicRecord) -> dict[str, object]:
    node = the_node()
    url = f"{node.settings.base_url.rstrip('/')}/records/{record.id}"
    json_url = language.site_path(f"/api/v1/records/{record.id}")
    return record_view.body(record, node.taxonomy) | {
        "agreements": node.agreements.read() if record.provenance.origin is Origin.OWN else {},
        "reviewed_by": _reviewed_by(record),
        "generalised": changes_view.generalised_names(record),
        "citation": cite.plain(record, node.settings.node_name, url),
        "bibtex": cite.bibtex(record, node.settings.node_name, url),
        "permalink": url,
        "json_url": json_url,
        "proof_url": None if record.provenance.origin is not Origin.OWN else f"{json_url}/proof",
        "record_url": chrome.here(f"/records/{record.id}"),
    }
