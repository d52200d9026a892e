"""Changes of a public record as data: which kind leads from which state to which, and who decides. Pure.

One person proposes, another one decides: a reviewer who belongs neither to the record nor to whoever
proposed. A decided change goes through the door; what it does there is ``registry/record/changing.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.account.blank import is_blank
from registry.errors import N_, Conflict, Invalid, Problem
from registry.privacy import scan

NOTE_MAX: Final = 300
"""Characters of the public note."""


class Kind(StrEnum):
    """What can be done with a public record."""

    MARK_DISPUTED = "mark-disputed"
    MARK_UNVERIFIABLE = "mark-unverifiable"
    RETRACT = "retract"
    REINSTATE = "reinstate"
    ERASE = "erase"
    MERGE = "merge"
    GROUP = "group"
    SEPARATE = "separate"


class RecordStands(StrEnum):
    """The states of a public record, as the public side calls them (``RecordState``)."""

    PUBLISHED = "published"
    REVISED = "revised"
    DISPUTED = "disputed"
    UNVERIFIABLE = "unverifiable"
    RETRACTED = "retracted"
    REINSTATED = "reinstated"
    ERASED = "erased"
    MERGED = "merged"


class ChangeState(StrEnum):
    """Where a proposed change stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"  # the door has still to do it
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    DONE = "done"
    OVERTAKEN = "overtaken"  # the record had changed by the time the door came, or was erased before


class Act(StrEnum):
    """What becomes of a proposed change."""

    APPROVE = "approve"
    REFUSE = "refuse"
    TAKE_BACK = "take-back"
    CARRY_OUT = "carry-out"
    OVERTAKE = "overtake"


_S = RecordStands
_ORDINARY: Final = frozenset({_S.PUBLISHED, _S.REVISED, _S.REINSTATED})


@dataclass(frozen=True, slots=True)
class Change:
    """One kind: its words, from which states it leads to which, and the reasons it may have.

    ``at_once``: it does not wait for the next batch. ``noted``: a public note may be added.
    ``names_other``: it names a second record, and is proposed beside it (``merging.py``). ``across``: only
    of one that is grouped with records of other nodes.
    """

    words: str
    start: frozenset[RecordStands]
    end: RecordStands
    reasons: dict[str, str]
    at_once: bool = False
    noted: bool = True
    names_other: bool = False
    across: bool = False


CHANGES: Final[dict[Kind, Change]] = {
    Kind.MARK_DISPUTED: Change(
        N_("Mark as disputed"),
        _ORDINARY | {_S.UNVERIFIABLE},
        _S.DISPUTED,
        {
            "named-party": N_("An organization that it names says otherwise"),
            "other-accounts": N_("Other accounts of the event say otherwise"),
            "facts": N_("Facts in it are in doubt"),
        },
    ),
    Kind.MARK_UNVERIFIABLE: Change(
        N_("Mark as unverifiable"),
        _ORDINARY | {_S.DISPUTED},
        _S.UNVERIFIABLE,
        {
            "no-source": N_("Nothing was found that bears it out"),
            "source-gone": N_("What it rests on is not there any more"),
            "contradicts-itself": N_("It contradicts itself"),
        },
    ),
    Kind.RETRACT: Change(
        N_("Retract"),
        _ORDINARY | {_S.DISPUTED, _S.UNVERIFIABLE},
        _S.RETRACTED,
        {
            "wrong": N_("It is wrong in what matters"),
            "not-ai": N_("No AI system played a part"),
            "duplicate": N_("Another record tells of the same event"),
            "wish": N_("Whoever told it does not stand by it any more"),
            "legal": N_("A law or a court asks for it"),
        },
    ),
    Kind.REINSTATE: Change(
        N_("Reinstate"),
        frozenset({_S.RETRACTED, _S.DISPUTED, _S.UNVERIFIABLE, _S.MERGED}),
        _S.REINSTATED,
        {
            "borne-out": N_("What was in doubt has been borne out"),
            "settled": N_("The dispute is settled"),
            "in-error": N_("The earlier change was a mistake"),
        },
    ),
    Kind.ERASE: Change(
        N_("Erase"),
        frozenset(_S) - {_S.ERASED},
        _S.ERASED,
        {
            "someone-recognizable": N_("Somebody could be recognised by it"),
            "safety": N_("It puts somebody in danger"),
            "legal": N_("A law or a court asks for it"),
            "copyright": N_("It breaks somebody’s copyright"),
        },
        at_once=True,
        noted=False,
    ),
    Kind.MERGE: Change(
        N_("Merge into another record"),
        _ORDINARY | {_S.DISPUTED, _S.UNVERIFIABLE},
        _S.MERGED,
        {
            "same-account": N_("Both are the same account, published twice"),
            "same-event": N_("The other record tells the same event, and tells it better"),
        },
        names_other=True,
    ),
    Kind.GROUP: Change(
        N_("Group with another record in one incident"),
        _ORDINARY,
        _S.REVISED,
        {
            "one-event": N_("Both tell of one event, each in its own way"),
            "one-chain": N_("What one tells of followed from what the other tells of"),
        },
        names_other=True,
    ),
    Kind.SEPARATE: Change(
        N_("Group it no more with records of other nodes"),
        _ORDINARY,
        _S.REVISED,
        {
            "other-event": N_("They tell of another event"),
            "not-certain": N_("It is not certain that they tell of one event"),
            "in-error": N_("The earlier change was a mistake"),
        },
        noted=False,
        across=True,
    ),
}
"""Kind → what it does. A reason code is never reused for another meaning."""

