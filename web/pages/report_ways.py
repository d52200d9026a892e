"""The way through the pages of a report: what comes after a question, what before it, and what applies.

``BETWEEN`` is the one place where pages that ask no question of the account are put between questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from taxonomy import Taxonomy
from web.pages.forms import Kind, Step, get, put
from web.pages.report_conditions import holds
from web.pages.report_steps import BY_SLUG, CORE, STEPS, THEME_OF

CHECK = "check"
PRIVACY = "privacy"
BETWEEN: Mapping[str, tuple[str, ...]] = {CORE[-1].slug: (PRIVACY,)}
"""Slug of a core question → last parts of the addresses of the pages that follow it (``/report/<key>/…``).

Such a page leads on with ``beyond`` and its own name.
"""


def onward(step: Step, account: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    """What follows a page: the last part of its address, with a place on the page where there is one."""
    return next(iter(BETWEEN.get(step.slug, ())), None) or after(step.slug, account, taxonomy)


def beyond(page: str, account: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    """What follows a page of ``BETWEEN``."""
    slug, pages = next((slug, pages) for slug, pages in BETWEEN.items() if page in pages)
    later = pages[pages.index(page) + 1 :]
    return later[0] if later else after(slug, account, taxonomy)


def after(slug: str, account: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    """The question after one; the last of the core and of each theme leads to the answers."""
    row = [one for one in row_of(slug) if one.slug == slug or applies(one, account, taxonomy)]
    later = row[[one.slug for one in row].index(slug) + 1 :]
    if later:
        return later[0].slug
    return f"{CHECK}#more" if slug in THEME_OF else CHECK


def before(slug: str, account: Mapping[str, Any], taxonomy: Taxonomy) -> str | None:
    """The question before one; None before the first of the core, the answers before that of a theme."""
    row = [one for one in row_of(slug) if one.slug == slug or applies(one, account, taxonomy)]
    place = [one.slug for one in row].index(slug)
    if place:
        return row[place - 1].slug
    return f"{CHECK}#more" if slug in THEME_OF else None


def place_in_row(slug: str, account: Mapping[str, Any], taxonomy: Taxonomy) -> tuple[int, int]:
    """The number of a question in its row, from 1, and of how many.

    Which of several answers is the main one belongs to the question before it, so that answering never
    makes the way longer than was said.
    """
    asked = BY_SLUG[slug].row
    row = [one.slug for one in row_of(slug) if one.slug == asked or _counts(one, account, taxonomy)]
    return row.index(asked) + 1, len(row)


def _counts(step: Step, account: Mapping[str, Any], taxonomy: Taxonomy) -> bool:
    return not continues(step) and applies(step, account, taxonomy)


def continues(step: Step) -> bool:
    """Whether a page belongs to the question before it."""
    return step.asks.kind is Kind.MAIN


def row_of(slug: str) -> tuple[Step, ...]:
    """The core, or the theme that a question belongs to."""
    return THEME_OF[slug].steps if slug in THEME_OF else CORE


def applies(step: Step, account: Mapping[str, Any], taxonomy: Taxonomy) -> bool:
    """Whether the page is to be asked, as far as the account goes."""
    return holds(step.when, account, taxonomy)


def main_of(step: Step, account: Mapping[str, Any], taxonomy: Taxonomy) -> str | None:
    """The page that asks for the main one of the answers just given, where they are several."""
    following = BY_SLUG.get(f"{step.slug}-main")
    return following.slug if following is not None and applies(following, account, taxonomy) else None


def first_open(account: Mapping[str, Any]) -> Step | None:
    """The first core question that still needs an answer, or None."""
    for step in CORE:
        if any(field.needed and not get(account, field.pointer) for field in step.fields):
            return step
    return None


def left_out(account: Mapping[str, Any], taxonomy: Taxonomy) -> Sequence[Step]:
    """Pages that were answered and do not apply any more."""
    return [
        step
        for step in STEPS
        if step.when is not None
        and step.when.because
        and not applies(step, account, taxonomy)
        and any(get(account, field.pointer) for field in step.fields)
    ]


def as_sent(account: Mapping[str, Any], taxonomy: Taxonomy) -> dict[str, Any]:
    """The account without answers to questions that do not apply any more."""
    gone = {field.pointer: None for step in left_out(account, taxonomy) for field in step.fields}
    return put(account, gone)
