"""The life of a submission as data: action → from which state to which. Pure.

``draft → submitted → in_review → changes_requested → in_review → accepted → scheduled → published``,
with ``declined`` (from where an appeal leads to ``appealed``) and ``withdrawn`` on the side. A published
report may be revised: ``published → revising → submitted → …``, while its public record stays as it is.
Whatever ends a revision leads back to ``published`` (``ON_PUBLIC``): what is public is never withdrawn or
declined. From there an appeal against a declined revision leads to ``appealed`` as well.
"""

from __future__ import annotations

from enum import StrEnum

from registry.errors import N_, Conflict
from registry.identity.permissions import OPEN


class State(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    REVISING = "revising"
    DECLINED = "declined"
    APPEALED = "appealed"  # declined, and others look again whether that was right
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What can be done to a submission as a whole."""

    SUBMIT = "submit"  # the organization sends it, or sends it again after changes
    WITHDRAW = "withdraw"  # the organization takes it back before it is scheduled
    CLAIM = "claim"  # a reviewer takes it on, or takes over a lapsed claim
    RELEASE = "release"  # the reviewer puts it back into the queue
    REQUEST_CHANGES = "request-changes"  # the reviewer asks the organization to mend something
    VOTE = "vote"  # a reviewer concludes, and others have to agree before anything is decided
    ACCEPT = "accept"
    DECLINE = "decline"  # with a reason code; it stays on record
    SCHEDULE = "schedule"  # the door takes it into a batch
    PUBLISH = "publish"  # the public record exists
    APPEAL = "appeal"  # whoever sent it asks others to look at the decline again, once
    UPHOLD = "uphold"  # the appeal is right, and whoever says so goes on to review the report
    REJECT_APPEAL = "reject-appeal"  # the decline stands, for good
    FALL_AWAY = "fall-away"  # what a statement is about was gone before it was published
    REOPEN = "reopen"  # the organization begins to revise what is public
    KEEP = "keep-published"  # it takes the revision back: the public record stays as it is
    TURN_DOWN = "decline-revision"  # a reviewer declines the revision: the record stays
    LEAVE_DECLINED = "reject-revision-appeal"  # the decline of a revision stands, and so does the record
    LET_STAND = "revision-falls-away"  # the record was retracted or removed before the revision went out


TRANSITIONS: dict[Action, dict[State, State]] = {
    Action.SUBMIT: {
        State.DRAFT: State.SUBMITTED,
        State.REVISING: State.SUBMITTED,
        State.CHANGES_REQUESTED: State.IN_REVIEW,
    },
    Action.WITHDRAW: {
        State.DRAFT: State.WITHDRAWN,
        State.SUBMITTED: State.WITHDRAWN,
        State.IN_REVIEW: State.WITHDRAWN,
        State.CHANGES_REQUESTED: State.WITHDRAWN,
        State.ACCEPTED: State.WITHDRAWN,
        State.APPEALED: State.WITHDRAWN,
    },
    Action.CLAIM: {
        State.SUBMITTED: State.IN_REVIEW,
        State.IN_REVIEW: State.IN_REVIEW,
        State.APPEALED: State.APPEALED,
    },
    Action.RELEASE: {State.IN_REVIEW: State.SUBMITTED, State.APPEALED: State.APPEALED},
    Action.REQUEST_CHANGES: {State.IN_REVIEW: State.CHANGES_REQUESTED},
    Action.VOTE: {State.IN_REVIEW: State.SUBMITTED},
    Action.ACCEPT: {State.IN_REVIEW: State.ACCEPTED},
    Action.DECLINE: {State.IN_REVIEW: State.DECLINED},
    Action.SCHEDULE: {State.ACCEPTED: State.SCHEDULED},
    Action.PUBLISH: {State.SCHEDULED: State.PUBLISHED},
    Action.APPEAL: {State.DECLINED: State.APPEALED, State.PUBLISHED: State.APPEALED},
    Action.UPHOLD: {State.APPEALED: State.IN_REVIEW},
    Action.REJECT_APPEAL: {State.APPEALED: State.DECLINED},
    Action.FALL_AWAY: {State.SCHEDULED: State.DECLINED},
    Action.REOPEN: {State.PUBLISHED: State.REVISING},
    Action.KEEP: {
        State.REVISING: State.PUBLISHED,
        State.SUBMITTED: State.PUBLISHED,
        State.IN_REVIEW: State.PUBLISHED,
        State.CHANGES_REQUESTED: State.PUBLISHED,
        State.ACCEPTED: State.PUBLISHED,
        State.APPEALED: State.PUBLISHED,
    },
    Action.TURN_DOWN: {State.IN_REVIEW: State.PUBLISHED},
    Action.LEAVE_DECLINED: {State.APPEALED: State.PUBLISHED},
    Action.LET_STAND: {State.SCHEDULED: State.PUBLISHED},
}

ON_PUBLIC: dict[Action, Action] = {
    Action.WITHDRAW: Action.KEEP,
    Action.DECLINE: Action.TURN_DOWN,
    Action.REJECT_APPEAL: Action.LEAVE_DECLINED,
    Action.FALL_AWAY: Action.LET_STAND,
}
"""What ends a report → what ends the revision of one that is public already, in its place."""
TAKEN_BACK = frozenset(TRANSITIONS[Action.WITHDRAW]) | frozenset(TRANSITIONS[Action.KEEP])
"""States in which the organization may take back what it has open: a report, or its revision."""

EDITABLE = frozenset(State(state) for state in OPEN)
"""States in which the organization may write a new version, as the permission table says."""

STATE_LABELS: dict[State, str] = {
    State.DRAFT: N_("Draft"),
    State.SUBMITTED: N_("Waiting for review"),
    State.IN_REVIEW: N_("In review"),
    State.CHANGES_REQUESTED: N_("Changes requested"),
    State.ACCEPTED: N_("Accepted"),
    State.SCHEDULED: N_("Being published"),
    State.PUBLISHED: N_("Published"),
    State.REVISING: N_("Being revised"),
    State.DECLINED: N_("Declined"),
    State.APPEALED: N_("Under appeal"),
    State.WITHDRAWN: N_("Withdrawn"),
}
"""State → words for people."""
NOT_NOW: dict[State, str] = {
    State.DRAFT: N_("This cannot be done now: the report is a draft and was not sent yet."),
    State.SUBMITTED: N_("This cannot be done now: the report waits for a reviewer."),
    State.IN_REVIEW: N_("This cannot be done now: a reviewer is examining the report."),
    State.CHANGES_REQUESTED: N_("This cannot be done now: its reviewer has asked for changes."),
    State.ACCEPTED: N_("This cannot be done now: the report was accepted."),
    State.SCHEDULED: N_("This cannot be done now: the report is on its way to the public registry."),
    State.PUBLISHED: N_("This cannot be done now: the report is published."),
    State.REVISING: N_("This cannot be done now: a new version of the report is being written."),
    State.DECLINED: N_("This cannot be done now: the report was declined."),
    State.APPEALED: N_("This cannot be done now: the report was declined, and somebody has appealed."),
    State.WITHDRAWN: N_("This cannot be done now: the report was taken back."),
}
"""State → the sentence that refuses what it does not allow."""


def after(action: Action, state: State) -> State:
    """The state that an action leads to; raises ``Conflict`` where it is not possible."""
    try:
        return TRANSITIONS[action][state]
    except KeyError as error:
        raise not_now(state, action=action.value) from error


def not_now(state: State, **facts: object) -> Conflict:
    """The refusal of what a report's state does not allow; its sentence says how the report stands."""
    return Conflict(NOT_NOW[state], state=state.value, **facts)


def possible(state: State) -> frozenset[Action]:
    """Every action that the state allows, whoever may do it."""
    return frozenset(action for action, steps in TRANSITIONS.items() if state in steps)
