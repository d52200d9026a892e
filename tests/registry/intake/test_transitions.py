"""The life of a submission, in full: every state × every action, written out by hand."""

from __future__ import annotations

import itertools

import pytest

from registry.errors import Conflict
from registry.intake.rules import (
    EDITABLE,
    NOT_NOW,
    ON_PUBLIC,
    STATE_LABELS,
    TAKEN_BACK,
    TRANSITIONS,
    Action,
    State,
    after,
    possible,
)

LEADS_TO = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "claim"): "in_review",
    ("in_review", "withdraw"): "withdrawn",
    ("in_review", "claim"): "in_review",
    ("in_review", "release"): "submitted",
    ("in_review", "request-changes"): "changes_requested",
    ("in_review", "vote"): "submitted",
    ("in_review", "accept"): "accepted",
    ("in_review", "decline"): "declined",
    ("changes_requested", "submit"): "in_review",
    ("changes_requested", "withdraw"): "withdrawn",
    ("accepted", "withdraw"): "withdrawn",
    ("accepted", "schedule"): "scheduled",
    ("scheduled", "publish"): "published",
    ("scheduled", "fall-away"): "declined",
    ("published", "reopen"): "revising",
    ("revising", "submit"): "submitted",
    ("revising", "keep-published"): "published",
    ("submitted", "keep-published"): "published",
    ("in_review", "keep-published"): "published",
    ("changes_requested", "keep-published"): "published",
    ("accepted", "keep-published"): "published",
    ("appealed", "keep-published"): "published",
    ("in_review", "decline-revision"): "published",
    ("published", "appeal"): "appealed",
    ("appealed", "reject-revision-appeal"): "published",
    ("scheduled", "revision-falls-away"): "published",
    ("declined", "appeal"): "appealed",
    ("appealed", "claim"): "appealed",
    ("appealed", "release"): "appealed",
    ("appealed", "withdraw"): "withdrawn",
    ("appealed", "uphold"): "in_review",
    ("appealed", "reject-appeal"): "declined",
}
"""Everything that can happen; what is not here cannot."""
EVERY_CASE = list(itertools.product(State, Action))


@pytest.mark.parametrize(("state", "action"), EVERY_CASE)
def test_the_table_says_what_can_happen(state: State, action: Action) -> None:
    expected = LEADS_TO.get((state.value, action.value))
    assert (action in possible(state)) == (expected is not None)
    if expected is not None:
        assert after(action, state) == expected
        return
    with pytest.raises(Conflict) as refused:
        after(action, state)
    assert (refused.value.facts["state"], refused.value.facts["action"]) == (state.value, action.value)
    assert refused.value.text == NOT_NOW[state]


def test_each_state_refuses_in_a_sentence_of_its_own() -> None:
    assert set(NOT_NOW) == set(State)
    assert len(set(NOT_NOW.values())) == len(State)
    for state, sentence in NOT_NOW.items():
        assert sentence.startswith("This cannot be done now: ")
        assert sentence.endswith(".")
        assert "_" not in sentence, state


def test_every_action_can_happen_and_every_state_has_words() -> None:
    assert set(TRANSITIONS) == set(Action)
    assert all(TRANSITIONS.values())
    assert set(STATE_LABELS) == set(State)


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached, line = {State.DRAFT}, [State.DRAFT]
    for state in line:
        for action in possible(state):
            if after(action, state) not in reached:
                reached.add(after(action, state))
                line.append(after(action, state))
    assert reached == set(State)


def test_what_ends_a_report_ends_its_revision_from_the_same_states() -> None:
    """And always in the state of what is public."""
    for ends, instead in ON_PUBLIC.items():
        assert set(TRANSITIONS[instead].values()) == {State.PUBLISHED}
        unsent = {State.DRAFT, State.REVISING} if ends is Action.WITHDRAW else set()
        assert set(TRANSITIONS[ends]) - unsent == set(TRANSITIONS[instead]) - unsent
    assert set(ON_PUBLIC) == {
        action
        for action, steps in TRANSITIONS.items()
        if {State.DECLINED, State.WITHDRAWN} & set(steps.values())
    }
    assert set(TRANSITIONS[Action.WITHDRAW]) | set(TRANSITIONS[Action.KEEP]) == TAKEN_BACK


@pytest.mark.parametrize("final", [State.WITHDRAWN])
def test_nothing_leads_out_of_an_end(final: State) -> None:
    assert possible(final) == frozenset()


def test_an_organization_may_edit_only_what_no_reviewer_is_reading() -> None:
    assert {State.DRAFT, State.CHANGES_REQUESTED, State.REVISING} == EDITABLE
