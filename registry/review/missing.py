"""What stands between a report and its acceptance: all of it at once, each with what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.errors import N_, Problem

DETAILS, EXACTNESS, RELATION, CODING = "/details", "/exactness", "/relation", "/classification"
"""Pointers: the part of the review that is not ready. A facet's name follows the last."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is still open: how many details, whether risk and relation, and which facets carry no code.

    ``threshold`` is how many reports have to look alike.
    """

    details: int = 0
    risk: bool = False
    threshold: int = 0
    relation: bool = False
    facets: tuple[str, ...] = ()


def missing(found: Open) -> tuple[Problem, ...]:
    """One problem for each thing that is open, in the order of the page; none where it can be accepted."""
    return tuple(_missing(found))


def _missing(found: Open) -> Iterator[Problem]:
    if found.relation:
        message = N_("Say first whether the report belongs to the record that it is attached to.")
        yield Problem(RELATION, message)
    for facet in found.facets:
        message = N_("Choose a code of “%(facet)s” first; not known is one too.")
        yield Problem(f"{CODING}/{facet}", message, {"facet": facet})
    if found.details:
        message = N_("Decide on every personal detail first. Still open: %(count)s.")
        yield Problem(DETAILS, message, {"count": found.details})
    if found.risk:
        message = N_(
            "Decide first whether this report could point at somebody: "
            "fewer than %(threshold)s reports look like it."
        )
        yield Problem(EXACTNESS, message, {"threshold": found.threshold})
