"""How long originals are kept: every state, and a draft that its organization was told of, or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.custody.receipts import DESTROYED
from registry.custody.shredding import PARTS
from registry.intake.rules import TRANSITIONS, Action, State
from registry.intake.vault.rules import (
    PASSING,
    STANDARD,
    TAKEN_BACK,
    UNSENT,
    WHY,
    Facts,
    Keeping,
    Why,
    lapses,
    notice_due,
)

TOUCHED = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEEPING = Keeping(published=3, declined=5, withdrawn=7, drafts=100, notice=10)
DAYS = {State.PUBLISHED: 3, State.DECLINED: 5, State.WITHDRAWN: 7}
ON_THEIR_WAY = set(State) - {*UNSENT, *DAYS}


@pytest.mark.parametrize(("state", "days"), DAYS.items())
def test_what_has_come_to_its_end_goes_after_so_many_days(state: State, days: int) -> None:
    assert lapses(KEEPING, Facts(state, TOUCHED, None)) == TOUCHED + timedelta(days=days)
    assert notice_due(KEEPING, Facts(state, TOUCHED, None)) is None


@pytest.mark.parametrize("state", sorted(ON_THEIR_WAY))
@pytest.mark.parametrize("noticed", [None, TOUCHED])
def test_what_is_on_its_way_stays(state: State, noticed: datetime | None) -> None:
    assert lapses(KEEPING, Facts(state, TOUCHED, noticed)) is None
    assert notice_due(KEEPING, Facts(state, TOUCHED, noticed)) is None


@pytest.mark.parametrize("state", UNSENT)
def test_what_nobody_sent_stays_until_its_organization_was_told(state: State) -> None:
    facts = Facts(state, TOUCHED, None)
    assert notice_due(KEEPING, facts) == TOUCHED + timedelta(days=90)
    assert lapses(KEEPING, facts) is None


def test_a_draft_goes_some_time_after_the_notice_however_late_that_was() -> None:
    for after, end in ((90, 100), (95, 105), (400, 410)):
        facts = Facts(State.DRAFT, TOUCHED, TOUCHED + timedelta(days=after))
        assert lapses(KEEPING, facts) == TOUCHED + timedelta(days=end)
        assert notice_due(KEEPING, facts) is None


def test_a_change_after_the_notice_makes_it_void() -> None:
    facts = Facts(State.DRAFT, TOUCHED, TOUCHED - timedelta(seconds=1))
    assert lapses(KEEPING, facts) is None
    assert notice_due(KEEPING, facts) == TOUCHED + timedelta(days=90)


WHOLE = st.integers(0, 4000)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@given(st.sampled_from(State), WHOLE, WHOLE, TIMES, st.none() | TIMES)
def test_nothing_is_both_due_and_to_be_told_and_drafts_never_go_untold(
    state: State, drafts: int, notice: int, touched: datetime, noticed: datetime | None
) -> None:
    keeping, facts = Keeping(drafts=drafts, notice=notice), Facts(state, touched, noticed)
    end, told = lapses(keeping, facts), notice_due(keeping, facts)
    assert end is None or told is None
    assert end is None or end >= touched
    if state in UNSENT and end is not None:
        assert noticed is not None
        assert end >= noticed + timedelta(days=notice)


def test_the_standard_is_a_month_after_publication_and_half_a_year_after_a_decline() -> None:
    assert (STANDARD.published, STANDARD.declined) == (30, 180)


def test_a_wish_is_met_in_every_state_but_in_the_door() -> None:
    assert set(TAKEN_BACK) == set(TRANSITIONS[Action.WITHDRAW]) | set(TRANSITIONS[Action.KEEP])
    assert set(PASSING).isdisjoint(TAKEN_BACK)
    assert set(State) - set(TAKEN_BACK) - set(PASSING) == {State.PUBLISHED, State.DECLINED, State.WITHDRAWN}


def test_every_reason_and_everything_destroyed_has_words() -> None:
    assert set(WHY) == set(Why)
    assert set(PARTS) <= set(DESTROYED)
