"""The rules of identities, in full: every state × every deed, every identity × every publisher."""

from __future__ import annotations

import itertools

import pytest

from registry.account import Account
from registry.account.about import speaks_of
from registry.errors import Conflict
from registry.intake import rules as intake
from registry.intake.identities.rules import (
    CHOOSABLE,
    DECIDABLE,
    LENT,
    MESSAGE_MAX,
    OFFER_LABELS,
    OPEN,
    OWN,
    SHOWN,
    TRANSITIONS,
    USUAL,
    Deed,
    Identity,
    OfferState,
    WaitsFor,
    Wish,
    after,
    may_go_on,
    shown_name,
    waits_for,
    wish_problems,
)

LEADS_TO = {
    ("offered", "take"): "taken",
    ("offered", "refuse"): "refused",
    ("offered", "recall"): "recalled",
    ("taken", "take"): "taken",
    ("taken", "refuse"): "refused",
    ("taken", "recall"): "recalled",
}
"""Everything that can happen to a request; what was refused or recalled stays so."""


@pytest.mark.parametrize(("state", "deed"), list(itertools.product(OfferState, Deed)))
def test_the_table_says_what_can_happen(state: OfferState, deed: Deed) -> None:
    expected = LEADS_TO.get((state.value, deed.value))
    if expected is not None:
        assert after(deed, state) == expected
        return
    with pytest.raises(Conflict) as refused:
        after(deed, state)
    assert (refused.value.facts["state"], refused.value.facts["action"]) == (state.value, deed.value)


def test_every_deed_can_happen_and_every_state_has_words() -> None:
    assert set(TRANSITIONS) == set(Deed)
    assert set(OFFER_LABELS) == set(OfferState)
    assert {state for steps in TRANSITIONS.values() for state in steps} == set(OPEN)


def test_choices_last_until_a_report_leaves_for_the_public() -> None:
    """Choosing is possible where taking back is; nobody else knows of a draft, or of what was given up."""
    assert set(CHOOSABLE) == intake.TAKEN_BACK - {intake.State.APPEALED}
    assert set(DECIDABLE) == set(CHOOSABLE) - {intake.State.DRAFT, intake.State.REVISING}
    assert set(SHOWN) == set(intake.State) - {
        intake.State.DRAFT,
        intake.State.REVISING,
        intake.State.WITHDRAWN,
        intake.State.DECLINED,
        intake.State.APPEALED,
    }
    assert (USUAL, set(LENT) < set(OWN), Identity.DELEGATED in OWN) == (Identity.DESCRIPTOR, True, False)


@pytest.mark.parametrize(
    ("identity", "shown"),
    [
        (Identity.NAMED, "Lake Health"),
        (Identity.DESCRIPTOR, "a clinic"),
        (Identity.HIDDEN, ""),
        (Identity.DELEGATED, ""),
    ],
)
def test_what_is_shown(identity: Identity, shown: str) -> None:
    assert shown_name(identity, "Lake Health", "a clinic") == shown


@pytest.mark.parametrize(
    ("identity", "state", "taken"),
    list(itertools.product(Identity, [None, *OfferState], [None, 1, 2, 3])),
)
def test_only_another_publisher_can_hold_a_report_up(
    identity: Identity, state: OfferState | None, taken: int | None
) -> None:
    """Version 2 goes on if nobody has to publish it, or somebody has taken over this very version."""
    free = identity is not Identity.DELEGATED
    assert may_go_on(identity, state, taken, 2) == (free or (state is OfferState.TAKEN and taken == 2))


@pytest.mark.parametrize(
    ("wish", "wrong"),
    [
        (Wish(Identity.NAMED), []),
        (Wish(Identity.HIDDEN, publisher="Lake Health", message="x" * 5_000), []),
        (Wish(Identity.DELEGATED), ["/publisher"]),
        (Wish(Identity.DELEGATED, "River Schools"), []),
        (Wish(Identity.DELEGATED, "x" * 200), []),
        (Wish(Identity.DELEGATED, "x" * 201), ["/publisher"]),
        (Wish(Identity.DELEGATED, "lake HEALTH"), ["/publisher"]),
        (Wish(Identity.DELEGATED, "River Schools", message="x" * MESSAGE_MAX), []),
        (Wish(Identity.DELEGATED, "", message="x" * (MESSAGE_MAX + 1)), ["/publisher", "/message"]),
    ],
)
def test_what_may_be_wished(wish: Wish, wrong: list[str]) -> None:
    assert [problem.pointer for problem in wish_problems(wish, "Lake Health")] == wrong


@pytest.mark.parametrize(
    "raw",
    [
        {"title": "At LAKE  health, a dose"},
        {"text": "We of lake\nhealth saw it."},
        {"entities": {"deployers": ["Lake Health (clinic)"]}},
        {"entities": {"systems": ["Lake Health bot"]}},
        {"response": {"lessons": "Lake Health learned."}},
        {"links": ["https://example.org/Lake Health"]},
    ],
)
def test_a_name_is_found_wherever_the_public_would_read_it(raw: dict[str, object]) -> None:
    assert speaks_of(Account.from_json(raw), "Lake Health")
    assert not speaks_of(Account.from_json(raw), "River Schools")
    assert not speaks_of(Account.from_json(raw), "  ")


NOBODY = None
FREE: dict[intake.State, WaitsFor | None] = {
    intake.State.DRAFT: WaitsFor.ORGANIZATION,
    intake.State.SUBMITTED: WaitsFor.REVIEWER,
    intake.State.IN_REVIEW: WaitsFor.REVIEWER,
    intake.State.CHANGES_REQUESTED: WaitsFor.ORGANIZATION,
    intake.State.ACCEPTED: NOBODY,
    intake.State.SCHEDULED: NOBODY,
    intake.State.PUBLISHED: NOBODY,
    intake.State.REVISING: WaitsFor.ORGANIZATION,
    intake.State.DECLINED: NOBODY,
    intake.State.APPEALED: WaitsFor.REVIEWER,
    intake.State.WITHDRAWN: NOBODY,
}
"""State → for whom a report waits that nothing holds up."""


@pytest.mark.parametrize("state", list(intake.State))
def test_for_whom_a_report_waits(state: intake.State) -> None:
    """Only before review and before publication does it matter whether somebody publishes it."""
    held_here = state in (intake.State.SUBMITTED, intake.State.ACCEPTED)
    for asked in (True, False):
        assert waits_for(state, held_up=False, asked=asked) is FREE[state]
        held = WaitsFor.PUBLISHER if asked else WaitsFor.ORGANIZATION
        assert waits_for(state, held_up=True, asked=asked) is (held if held_here else FREE[state])
