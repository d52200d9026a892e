"""What this is, how it works, and the taxonomy to browse."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from registry.errors import NotFound
from web.pages import record_view

blueprint = Blueprint("about", __name__)

HIDDEN = frozenset({"tlp", "status"})
"""Facets that concern handling, not incidents."""


@blueprint.get("/about")
def page() -> str:
    """Purpose, review, privacy, what is public, licence, this node, how to read counts."""
    node = the_node()
    return render_template(
        "about/page.html", identity=node.identity, count=node.records.count(), taxonomy=node.taxonomy
    )


@blueprint.get("/about/taxonomy")
def taxonomy() -> str:
    """Every facet with its question and the number of its answers."""
    facets = [facet for facet in the_node().taxonomy.facets.values() if facet.id not in HIDDEN]
    return render_template("about/taxonomy.html", facets=facets, version=the_node().taxonomy.version)


@blueprint.get("/about/taxonomy/<facet_id>")
def facet(facet_id: str) -> str:
    """One facet: every answer with its definition and the search that finds it."""
    found = the_node().taxonomy.facets.get(facet_id)
    if found is None or facet_id in HIDDEN:
        raise NotFound
    values = [
        (
            value,
            len(the_node().taxonomy.ancestors(value.code)),
            record_view.search_url([(facet_id, value.code)]),
        )
        for value in found.values.values()
        if not value.deprecated
    ]
    return render_template("about/facet.html", facet=found, values=values)
