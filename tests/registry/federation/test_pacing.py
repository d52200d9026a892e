"""How much is read at a time, and whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from registry.federation.looks import HINTED, Looks
from registry.federation.pacing import Pace
from registry.federation.rules import Mode, Policy
from registry.federation.taking import Entries, Wanted, weight
from registry.federation.verifying import STRETCH, check_entries, read_entry, stretch_end, stretches
from registry.ledger.frontier import Frontier
from registry.ledger.telling import Log
from registry.ledger.tiles import WIDTH
from tests.registry.federation.other_node import OtherNode

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_a_slow_peer_is_read_in_smaller_stretches_down_to_one_bundle() -> None:
    pace, seen = Pace(), []
    for _ in range(4):
        seen.append(pace.entries)
        pace.slower()
    assert seen == [STRETCH, STRETCH // 4, WIDTH, WIDTH]
    for _ in range(3):
        pace.faster()
    assert pace.entries == STRETCH


def test_stretches_end_where_bundles_are_full() -> None:
    assert list(stretches(0, 2 * STRETCH + 1)) == [
        (0, STRETCH),
        (STRETCH, 2 * STRETCH),
        (2 * STRETCH, 2 * STRETCH + 1),
    ]
    assert list(stretches(5, 5)) == []
    assert stretch_end(WIDTH - 1, 10 * WIDTH, WIDTH) == WIDTH
    assert stretch_end(WIDTH, 10 * WIDTH, WIDTH) == 2 * WIDTH
    assert stretch_end(WIDTH, WIDTH + 3, WIDTH) == WIDTH + 3


def test_what_payloads_weigh_is_known_before_they_are_fetched() -> None:
    other = OtherNode()
    one, _ = other.publish(2)
    other.erase(one)
    read = [read_entry(leaf) for leaf in other.leaves]
    checked = check_entries(0, read, Log(other.identity.id, "CLEAR"), {})
    entries = Entries(0, Frontier(), (), checked)
    sizes = [one.envelope.size for one in checked if one.envelope is not None]
    assert weight(Wanted(Policy(Mode.SHOW)).among(entries)) == sum(sizes) > 500
    assert weight(Wanted(Policy(Mode.BLOCKED)).among(entries)) == 0


def test_whoever_waited_longest_is_next() -> None:
    looks, peers = Looks(), [("A", False), ("B", False), ("C", True)]
    assert looks.next([], NOW, HOUR) is None
    for number, short in enumerate("ABC"):
        assert looks.next(peers, NOW, HOUR) == short
        looks.note(short, NOW + number * SECOND, more=False)
    assert looks.next(peers, NOW + 3 * SECOND, HOUR) is None
    assert looks.next(peers, NOW + 2 * SECOND + HINTED, HOUR) == "C"  # somebody said that it has news
    assert looks.next(peers, NOW + HOUR, HOUR) == "A"


def test_what_was_not_read_to_the_end_is_read_on_and_lets_others_in_between() -> None:
    looks, peers = Looks(), [("A", False), ("B", False)]
    looks.note("A", NOW, more=True)
    assert looks.next(peers, NOW, HOUR) == "B"
    looks.note("B", NOW + SECOND, more=True)
    assert looks.next(peers, NOW + SECOND, HOUR) == "A"
    looks.note("A", NOW + 2 * SECOND, more=False)
    assert looks.next(peers, NOW + 2 * SECOND, HOUR) == "B"
