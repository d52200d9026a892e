"""Claims for programs that keep copies: in which order they are told, as what, and what is given out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from registry.federation.claim_following import AT_ONCE, ClaimFollower
from registry.federation.claim_rules import THE_NODE
from registry.federation.models import ToldClaimRow
from registry.federation.rules import Mode, Policy
from registry.ledger.claims import Point
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.relating import point, pull
from tests.registry.federation.scene import OWN, Scene, opened


@pytest.fixture
def scene(here: Here) -> Scene:
    return opened(here)


@pytest.fixture
def stands(here: Here) -> Scene:
    return opened(here).heard()


def test_it_is_told_once_both_records_are_here(scene: Scene) -> None:
    assert scene.follower.follow() == 0
    assert scene.lines() == scene.order() == []
    pull(scene.here, scene.here.other)
    assert scene.follower.follow() == 1
    assert scene.follower.follow() == 0
    day = scene.here.clock().date().isoformat()
    assert scene.lines() == [
        {
            "node": scene.third.identity.id,
            "node_name": "Third Node",
            "position": scene.position,
            "relation": "same-as",
            "record": scene.mine,
            "related": scene.theirs,
            "state": "stands",
            "since": day,
            "changed": day,
        }
    ]
    assert scene.order() == [(1, THE_NODE, "stands"), (2, scene.position, "stands")]


def test_what_is_taken_back_comes_again_at_the_end(stands: Scene) -> None:
    stands.here.clock.forward(days=3)
    back = stands.back()
    (line,) = stands.lines()
    assert (line["state"], line["withdrawn"]) == ("withdrawn", back)
    assert line["changed"] > line["since"]
    assert stands.order() == [(1, THE_NODE, "stands"), (3, stands.position, "withdrawn")]
    again = stands.say()
    pull(stands.here, stands.third)
    stands.follower.follow()
    assert [(one["position"], one["state"]) for one in stands.lines()] == [
        (stands.position, "withdrawn"),
        (again, "stands"),
    ]


def test_it_rests_while_a_record_is_retracted_and_has_another_name_then(stands: Scene) -> None:
    stands.retract(stands.mine, RecordState.RETRACTED)
    stands.follower.follow()
    assert stands.states() == ["rests"]
    first = stands.told.page(after=1, limit=9)[0][0].version
    stands.retract(stands.mine, RecordState.REINSTATED)
    stands.follower.follow()
    assert stands.states() == ["stands"]
    (found,), more = stands.told.page(after=1, limit=9)
    assert (found.version.epoch, found.version.epochs, found.seq, more) == (first.epoch + 1, (1, 0), 4, False)
    with stands.here.public.read() as session:
        newest = session.get_one(ToldClaimRow, (stands.third.identity.short, stands.position)).uuid
    assert stands.told.by_uuid(newest) == found
    assert stands.told.by_uuid("5d0092c5-5f74-4287-9642-33f4c354e56d") is None


def test_an_erased_record_is_named_nowhere_from_that_moment(stands: Scene) -> None:
    stands.erase()
    for followed in (0, 1):
        assert stands.lines() == []
        (found,), _ = stands.told.page(after=1, limit=9)
        assert (found.tie, found.version.stand.value, found.seq) == (None, "gone", 2 + followed)
        assert found.version.edition == 2
        assert stands.follower.follow() == 1 - followed


def test_a_node_that_is_not_heard_any_more_is_not_given_out(stands: Scene) -> None:
    for mode, states in ((Mode.HIDDEN, []), (Mode.HOLD, ["stands"]), (Mode.BLOCKED, [])):
        stands.here.office.peers.set_policy(
            stands.third.identity.short, Policy(mode), stands.here.office.puller.reader()
        )
        if not states:
            assert stands.states() == [], "at once"
        stands.follower.follow()
        assert stands.states() == states


def test_what_is_not_true_of_a_record_is_never_told(stands: Scene) -> None:
    right = point(stands.here.other, stands.theirs)
    stands.say(object=Point(right.id, 2, right.leaf))
    stands.say(object=Point(right.id, 1, "0" * 64))
    pull(stands.here, stands.third)
    assert stands.follower.follow() == 0
    assert len(stands.lines()) == 1


def test_a_clock_that_runs_back_does_not_hide_what_is_told(stands: Scene) -> None:
    day = stands.here.clock().date()
    stands.here.clock.forward(days=-5)
    stands.back()
    (found,), _ = stands.told.page(after=2, limit=9)
    assert (found.changed, stands.told.first_on(day)) == (day, 1)
    assert stands.told.first_on(day + timedelta(days=1)) is None


def test_more_than_are_read_at_once_are_told_in_order(scene: Scene) -> None:
    count = AT_ONCE + 7
    for _ in range(count - 1):
        scene.say()
    pull(scene.here, scene.third)
    pull(scene.here, scene.here.other)
    assert scene.follower.follow() == count
    places = [one.position for one in scene.told.every()]
    assert places == sorted(places)
    assert len(places) == count
    order = scene.order()
    assert [seq for seq, _, _ in order] == list(range(1, count + 2))
    with scene.here.public.work() as session:  # told anew from nothing: the same again, behind what was told
        session.execute(delete(ToldClaimRow))
    again = ClaimFollower(scene.here.public, OWN.short, scene.here.clock)
    assert again.follow() == count
    assert scene.order() == [(seq + len(order), position, stand) for seq, position, stand in order]


def test_no_record_is_touched_by_what_is_told(stands: Scene) -> None:
    question = "SELECT id, seq, changed, revision FROM record ORDER BY id"
    before = stands.here.ask(question)
    stands.say(withdraws=stands.position)
    pull(stands.here, stands.third)
    assert stands.follower.follow() == 1
    assert stands.here.ask(question) == before
    assert stands.here.ask("SELECT value FROM counter WHERE name = 'changes'") == [(2,)]