STEPS: Final[dict[Act, dict[ChangeState, ChangeState]]] = {
    Act.APPROVE: {ChangeState.PROPOSED: ChangeState.APPROVED},
    Act.REFUSE: {ChangeState.PROPOSED: ChangeState.REFUSED},
    Act.TAKE_BACK: {ChangeState.PROPOSED: ChangeState.TAKEN_BACK},
    Act.CARRY_OUT: {ChangeState.APPROVED: ChangeState.DONE},
    Act.OVERTAKE: {
        ChangeState.PROPOSED: ChangeState.OVERTAKEN,
        ChangeState.APPROVED: ChangeState.OVERTAKEN,
    },
}
"""What becomes of a change, from which state to which."""
OPEN: Final = frozenset({ChangeState.PROPOSED, ChangeState.APPROVED})
"""States in which a record has room for no other change, but for an erasure (``crosses``)."""

REFUSALS: Final[dict[str, str]] = {
    "record-right": N_("The record is right as it stands"),
    "not-shown": N_("What is said against it is not shown"),
    "milder": N_("Something milder is enough"),
    "stronger": N_("Something stronger is needed"),
    "overtaken": N_("The record has changed since"),
}
"""Reason code → words; a code is never reused for another meaning."""

SUBJECT: Final = "change"
"""The audit trail's word for it."""
WAITS = N_("Another change of this record waits already. Let it be decided first.")
ERASURE_WAITS = N_("An erasure of this record waits already. Let it be decided first.")
MOVED = N_("The record has changed since this was proposed. Refuse it, and propose it again if need be.")
ERASED_NOTE = N_("Nothing is left of an erased record, so it has no note.")
NO_NOTE = N_("This is published without a note.")
NOT_ACROSS = N_("This record is not grouped with a record of another node.")
_STANDS: Final[dict[RecordStands, str]] = {
    _S.PUBLISHED: N_("This cannot be done: the record stands as it was published."),
    _S.REVISED: N_("This cannot be done: the record stands as it was changed."),
    _S.DISPUTED: N_("This cannot be done: the record is marked as disputed."),
    _S.UNVERIFIABLE: N_("This cannot be done: the record is marked as unverifiable."),
    _S.RETRACTED: N_("This cannot be done: the record is retracted."),
    _S.REINSTATED: N_("This cannot be done: the record is reinstated."),
    _S.ERASED: N_("This record is erased already."),
    _S.MERGED: N_("This record is merged into another one already. Undo that first."),
}
"""How a record stands → why a change does not start from there."""
_DECIDED: Final[dict[ChangeState, str]] = {
    ChangeState.PROPOSED: N_("This change still waits for a decision."),
    ChangeState.APPROVED: N_("Somebody has approved this change already."),
    ChangeState.REFUSED: N_("Somebody has refused this change already."),
    ChangeState.TAKEN_BACK: N_("Whoever proposed this change has taken it back."),
    ChangeState.DONE: N_("This change is done already."),
    ChangeState.OVERTAKEN: N_("The record had changed, or was erased, before this could be done."),
}


def crosses(kind: Kind, waiting: Collection[Kind]) -> bool:
    """Whether one of the open changes of a record keeps this one back.

    An erasure waits for nothing but another erasure: what puts somebody in danger cannot be held up by
    proposing something else. Nor does it hold up anything, as it may be refused.
    """
    return any((one is Kind.ERASE) == (kind is Kind.ERASE) for one in waiting)


def possible(
    state: RecordStands, *, across: bool = False, waiting: Collection[Kind] = ()
) -> tuple[Kind, ...]:
    """What can be proposed for a record alone in this state, the mildest first.

    ``across`` as ``Looked``; ``waiting`` is what is proposed of it already.
    """
    return tuple(
        kind
        for kind, change in CHANGES.items()
        if state in change.start and not change.names_other and (across or not change.across)
        if not crosses(kind, waiting)
    )


def leads_to(kind: Kind, state: RecordStands) -> RecordStands:
    """The state after the change; raises ``Conflict`` where it does not start from this state."""
    if state not in CHANGES[kind].start:
        raise Conflict(_STANDS[state], state=state.value)
    return CHANGES[kind].end


def after(act: Act, state: ChangeState) -> ChangeState:
    """The next state of a change; raises ``Conflict`` with a sentence on what became of it."""
    if state not in STEPS[act]:
        raise Conflict(_DECIDED[state])
    return STEPS[act][state]


def checked_proposal(
    kind: str, reason: str, note: str, language: str, *, names_other: bool = False
) -> tuple[Kind, str]:
    """Kind and note of a proposal; raises ``Invalid``. ``language`` is that of the note."""
    if kind not in list(Kind) or CHANGES[Kind(kind)].names_other is not names_other:
        raise Invalid([Problem("/kind", N_("Choose what should be done."))])
    wanted, note, found = CHANGES[Kind(kind)], note.strip(), []
    if reason not in wanted.reasons:
        found.append(Problem("/reason", N_("Choose a reason that goes with it.")))
    if note and not wanted.noted:
        found.append(Problem("/note", ERASED_NOTE if wanted.end is _S.ERASED else NO_NOTE))
    elif len(note) > NOTE_MAX:
        facts = {"length": len(note), "limit": NOTE_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        found.append(Problem("/note", message, facts))
    elif any(one.certain for one in scan(note, language)):
        found.append(Problem("/note", N_("Leave out names, numbers and addresses of people: it is public.")))
    if found:
        raise Invalid(found)
    return Kind(kind), "" if is_blank(note) else note


def refuse_refusal(reason: str) -> None:
    """Raises ``Invalid`` for an unknown reason to refuse."""
    if reason not in REFUSALS:
        raise Invalid([Problem("/reason", N_("Choose why."))])
