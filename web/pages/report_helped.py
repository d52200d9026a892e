"""What the short questions came to, carried into the form by the address: a proposal, never an answer.

The pages for kind and severity show it chosen; it counts once the person continues.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

from api.node import the_node
from web.pages.chrome import here
from web.pages.forms import Step
from web.pages.forms_reading import Typed
from web.pages.report_page import RETURNING

CARRIED = ("kind", "severity")
"""Facets that are proposed, in the order of their questions."""


def carried() -> dict[str, str]:
    """Facet → slug of the proposed code, of those in the address that exist."""
    taxonomy = the_node().taxonomy
    asked = {facet: request.args.get(facet, "") for facet in CARRIED}
    return {facet: slug for facet, slug in asked.items() if f"{facet}/{slug}" in taxonomy}


def answers() -> dict[str, list[str]]:
    """Pointer → answer, for a draft that is made with the proposal."""
    return {f"/classification/{facet}": [f"{facet}/{slug}"] for facet, slug in carried().items()}


def suggest(step: Step, values: Typed) -> bool:
    """Put the proposal in place of the page's answer; whether there was one that differs."""
    facet = step.slug
    if facet not in carried() or values.get(facet) == (code := f"{facet}/{carried()[facet]}"):
        return False
    values.setlist(facet, [code])
    return True


def onward(step: Step, key: str, *, back: bool) -> str | None:
    """After the kind the severity that was proposed with it; None where nothing is."""
    told = carried()
    if step.slug != CARRIED[0] or CARRIED[1] not in told:
        return None
    query = {CARRIED[1]: told[CARRIED[1]]} | ({"back": RETURNING} if back else {})
    return here(f"/report/{key}/{CARRIED[1]}?{urlencode(query)}")
