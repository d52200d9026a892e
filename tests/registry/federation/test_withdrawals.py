"""Whoever holds a copy hears that it was retracted, whatever mode and scope are by then."""

from __future__ import annotations

import pytest

from registry.federation.rules import EVERYTHING, Mode, Policy, Scope
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here

FRENCH = Scope(languages=frozenset({"fr"}))


@pytest.mark.parametrize(
    ("mode", "scope"),
    [
        (Mode.SHOW, FRENCH),
        (Mode.HOLD, EVERYTHING),
        (Mode.HOLD, FRENCH),
        (Mode.HIDDEN, EVERYTHING),
        (Mode.HIDDEN, FRENCH),
    ],
)
@pytest.mark.parametrize("revised", [False, True])
def test_a_retraction_of_what_is_shown_is_shown(
    here: Here, mode: Mode, scope: Scope, *, revised: bool
) -> None:
    """Also where a revision before it was not taken or read, under the policy that came later."""
    short = here.follow(Mode.SHOW)
    one, two = here.other.publish(2)
    here.pull()
    here.office.peers.set_policy(short, Policy(mode, scope), here.office.puller.reader())
    if revised:
        here.other.change(one, text="Other words.")
    here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    assert here.pull().quarantined == 0
    shown = here.shown()
    assert (shown[one].state, shown[two].state) == (RecordState.RETRACTED, RecordState.PUBLISHED)
    assert shown[one].revision == 2 + revised
    here.office.peers.set_policy(short, Policy(Mode.SHOW), here.office.puller.reader())
    assert here.shown()[one].state is RecordState.RETRACTED


@pytest.mark.parametrize("mode", [Mode.SHOW, Mode.HOLD, Mode.HIDDEN])
def test_a_retraction_of_what_was_never_wanted_is_not_fetched(here: Here, mode: Mode) -> None:
    here.follow(mode, FRENCH)
    (one,) = here.other.publish()
    here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    here.pull()
    assert here.shown() == {}
    assert here.ask("SELECT count(*) FROM mirror_payload") == [(0,)]
    assert here.ask("SELECT DISTINCT standing FROM mirror_entry") == [("passed",)]
