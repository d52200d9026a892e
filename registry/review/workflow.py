"""The acts of review as data: which step each takes or asks about, and which guards it has to pass. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.identity.rules import Permission
from registry.intake.rules import TRANSITIONS, Action, State


class Act(StrEnum):
    """What a reviewer can do with a report."""

    CLAIM = "claim"
    RELEASE = "release"
    RECUSE = "recuse"  # step aside for good: the report is not there for this reviewer any more
    DECIDE_PART = "decide-part"  # a detail, the risk or the relation: the report stays where it is
    MERGE = "merge"  # say that it belongs to a public record
    UNMASK = "unmask"  # ask who told it, where review is blind
    ASK = "ask"  # whoever sent it; the report stays where it is
    REQUEST_CHANGES = "request-changes"
    ACCEPT = "accept"
    DECLINE = "decline"
    UPHOLD = "uphold"
    REJECT_APPEAL = "reject-appeal"


@dataclass(frozen=True)
class Rule:
    """What one act needs: a state that allows its step, the reviewer's own claim, independence."""

    step: Action
    moves: bool = True
    own_claim: bool = True
    independent: bool = True
    permission: Permission = Permission.REVIEW

    def steps(self) -> dict[State, State]:
        """From which state to which."""
        found = TRANSITIONS[self.step]
        return dict(found) if self.moves else {state: state for state in found}


ACTS: dict[Act, Rule] = {
    Act.CLAIM: Rule(Action.CLAIM, own_claim=False),
    Act.RELEASE: Rule(Action.RELEASE, independent=False),  # who is no longer independent may let go
    Act.RECUSE: Rule(Action.CLAIM, moves=False, own_claim=False, independent=False),
    Act.DECIDE_PART: Rule(Action.ACCEPT, moves=False),
    Act.MERGE: Rule(Action.ACCEPT, moves=False),
    Act.UNMASK: Rule(Action.ACCEPT, moves=False),
    Act.ASK: Rule(Action.REQUEST_CHANGES, moves=False),
    Act.REQUEST_CHANGES: Rule(Action.REQUEST_CHANGES),
    Act.ACCEPT: Rule(Action.ACCEPT),
    Act.DECLINE: Rule(Action.DECLINE),
    Act.UPHOLD: Rule(Action.UPHOLD),
    Act.REJECT_APPEAL: Rule(Action.REJECT_APPEAL),
}
