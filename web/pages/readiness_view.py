"""What stands between a report and its acceptance, as lines that lead to where it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from registry.errors import Problem
from registry.review.missing import CODING, DETAILS, EXACTNESS, RELATION
from web.pages.words import facet_title, say

PLACES: Final = {DETAILS: "details", EXACTNESS: "exactness", RELATION: "belongs"}
"""Pointer → the id of the part of the page."""


def lines(problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Id of the place on the page, and the sentence, for each."""
    return tuple(_line(problem) for problem in problems)


def _line(problem: Problem) -> tuple[str, str]:
    if problem.pointer in PLACES:
        return PLACES[problem.pointer], say(problem)
    facet = problem.pointer.removeprefix(f"{CODING}/")
    return f"coding-{facet}", say(replace(problem, facts={**problem.facts, "facet": facet_title(facet)}))
