"""How review went at this node: counts, times and reasons, for anybody to read."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from registry.errors import N_
from registry.intake.rules import STATE_LABELS, State
from registry.review.figures.rules import REASONS, SINGLE, TIMED
from registry.review.rules import DECLINE_REASONS
from web.pages.messages import gettext

blueprint = Blueprint("openness", __name__)

ROWS: dict[str, str] = {
    "received": N_("Received"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    **dict(zip(REASONS, DECLINE_REASONS.values(), strict=True)),
    "appeals": N_("Appeals"),
    "upheld": N_("Appeals upheld"),
    "rejected": N_("Appeals rejected"),
    "split": N_("Reviewers disagreed"),
    "flags": N_("Flags of public records"),
    "flags-dismissed": N_("Flags that changed nothing"),
    "marked-disputed": N_("Records marked as disputed"),
    "marked-unverifiable": N_("Records marked as unverifiable"),
    "retracted": N_("Records retracted"),
    "reinstated": N_("Records reinstated"),
    "erased": N_("Records erased"),
    "merged": N_("Records merged into others"),
}
"""Row of the figures → its words."""


@blueprint.get("/transparency")
def page() -> str:
    """Figures of quarters that are over, of the one that runs, and the trail's hash of the day."""
    found = the_node().figures.newest()
    told = found.figures if found else None
    rows = [(row, gettext(words), row in REASONS) for row, words in ROWS.items() if _is_there(told, row)]
    states = [(state, gettext(STATE_LABELS[State(state)])) for state in TIMED]
    return render_template("about/openness.html", found=found, told=told, rows=rows, states=states)


def _is_there(told: dict[str, dict[str, dict[str, object]]] | None, row: str) -> bool:
    """Whether a row is worth its place: what is rare only once it happened."""
    if row not in SINGLE.values() or told is None:
        return True
    if row not in told["total"]:  # figures of an older version
        return False
    return told["total"][row] != {"value": 0, "exact": True} or told["running"]["counts"][row] != "0-4"
