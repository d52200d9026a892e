"""What waits for a look is kept as rows: they have to say what the copies and judgments say, at any time."""

from __future__ import annotations

from registry.db import migrate
from registry.db.layout import Side
from registry.federation.judging import Judgment
from registry.federation.rules import EVERYTHING, Mode, Policy
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here


def waiting(here: Here) -> set[str]:
    """The rows, which is also what the page of reviewers and the page of the node say."""
    rows = {row[0] for row in here.ask("SELECT record_id FROM peer_waiting")}
    judging = here.office.judging
    assert {one.record.id for one in judging.waiting().lines} == rows
    assert judging.count() == here.office.peers.read(here.other.identity.short).waiting == len(rows)
    return rows


def set_mode(here: Here, mode: Mode) -> None:
    policy = Policy(mode, EVERYTHING)
    here.office.peers.set_policy(here.other.identity.short, policy, here.office.puller.reader())


def a_mixed_copy(here: Here) -> tuple[str, ...]:
    """Records shown, left out for good, left out until revised, taken back, erased, and untouched."""
    ids = shown, never, later, retracted, erased, _ = tuple(here.other.publish(6))
    here.follow(Mode.HOLD)
    here.pull()
    decide = here.office.judging.decide
    decide(shown, Judgment(1, shows=True))
    decide(never, Judgment(1, shows=False, reason="not-an-incident", again=False))
    decide(later, Judgment(1, shows=False, reason="not-an-incident"))
    here.other.change(retracted, RecordState.RETRACTED)
    here.other.erase(erased)
    here.other.sign()
    here.pull()
    return ids


def test_a_record_waits_until_somebody_decided_or_its_home_took_it_back(here: Here) -> None:
    shown, never, later, _, _, untouched = a_mixed_copy(here)
    assert waiting(here) == {untouched}
    for one in (shown, never, later):
        here.other.change(one, text="Other words.")
    here.other.sign()
    here.pull()
    assert waiting(here) == {shown, later, untouched}
    here.other.erase(untouched)
    here.other.sign()
    here.pull()
    assert waiting(here) == {shown, later}


def test_nothing_waits_under_another_mode_and_what_waited_waits_again(here: Here) -> None:
    untouched = a_mixed_copy(here)[-1]
    for mode in (Mode.HIDDEN, Mode.BLOCKED):
        set_mode(here, mode)
        assert waiting(here) == set()
        set_mode(here, Mode.HOLD)
        assert waiting(here) == {untouched}


def test_what_is_shown_already_waits_for_nobody(here: Here) -> None:
    """It was shown before its peer was held; what is new of it waits, and is not shown."""
    first, second = here.other.publish(2)
    here.follow(Mode.SHOW)
    here.pull()
    set_mode(here, Mode.HOLD)
    assert (waiting(here), set(here.shown())) == (set(), {first, second})
    here.other.change(first, text="Other words.")
    third = here.other.create()
    here.other.sign()
    here.pull()
    assert waiting(here) == {first, third}
    assert (here.shown()[first].revision, set(here.shown())) == (1, {first, second})
    here.office.judging.decide(first, Judgment(2, shows=True))
    assert (waiting(here), here.shown()[first].revision) == ({third}, 2)


def test_what_was_shown_after_it_was_left_out_waits_no_more(here: Here) -> None:
    (untouched,) = {a_mixed_copy(here)[-1]}
    set_mode(here, Mode.SHOW)
    assert untouched in here.shown()
    set_mode(here, Mode.HOLD)
    assert waiting(here) == set()


def test_the_step_to_rows_finds_what_waits_in_copies_that_are_there(here: Here) -> None:
    a_mixed_copy(here)
    before = waiting(here)
    migrate.downgrade(here.public, Side.PUBLIC, "q015")
    migrate.upgrade(here.public, Side.PUBLIC, "head")
    assert waiting(here) == before != set()
