"""What others did in such a case (same kind of failure, same sector): plain counts over public records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.record.types import PublicRecord
from search.facets import own_codes
from search.results import Responses
from search.snapshot import Snapshot

ASKED = ("detection", "contained", "containment", "remediation", "audience")
"""The facets that say how it was noticed, how soon it was contained, what was done, who was told."""
FEWEST = 3
"""Records below which counts say nothing about what is usual."""


def what_others_did(snapshot: Snapshot, record: PublicRecord) -> Responses:
    """Counts over the records whose main failure and sector are this one's, itself among them.

    Where fewer than ``FEWEST`` share both, those that share the failure are counted, else those that
    share the sector; nothing at all where these are too few as well.
    """
    found = (count(snapshot, kind) for kind in _kinds(record))
    return next((responses for responses in found if responses.n >= FEWEST), Responses({}, 0, {}))


def count(snapshot: Snapshot, kind: Mapping[str, str]) -> Responses:
    """Counts among the records that carry these codes (facet → code); narrower codes count too."""
    mask = snapshot.live.copy()
    for facet, code in kind.items():
        mask &= snapshot.facets.any_of(facet, (code,))
    return Responses(
        kind, int(mask.sum()), {facet: snapshot.facets.counts_of(facet, mask) for facet in ASKED}
    )


def _kinds(record: PublicRecord) -> Iterator[Mapping[str, str]]:
    codes = own_codes(record)
    main = {facet: codes[facet][0] for facet in ("failure", "sector") if codes.get(facet)}
    if len(main) > 1:
        yield main
    yield from ({facet: code} for facet, code in main.items())
