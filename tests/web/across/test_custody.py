"""A node is lost: the one that it named keeps its records, and the others follow once somebody says so.

North is lost, east is the successor, south reads north's log from east's copy.
"""

from __future__ import annotations

import hashlib

import pytest

from registry.errors import Conflict
from registry.federation.models import PeerRow
from registry.federation.rules import BREAKER_COUNT, Mode
from registry.federation.standing import PeerState
from registry.federation.succession_rules import Verdict
from registry.record.types import RecordState
from tests.web.across.lost import (
    Three,
    accept,
    forged,
    handed_over,
    is_gone,
    lost,
    retracted_with,
    state,
    verdict,
    whole,
)


def test_the_successor_erases_a_record_of_the_lost_node_everywhere(three: Three) -> None:
    north, east, south = three
    first, second = lost(three)
    accept(east, north)
    east.change(first, "erase", "someone-recognizable")
    south.pull(east)
    assert (verdict(south, north), is_gone(east, first), is_gone(south, first)) == (
        Verdict.READY,
        True,
        False,
    )
    settled = south.town.node.federation.successions.confirm(north.short)
    assert (settled.counted, settled.erased, settled.refused) == (1, [first], 0)
    assert (is_gone(south, first), is_gone(south, second)) == (True, False)
    assert (state(east, north), state(south, north)) == (PeerState.OURS, PeerState.KEPT)
    lines = list(south.town.node.federation.relay.payloads(north.id, 0, 2))
    assert sum(line.payload is not None for line in lines) == 1
    east.follow(south)
    south.sign()
    east.pull(south)
    told = east.town.node.federation.peers.read(south.short)
    assert (told.mirrors_us, told.unacknowledged) == (True, ())  # south says in its log that it is gone there
    assert whole(east).checkpoint.size == east.town.node.log.state().size


def test_what_the_successor_does_later_counts_at_once(three: Three) -> None:
    north, east, south = three
    first, second = lost(three)
    accept(east, north)
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    east.change(first, "retract", "wrong")
    south.pull(east)
    found = south.town.node.records.read(first)
    assert (found.state, found.revision, found.provenance.source) == (RecordState.RETRACTED, 2, north.id)
    assert found.because is not None
    assert (found.because.reason, found.account.title) == ("wrong", "First")
    (published,) = (line for line in east.town.node.federation.relay.payloads(north.id, 0, 1))
    digest = hashlib.sha256(published.payload or b"").hexdigest()
    assert east.town.node.records.read(first).previous == found.previous == digest
    east.change(first, "reinstate", "in-error")
    south.pull(east)
    assert south.town.node.records.read(first).state is RecordState.REINSTATED
    east.change(first, "erase", "someone-recognizable")
    east.change(second, "retract", "wrong")
    (pulled,) = south.pull(east)
    assert (pulled.erased, pulled.quarantined, pulled.shown) == ([first], 0, 1)
    assert is_gone(south, first)
    assert whole(east).erased == 2  # payloads of its own entries on the record that it erased


def test_the_successor_may_not_rewrite_what_the_lost_node_published(three: Three) -> None:
    north, east, _ = three
    first, _ = lost(three)
    with pytest.raises(Conflict, match="Only the node that published"):
        east.change(first, "retract", "wrong")
    accept(east, north)
    with pytest.raises(Conflict, match="It can be retracted, reinstated or erased"):
        east.change(first, "mark-disputed", "facts")


def test_a_retraction_that_rewrites_the_record_is_set_aside(three: Three) -> None:
    north, east, south = three
    first, second = lost(three)
    accept(east, north)
    retracted_with(east, north, first, "Nobody was harmed")
    south.pull(east)
    settled = south.town.node.federation.successions.confirm(north.short)
    assert (settled.counted, settled.shown, settled.refused) == (0, 0, 1)
    retracted_with(east, north, second, "Nobody was harmed")
    (pulled,) = south.pull(east)
    assert (pulled.shown, pulled.quarantined) == (0, 1)
    for record, title in ((first, "First"), (second, "Second")):
        found = south.town.node.records.read(record)
        assert (found.account.title, found.state) == (title, RecordState.PUBLISHED)


@pytest.mark.parametrize(("column", "value"), [("state", "frozen"), ("state", "kept"), ("mode", "blocked")])
def test_a_successor_that_is_not_read_here_follows_nobody(three: Three, column: str, value: str) -> None:
    north, east, south = three
    lost(three)
    accept(east, north)
    south.pull(east)
    assert verdict(south, north) is Verdict.READY
    with south.town.node.public.work() as session:
        setattr(session.get_one(PeerRow, east.short), column, value)
    assert verdict(south, north) is Verdict.UNFOLLOWED
    with pytest.raises(Conflict):
        south.town.node.federation.successions.confirm(north.short)


def test_a_node_that_hands_over_is_followed_without_anybody(three: Three) -> None:
    north, east, south = three
    first, _ = handed_over(three)
    east.change(first, "erase", "someone-recognizable")
    (pulled,) = south.pull(east)
    assert (pulled.erased, state(south, north)) == ([first], PeerState.KEPT)
    size = north.town.node.log.state().size
    assert north.town.side.publication.publish_batch() == []
    north.town.node.records.read(first)
    north.change(first, "erase", "someone-recognizable")
    assert (is_gone(north, first), north.town.node.log.state().trouble) == (True, None)
    with pytest.raises(Conflict):
        north.town.node.federation.custodian.name(east.short)
    assert north.town.node.log.state().size == size


