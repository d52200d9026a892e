"""The tables of flags and changes, whole: every kind from every state, every act in every state."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid
from registry.record.types import RecordState
from registry.review.aftercare import flagging, rules
from registry.review.aftercare.flagging import CONCERNS, DISMISSALS, URGENT
from registry.review.aftercare.rules import CHANGES, Act, ChangeState, Kind, RecordStands
from tests.conftest import SettableClock

EXPECTED = {
    # from         disputed, unverifiable, retracted, reinstated, erased, merged, revised
    "published": ("mark-disputed", "mark-unverifiable", "retract", None, "erase", "merge", "group"),
    "revised": ("mark-disputed", "mark-unverifiable", "retract", None, "erase", "merge", "group"),
    "reinstated": ("mark-disputed", "mark-unverifiable", "retract", None, "erase", "merge", "group"),
    "disputed": (None, "mark-unverifiable", "retract", "reinstate", "erase", "merge", None),
    "unverifiable": ("mark-disputed", None, "retract", "reinstate", "erase", "merge", None),
    "retracted": (None, None, None, "reinstate", "erase", None, None),
    "erased": (None, None, None, None, None, None, None),
    "merged": (None, None, None, "reinstate", "erase", None, None),
}
ENDS = ("disputed", "unverifiable", "retracted", "reinstated", "erased", "merged", "revised")
LEADS = {
    ("proposed", "approve"): "approved",
    ("proposed", "refuse"): "refused",
    ("proposed", "take-back"): "taken-back",
    ("proposed", "overtake"): "overtaken",
    ("approved", "carry-out"): "done",
    ("approved", "overtake"): "overtaken",
}


def test_the_private_side_calls_states_as_the_public_side_does() -> None:
    assert [state.value for state in RecordStands] != []
    assert {state.value for state in RecordStands} == {state.value for state in RecordState}
    assert set(EXPECTED) == {state.value for state in RecordState}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", RecordStands)
def test_every_kind_from_every_state(kind: Kind, state: RecordStands) -> None:
    end = CHANGES[kind].end
    expected = EXPECTED[state.value][ENDS.index(end.value)]
    if expected is not None and kind is Kind.SEPARATE:
        expected = kind.value  # from wherever a record is grouped
    if expected is None:
        with pytest.raises(Conflict) as refused:
            rules.leads_to(kind, state)
        assert "%" not in refused.value.message, "a sentence of its own for each state"
        assert kind not in rules.possible(state)
    else:
        assert (kind.value, rules.leads_to(kind, state)) == (expected, end)
        assert (kind in rules.possible(state, across=True)) == (not CHANGES[kind].names_other), "it names two"
        alone = not (CHANGES[kind].names_other or CHANGES[kind].across)
        assert (kind in rules.possible(state)) == alone


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("waits", Kind)
def test_an_erasure_waits_for_an_erasure_alone_and_keeps_nothing_else_back(kind: Kind, waits: Kind) -> None:
    crossing = (kind == "erase") == (waits == "erase")
    assert rules.crosses(kind, [waits]) == crossing
    for state in RecordStands:
        able = rules.possible(state, across=True)
        kept_back = kind in able and kind not in rules.possible(state, across=True, waiting=[waits])
        assert kept_back == (kind in able and crossing)
    assert not rules.crosses(kind, [])


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", ChangeState)
def test_every_act_on_a_change_in_every_state(act: Act, state: ChangeState) -> None:
    expected = LEADS.get((state.value, act.value))
    if expected is None:
        with pytest.raises(Conflict) as refused:
            rules.after(act, state)
        assert refused.value.message.endswith(".")
    else:
        assert rules.after(act, state) == expected


@pytest.mark.parametrize(
    ("kind", "reason", "note", "pointers"),
    [
        ("retract", "wrong", "The dose was right.", []),
        ("retract", "wrong", "", []),
        ("retract", "safety", "", ["/reason"]),
        ("burn", "wrong", "", ["/kind"]),
        ("merge", "same-event", "", ["/kind"]),
        ("erase", "safety", "Because.", ["/note"]),
        ("erase", "safety", "  ", []),
        ("retract", "wrong", "x" * (rules.NOTE_MAX + 1), ["/note"]),
        ("retract", "wrong", "Ask jane.roe@example.org.", ["/note"]),
        ("mark-disputed", "none", "Ask jane.roe@example.org.", ["/reason", "/note"]),
    ],
)
def test_what_a_proposal_has_to_say(kind: str, reason: str, note: str, pointers: list[str]) -> None:
    if not pointers:
        assert rules.checked_proposal(kind, reason, note, "en") == (kind, note.strip())
        return
    with pytest.raises(Invalid) as refused:
        rules.checked_proposal(kind, reason, note, "en")
    assert [problem.pointer for problem in refused.value.problems] == pointers


def test_an_erasure_is_at_once_and_leaves_no_note_as_no_other_change_of_state_does() -> None:
    assert [kind for kind, change in CHANGES.items() if change.at_once] == [Kind.ERASE]
    assert [kind for kind, change in CHANGES.items() if not change.noted] == [Kind.ERASE, Kind.SEPARATE]


@pytest.mark.parametrize(
    ("reason", "text", "pointers"),
    [
        ("wrong", " The clinic is another one. ", []),
        ("someone-recognizable", "", []),
        ("rude", "", ["/reason"]),
        ("", "x" * (flagging.TEXT_MAX + 1), ["/reason", "/text"]),
        ("other", "x" * flagging.TEXT_MAX, []),
    ],
)
def test_what_a_flag_has_to_say(reason: str, text: str, pointers: list[str]) -> None:
    if not pointers:
        assert flagging.checked_flag(reason, text) == text.strip()
        return
    with pytest.raises(Invalid) as refused:
        flagging.checked_flag(reason, text)
    assert [problem.pointer for problem in refused.value.problems] == pointers


def test_whoever_could_be_recognised_comes_first_and_is_due_soonest() -> None:
    hours = {reason: concern.hours for reason, concern in CONCERNS.items()}
    assert list(hours) == sorted(hours, key=hours.__getitem__)
    assert min(hours, key=hours.__getitem__) == URGENT
    assert hours[URGENT] < min(hour for reason, hour in hours.items() if reason != URGENT)
    now = SettableClock().now
    assert (flagging.due(URGENT, now) - now).total_seconds() == hours[URGENT] * 3600


@pytest.mark.parametrize("reason", [*DISMISSALS, "because"])
@pytest.mark.parametrize("flags", [0, 1])
def test_a_dismissal_names_flags_and_a_reason(reason: str, flags: int) -> None:
    if reason in DISMISSALS and flags:
        flagging.refuse_dismissal(reason, flags)
        return
    with pytest.raises(Invalid):
        flagging.refuse_dismissal(reason, flags)
