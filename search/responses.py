"""What others did about the same kind of failure in the same sector: plain counts over public records."""

from __future__ import annotations

from search.results import Responses
from search.snapshot import Snapshot

ASKED = ("containment", "remediation", "audience")
"""The facets that say what was done, and who was told."""


def responses(snapshot: Snapshot, failure: str, sector: str | None) -> Responses:
    """Counts among the records with this failure, and this sector if one is given; narrower codes too."""
    mask = snapshot.facets.any_of("failure", (failure,))
    if sector is not None:
        mask &= snapshot.facets.any_of("sector", (sector,))
    counts = {facet: snapshot.facets.counts_of(facet, mask) for facet in ASKED}
    return Responses(int(mask.sum()), counts)
