"""Every act of review in every state."""

from __future__ import annotations

import pytest

from registry.identity.rules import Permission
from registry.intake.rules import State
from registry.review.workflow import ACTS, Act

ALLOWED: dict[tuple[Act, State], State] = {
    (Act.CLAIM, State.SUBMITTED): State.IN_REVIEW,
    (Act.CLAIM, State.IN_REVIEW): State.IN_REVIEW,
    (Act.CLAIM, State.APPEALED): State.APPEALED,
    (Act.RELEASE, State.IN_REVIEW): State.SUBMITTED,
    (Act.RELEASE, State.APPEALED): State.APPEALED,
    (Act.RECUSE, State.SUBMITTED): State.SUBMITTED,
    (Act.RECUSE, State.IN_REVIEW): State.IN_REVIEW,
    (Act.RECUSE, State.APPEALED): State.APPEALED,
    (Act.DECIDE_PART, State.IN_REVIEW): State.IN_REVIEW,
    (Act.MERGE, State.IN_REVIEW): State.IN_REVIEW,
    (Act.UNMASK, State.IN_REVIEW): State.IN_REVIEW,
    (Act.ASK, State.IN_REVIEW): State.IN_REVIEW,
    (Act.REQUEST_CHANGES, State.IN_REVIEW): State.CHANGES_REQUESTED,
    (Act.ACCEPT, State.IN_REVIEW): State.ACCEPTED,
    (Act.DECLINE, State.IN_REVIEW): State.DECLINED,
    (Act.UPHOLD, State.APPEALED): State.IN_REVIEW,
    (Act.REJECT_APPEAL, State.APPEALED): State.DECLINED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_an_act_leads_where_the_table_says(act: Act, state: State) -> None:
    assert ACTS[act].steps().get(state) == ALLOWED.get((act, state))


@pytest.mark.parametrize("act", Act)
def test_who_may_and_what_guards_an_act(act: Act) -> None:
    rule = ACTS[act]
    assert rule.permission is Permission.REVIEW
    assert rule.own_claim == (act not in {Act.CLAIM, Act.RECUSE})
    assert rule.independent == (act not in {Act.RELEASE, Act.RECUSE})
