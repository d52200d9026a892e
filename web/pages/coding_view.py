"""Classification under review, arranged for the page: a line for each facet, one of them open to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from api.node import the_node
from registry.account import Account
from registry.errors import Problem
from registry.review.coding.keeping import FacetCoding
from registry.review.coding.rules import CONFIDENCE, CORE, Given, codable
from registry.review.views import ReviewView
from web.pages.forms import Field, Kind
from web.pages.messages import gettext
from web.pages.words import facet_title, label, say

PREFIX: Final = "code"
"""Controls are called by this, or begin with it."""
FACET, MAIN, SURE, NOTE, MORE = (f"{PREFIX}-{name}" for name in ("facet", "main", "sure", "note", "more"))


@dataclass(frozen=True, slots=True)
class Editing:
    """The facet that is open: its question, what is chosen, and what is wrong with it."""

    question: Field
    values: MultiDict[str, str]
    mains: tuple[tuple[str, str], ...]
    sure: tuple[tuple[str, str], ...]
    error: str | None = None

    @property
    def facet(self) -> str:
        """Its name."""
        return self.question.facet


def typed(form: MultiDict[str, str], counting: Iterable[FacetCoding]) -> Given | None:
    """What was sent of the open facet; codes keep their order as far as they were there before."""
    facet = form.get(FACET, "")
    if facet not in codable(the_node().taxonomy):
        return None
    before = next((one.codes for one in counting if one.facet == facet), ())
    chosen = list(dict.fromkeys(form.getlist(PREFIX)))
    ordered = [code for code in before if code in chosen] + [code for code in chosen if code not in before]
    main = form.get(MAIN, "")
    ordered.sort(key=lambda code: code != main)
    return Given(facet, tuple(ordered), form.get(SURE) or None, form.get(NOTE, "").strip())


def is_news(given: Given, counting: Iterable[FacetCoding]) -> bool:
    """Whether this is something else than what counts now."""
    now = next((one for one in counting if one.facet == given.facet), None)
    held = Given(given.facet, (), None, "") if now is None else _held(now)
    return given != replace(held, note=held.note.strip())


def opened(coding: Iterable[FacetCoding], facet: str) -> Editing | None:
    """A facet as it counts now, to be changed; None for one that reviewers do not code."""
    if facet not in codable(the_node().taxonomy):
        return None
    now = next((one for one in coding if one.facet == facet), None)
    return editing(_held(now) if now else Given(facet, ()))


def editing(given: Given, problems: Iterable[Problem] = ()) -> Editing:
    """A facet as somebody would have it, and what is wrong with that."""
    facet = the_node().taxonomy.facets[given.facet]
    kind = Kind.ONE if facet.cardinality == "one" else Kind.MANY
    values = MultiDict([(PREFIX, code) for code in given.codes])
    values[SURE], values[NOTE] = given.confidence or "", given.note
    values[MAIN] = given.codes[0] if facet.primary and given.codes else ""
    mains = [("", gettext("The first of them")), *((code, label(code)) for code in facet.values)]
    sure = [("", gettext("Not said")), *((code, label(code)) for code in _sure())]
    error = " ".join(say(problem) for problem in problems)
    pointer, needed = f"/classification/{given.facet}", given.facet in CORE
    question = Field(kind, PREFIX, pointer, facet=given.facet, needed=needed)
    return Editing(question, values, tuple(mains) if facet.primary else (), tuple(sure), error or None)


def others(coding: Iterable[FacetCoding]) -> list[tuple[str, str]]:
    """Facets that could be coded as well: name and words."""
    shown = {one.facet for one in coding}
    return [(facet, facet_title(facet)) for facet in codable(the_node().taxonomy) if facet not in shown]


def as_coded(view: ReviewView) -> Account:
    """The account with the codes that count now: as the public would read it."""
    if not view.coding:
        return view.submission.account
    told = view.submission.account.to_json()
    codes = {one.facet: list(one.codes) for one in view.coding}
    whole = {**(told.get("classification") or {}), **codes}
    return Account.from_json({**told, "classification": {name: one for name, one in whole.items() if one}})


def _held(now: FacetCoding) -> Given:
    return Given(now.facet, now.codes, now.confidence, now.note)


def _sure() -> list[str]:
    return list(the_node().taxonomy.facets[CONFIDENCE].values)
