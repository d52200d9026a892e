"""Figures about the registry as a whole, for anybody."""

from __future__ import annotations

from flask import Response

from api.node import the_node
from api.reply import reply
from api.schemas.statistics import AgreementTable
from api.section import Section, Speaks
from registry.record.agreement import Agreement

section = Section("statistics", "Figures about the registry as a whole.")


@section.get("/statistics/agreement", Speaks("Read how far reviewers agree", answer=AgreementTable))
def agreement() -> Response:
    """Krippendorff's alpha for each question that two reviewers answered without knowing of each other.

    ``n`` and ``alpha`` are null where they are too small to tell; small counts of confusions are left out.
    """
    found = the_node().agreements.read()
    return reply({"items": [_line(found[facet]) for facet in the_node().taxonomy.facets if facet in found]})


def _line(one: Agreement) -> dict[str, object]:
    return {
        "facet": one.facet,
        "measure": one.measure,
        "n": one.n or None,
        "alpha": one.alpha,
        "counted": one.day.isoformat(),
        "confusions": [
            {"code": met.code, "other": met.other or None, "count": met.count} for met in one.confusions
        ],
    }
