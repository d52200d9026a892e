"""Drafts that programs made or that came in files: where they come from, and what a person has to add."""

from __future__ import annotations

from api.node import the_node
from registry.account import check
from registry.clock import today
from registry.errors import N_
from registry.intake.rules import State
from registry.intake.views import SubmissionSummary, SubmissionView
from web.pages.messages import gettext
from web.pages.report_page import Complaint, in_order, place_of

ORIGINS = {"api": N_("Made by a program"), "bulk": N_("From a file")}
"""Channel → where a draft comes from."""


def origin(summary: SubmissionSummary) -> str:
    """Where a draft comes from, in words; nothing for what is no draft or was typed here."""
    if summary.state is not State.DRAFT or summary.channel not in ORIGINS:
        return ""
    return gettext(ORIGINS[summary.channel])


def missing(view: SubmissionView) -> list[Complaint]:
    """What such a draft needs before it can be sent, with links to the questions."""
    if not origin(view.summary):
        return []
    node = the_node()
    found = check(view.account.to_json(), node.taxonomy, today(node.clock), complete=True)
    return [place_of(problem, view.summary.id) for problem in in_order(found)]
