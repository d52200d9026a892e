"""What states mean for a report that is shared with partners only."""

from __future__ import annotations

from registry.errors import N_
from registry.intake.labels import Label
from registry.intake.rules import State
from web.pages import states
from web.pages.messages import gettext

MEANING = {
    State.ACCEPTED: N_("It will be shared with partners with the next batch, and never be public."),
    State.SCHEDULED: N_("It is on its way to the records for partners. It will never be public."),
    State.PUBLISHED: N_("Members here and at partner nodes can read it. It is not public."),
}
"""State → what it means, where that differs from a report for everybody."""
REVISION = N_("This is a new version of a report that is shared. The record stays as it is meanwhile.")


def meaning(label: Label, state: State, otherwise: str) -> str:
    """What the state means for a report with this label."""
    said = MEANING.get(state) if label is Label.GREEN else None
    return otherwise if said is None else gettext(said)


def revision(label: Label, *, under_way: bool) -> str | None:
    """What is said of a report of which another version is on its way; None where none is."""
    if not under_way:
        return None
    return REVISION if label is Label.GREEN else states.REVISION