def test_who_was_not_named_is_not_followed(three: Three) -> None:
    """South writes that it keeps north's records, and erases one: its log is believed in none of that."""
    north, east, south = three
    first, _ = lost(three)
    with pytest.raises(Conflict, match="does not name this one"):
        accept(south, north)
    forged(south, north)
    south.change(first, "erase", "someone-recognizable")
    assert whole(south).checkpoint.size == 2
    east.follow(south)
    (pulled,) = east.pull(south)
    assert (pulled.entries, pulled.erased, is_gone(east, first)) == (2, [], False)
    assert verdict(east, north) is Verdict.UNFOLLOWED  # it is east itself that was named
    accept(east, north)
    east.pull(south)
    assert (state(east, north), is_gone(east, first)) == (PeerState.OURS, False)


def test_a_lost_node_that_is_back_is_told_apart(three: Three) -> None:
    """What it signs after the end that was accepted is taken nowhere, and that is said."""
    north, east, south = three
    lost(three)
    accept(east, north)
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    third = north.publish("Third")
    assert east.town.node.federation.puller.pull(north.short).trouble == "returned"
    assert third not in east.town.node.records.read_many([third])
    assert "It is back: it signed more after" in east.town.visitor().open("/node").text
    assert south.town.node.federation.puller.pull(north.short).trouble == ""  # east's copy has not grown
    south.follow(north)
    assert south.town.node.federation.puller.pull(north.short).trouble == "returned"
    evidence = [one for one in south.town.node.federation.peers.seen() if one["id"] == north.id]
    assert "evidence" in evidence[0]


def test_who_read_more_than_was_accepted_does_not_follow(three: Three) -> None:
    """North lives: it went on, and took its word back."""
    north, east, south = three
    lost(three)
    accept(east, north)
    north.town.node.federation.custodian.revoke()
    north.sign()
    south.follow(north)
    south.pull(north, east)
    assert verdict(south, north) is Verdict.UNNAMED
    north.town.node.federation.custodian.name(east.short)
    north.sign()
    south.pull(north)
    assert verdict(south, north) is Verdict.ANOTHER
    with pytest.raises(Conflict):
        south.town.node.federation.successions.confirm(north.short)


def test_once_accepted_it_is_not_given_to_somebody_else(three: Three) -> None:
    north, east, south = three
    lost(three)
    accept(east, north)
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    north.pull(east)
    with pytest.raises(Conflict, match="accepted already"):
        north.town.node.federation.custodian.revoke()
    south.sign()
    north.follow(south)
    north.pull(south)
    north.town.node.federation.custodian.name(south.short)
    north.sign()
    south.follow(north)
    assert south.town.node.federation.puller.pull(north.short).trouble == "returned"
    assert (verdict(south, north), state(south, north)) == (Verdict.READY, PeerState.KEPT)
    with pytest.raises(Conflict):
        accept(south, north)


def test_a_record_that_waits_for_a_look_is_erased_all_the_same(three: Three) -> None:
    north, east, south = three
    first, second = lost(three, mode=Mode.HOLD)
    assert east.judge_all() == 2
    accept(east, north)
    east.change(first, "erase", "someone-recognizable")
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    lines = south.town.side.foreign.waiting(south.town.people.reviewer).lines
    waits = [one.waiting.record.id for one in lines]
    assert first not in waits
    assert second in waits


def test_a_successor_that_had_read_too_little_reads_on_and_accepts_again(three: Three) -> None:
    """South has an entry of north that east never saw; east reads it from south's copy."""
    north, east, south = three
    first, _ = lost(three)
    accept(east, north)
    east.change(first, "erase", "someone-recognizable")
    third = north.publish("Third")
    south.follow(north)
    south.pull(north, east)
    assert verdict(south, north) is Verdict.WENT_ON
    east.town.node.federation.custodian.read_on(north.short)
    east.follow(north, by_way_of=south)
    east.pull(north)
    accept(east, north)
    south.pull(east)
    assert verdict(south, north) is Verdict.READY
    settled = south.town.node.federation.successions.confirm(north.short)
    assert (settled.erased, settled.refused) == ([first], 0)
    east.change(third, "retract", "wrong")
    south.pull(east)
    assert south.town.node.records.read(third).state is RecordState.RETRACTED


def test_a_successor_that_empties_a_node_is_stopped_for_a_person(three: Three) -> None:
    north, east, south = three
    found = [north.publish(f"Case {number}") for number in range(BREAKER_COUNT + 1)]
    lost(three)
    accept(east, north)
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    for record in found:
        east.change(record, "erase", "someone-recognizable")
    assert south.town.node.federation.puller.pull(east.short).trouble == "mass-withdrawal"
    assert not any(is_gone(south, record) for record in found)
    south.town.node.federation.peers.allow_withdrawals(east.short)
    (pulled,) = south.pull(east)
    assert sorted(pulled.erased) == sorted(found)


def test_what_is_handed_over_to_be_emptied_waits_for_a_person(three: Three) -> None:
    """Accepted and erased at one go: nobody here has agreed to anything yet."""
    north, east, south = three
    found = [north.publish(f"Case {number}") for number in range(BREAKER_COUNT + 1)]
    handed_over(three)
    for record in found:
        east.change(record, "erase", "someone-recognizable")
    south.pull(east)
    assert (state(south, north), verdict(south, north)) == (PeerState.FOLLOWING, Verdict.HANDED_OVER)
    assert not any(is_gone(south, record) for record in found)
    settled = south.town.node.federation.successions.confirm(north.short)
    assert sorted(settled.erased) == sorted(found)
