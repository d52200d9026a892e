"""Rules of classifying. Pure.

Codes of a facet are a list, the main one first where the facet has a main value. What a reviewer says
counts for one version of a report; a facet that no reviewer touched counts as it was submitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.account.check import REQUIRED_FACETS
from registry.errors import N_, Problem
from taxonomy import Taxonomy

CORE: Final = REQUIRED_FACETS
"""Facets without which no report is accepted; the form of a report asks everybody for the same ones."""
NOT_HERE: Final = frozenset({"status", "audience", "tlp"})
"""Facets that reviewers do not code: software sets them, or they are answered elsewhere."""
CONFIDENCE: Final = "confidence"
"""The facet whose codes say how sure a reviewer is."""
NOTE_MAX: Final = 2_000

Codes = Mapping[str, Sequence[str]]
"""Facet → its codes."""


class Turn(StrEnum):
    """On whose turn a facet was coded."""

    REVIEW = "review"  # by a reviewer who decides on the report
    SECOND = "second"  # once more, by somebody who knows no codes, to see how far people agree


class Standing(StrEnum):
    """What a reviewer did with the codes of a facet."""

    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    UNSEEN = "unseen"  # a second coder sees none


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer says of one facet: its codes, how sure (a code of ``confidence``, or none), why."""

    facet: str
    codes: tuple[str, ...]
    confidence: str | None = None
    note: str = ""


def codable(taxonomy: Taxonomy) -> tuple[str, ...]:
    """The facets that reviewers code: the core first, then the others in the order of the form."""
    return (*CORE, *(facet for facet in taxonomy.facets if facet not in CORE and facet not in NOT_HERE))


def problems(taxonomy: Taxonomy, given: Given) -> list[Problem]:
    """What is wrong with what a reviewer says; empty when it is good."""
    return list(_problems(taxonomy, given))


def _problems(taxonomy: Taxonomy, given: Given) -> Iterator[Problem]:
    known = codable(taxonomy)
    if given.facet not in known:
        yield Problem("/facet", N_("Choose one of: %(known)s."), {"known": ", ".join(known)})
        return
    for found in taxonomy.check({given.facet: list(given.codes)}):
        rest = found.pointer.removeprefix(f"/{given.facet}")
        yield Problem(f"/codes{rest}", found.message, found.facts)
    sure = taxonomy.facets[CONFIDENCE].values
    if given.confidence is not None and given.confidence not in sure:
        yield Problem("/confidence", N_("Choose one of: %(known)s."), {"known": ", ".join(sure)})
    if len(given.note) > NOTE_MAX:
        facts = {"length": len(given.note), "limit": NOTE_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        yield Problem("/note", message, facts)


def standing(submitted: Sequence[str], codes: Sequence[str]) -> Standing:
    """Whether these are the codes that were submitted, in the same order."""
    return Standing.CONFIRMED if list(submitted) == list(codes) else Standing.CHANGED


def settled(submitted: Codes, said: Codes) -> dict[str, list[str]]:
    """Facet → the codes that count: the reviewer's where there are any; a facet left empty is not there."""
    whole = {**submitted, **said}
    return {facet: list(codes) for facet, codes in whole.items() if codes}


def uncoded(counting: Codes, needed: Iterable[str] = CORE) -> tuple[str, ...]:
    """The facets of the core that carry no code."""
    return tuple(facet for facet in needed if not counting.get(facet))
