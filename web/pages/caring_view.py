"""Flags and changes of public records in words."""

from __future__ import annotations

from collections.abc import Sequence

from registry.errors import N_
from registry.review.aftercare.flagging import CONCERNS
from registry.review.aftercare.hindrances import HINDRANCES
from registry.review.aftercare.looking import Looked
from registry.review.aftercare.rules import CHANGES, REFUSALS, ChangeState, Kind, RecordStands, possible
from registry.review.aftercare.views import ChangeView
from web.pages.messages import gettext

EFFECTS: dict[Kind, str] = {
    Kind.MARK_DISPUTED: N_("The record stays, and says on top that it is disputed."),
    Kind.MARK_UNVERIFIABLE: N_("The record stays, and says on top that nobody could verify it."),
    Kind.RETRACT: N_("The record stays readable, with a warning not to rely on it."),
    Kind.REINSTATE: N_("The record stands again; its history stays."),
    Kind.MERGE: N_("Its address leads to the other record; its versions stay readable. It can be undone."),
    Kind.GROUP: N_("Both records stay, as parts of one incident. To retract the incident undoes it."),
    Kind.SEPARATE: N_("The record stays, and says no more that it belongs to records of other nodes."),
    Kind.ERASE: N_(
        "Every version is deleted at once. Only a note with the reason stays. This cannot be undone."
    ),
}
"""What each change does, for whoever proposes or decides."""
STATES: dict[ChangeState, str] = {
    ChangeState.PROPOSED: N_("Waits for a decision"),
    ChangeState.APPROVED: N_("Approved, and done with the next batch"),
    ChangeState.REFUSED: N_("Refused"),
    ChangeState.TAKEN_BACK: N_("Taken back"),
    ChangeState.DONE: N_("Done"),
    ChangeState.OVERTAKEN: N_("Not done: the record had changed, or was erased"),
}
NOT_DONE = N_("Not done")
"""What could not be done for another reason than that the record had changed, which is told beside it."""
LOOKS: dict[ChangeState, str] = {
    ChangeState.PROPOSED: "warn",
    ChangeState.APPROVED: "ok",
    ChangeState.REFUSED: "bad",
    ChangeState.DONE: "ok",
}
"""How the badge of a state looks."""
RECORD_STATES: dict[RecordStands, str] = {
    RecordStands.PUBLISHED: N_("Published"),
    RecordStands.REVISED: N_("Changed"),
    RecordStands.DISPUTED: N_("Disputed"),
    RecordStands.UNVERIFIABLE: N_("Unverifiable"),
    RecordStands.RETRACTED: N_("Retracted"),
    RecordStands.REINSTATED: N_("Reinstated"),
    RecordStands.ERASED: N_("Erased"),
    RecordStands.MERGED: N_("Merged"),
}


def kind(change: ChangeView) -> str:
    """What is proposed."""
    return gettext(CHANGES[change.kind].words)


def reason(change: ChangeView) -> str:
    """Why."""
    return gettext(CHANGES[change.kind].reasons[change.reason])


def effect(of: Kind) -> str:
    """What a change does."""
    return gettext(EFFECTS[of])


def refusal(change: ChangeView) -> str:
    """Why it was refused, or could not be done; empty where it was not."""
    return gettext((REFUSALS | HINDRANCES)[change.refusal]) if change.refusal else ""


def change_state(change: ChangeView) -> str:
    """Where a change stands."""
    if change.state is ChangeState.OVERTAKEN and change.refusal:
        return gettext(NOT_DONE)
    return gettext(STATES[change.state])


def look(state: ChangeState) -> str:
    """How that looks."""
    return LOOKS.get(state, "")


def record_state(state: RecordStands) -> str:
    """How a record stands."""
    return gettext(RECORD_STATES[state])


def concern(code: str) -> str:
    """What a flag says."""
    return gettext(CONCERNS[code].words)


def offered(
    record: Looked, waiting: Sequence[ChangeView] = ()
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Kind, its words, and (value, words) of each reason, of all that can be proposed beside what waits."""
    kinds = [one.kind for one in waiting]
    return [
        (
            gettext(CHANGES[of].words),
            effect(of),
            [(f"{of.value}/{code}", gettext(words)) for code, words in CHANGES[of].reasons.items()],
        )
        for of in possible(record.state, across=record.across, waiting=kinds)
    ]
