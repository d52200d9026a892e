"""What anybody may read about the registry as a whole: how far reviewers agree."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from registry.errors import N_
from registry.review.agreement.tables import FEWEST, MEASURED_FROM

blueprint = Blueprint("statistics", __name__)

MEASURES = {
    "nominal": N_("same code or not"),
    "ordinal": N_("how far apart the ranks are"),
    "masi": N_("how much two sets of codes share"),
}
"""Measure → what it compares, in plain words."""


@blueprint.get("/statistics")
def page() -> str:
    """Agreement facet by facet, and which codes are taken for one another."""
    found = the_node().agreements.read()
    order = [facet for facet in the_node().taxonomy.facets if facet in found]
    return render_template(
        "statistics.html",
        lines=[found[facet] for facet in order],
        measures=MEASURES,
        fewest=FEWEST,
        measured_from=MEASURED_FROM,
    )
