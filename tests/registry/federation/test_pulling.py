"""Pulling a peer's log: what is shown, what waits, what goes, and what a lying or broken peer gets."""

from __future__ import annotations

import pytest

from registry.errors import NotFound
from registry.federation import mirror
from registry.federation.judging import Judgment
from registry.federation.rules import BREAKER_COUNT, Mode, Scope
from registry.federation.standing import PeerState
from registry.fetching import Why
from registry.ledger.tiles import WIDTH
from registry.record import store
from registry.record.types import Origin, RecordState, Tombstone
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import DAY, PHRASE, OtherNode


def test_what_a_peer_publishes_is_shown_as_the_peers(here: Here) -> None:
    here.other.publish(3)
    here.follow()
    pulled = here.pull()
    assert (pulled.entries, pulled.shown, pulled.trouble) == (3, 3, "")
    for record in here.shown().values():
        assert record.provenance.origin is Origin.PEER
        assert record.provenance.source == here.other.identity.id
        assert record.provenance.contributor == "a relief programme"
        assert record.account.text == PHRASE


def test_nothing_new_costs_one_small_question(here: Here) -> None:
    here.other.publish(3)
    here.follow()
    here.pull()
    here.other.asked.clear()
    assert here.pull().entries == 0
    assert here.other.asked == [f"{here.other.url}/ledger/checkpoint"]


def test_pulling_again_changes_nothing(here: Here) -> None:
    here.other.publish(5)
    here.follow()
    here.pull()
    position = here.records.position()
    here.pull()
    assert here.records.position() == position


@pytest.mark.parametrize("count", [0, 1, WIDTH - 1, WIDTH, WIDTH + 1])
def test_logs_end_anywhere_and_grow_from_there(here: Here, count: int) -> None:
    here.follow()
    here.other.publish(count)
    assert here.pull().entries == count
    here.other.publish(2)
    assert here.pull().entries == 2
    assert len(here.shown()) == count + 2


def test_revisions_retractions_and_erasures_arrive(here: Here) -> None:
    one, two, three = here.other.publish(3)
    here.follow()
    here.pull()
    here.other.change(one, text="A score left 400 families out.")
    here.other.change(two, RecordState.RETRACTED)
    here.other.erase(three)
    here.other.sign()
    pulled = here.pull()
    assert pulled.erased == [three]
    shown = here.shown()
    assert shown[one].account.text == "A score left 400 families out."
    assert shown[one].revision == 2
    assert shown[two].state is RecordState.RETRACTED
    assert here.is_gone(three)
    assert {row[0] for row in here.ask("SELECT record_id FROM mirror_payload")} == {one, two}


def test_what_was_erased_before_anybody_read_it_is_never_here(here: Here) -> None:
    one, two = here.other.publish(2)
    here.other.erase(one)
    here.other.sign()
    here.follow()
    pulled = here.pull()
    assert (pulled.shown, pulled.quarantined, pulled.trouble) == (1, 0, "")
    assert set(here.shown()) == {two}


def test_records_wait_for_a_look_unless_told_otherwise(here: Here) -> None:
    one, two = here.other.publish(2)
    here.follow(Mode.HOLD)
    assert here.pull().waiting == 2
    assert here.shown() == {}
    judging = here.office.judging
    assert [waiting.record.id for waiting in judging.waiting().lines] == sorted((one, two))
    judging.decide(one, Judgment(1, shows=True))
    judging.decide(two, Judgment(1, shows=False, reason="not-an-incident", again=False))
    assert set(here.shown()) == {one}
    assert judging.count() == 0
    here.other.change(one, text="Other words.")
    here.other.change(two, text="Other words.")
    here.other.sign()
    assert here.pull().waiting == 1  # what was left out for good stays out
    assert here.shown()[one].account.text == PHRASE
    here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    here.pull()
    assert here.shown()[one].state is RecordState.RETRACTED  # at once: readers must know
    with pytest.raises(NotFound):
        judging.decide(one, Judgment(2, shows=True))


def test_only_what_is_wanted_is_fetched(here: Here) -> None:
    here.other.publish(1, severity="minor")
    (wanted,) = here.other.publish(1, severity="serious")
    here.follow(scope=Scope(codes=frozenset({"severity/serious", "severity/critical"})))
    here.pull()
    assert set(here.shown()) == {wanted}
    asked = [url for url in here.other.asked if "payloads" in url]
    assert asked == [f"{here.other.url}/ledger/payloads?from=1&to=2"]


def test_hidden_records_are_copied_and_shown_once_the_policy_says_so(here: Here) -> None:
    here.other.publish(2)
    here.follow(Mode.HIDDEN)
    here.pull()
    assert here.shown() == {}
    peers, short = here.office.peers, here.other.identity.short
    wanted = peers.read(short).policy
    peers.set_policy(short, type(wanted)(Mode.SHOW, wanted.scope), here.office.puller.reader())
    assert len(here.shown()) == 2


def test_a_blocked_peer_is_not_asked(here: Here) -> None:
    here.other.publish(1)
    here.follow(Mode.BLOCKED)
    here.other.asked.clear()
    here.pull()
    assert here.other.asked == []


def test_a_record_that_cannot_be_believed_is_set_aside_alone(here: Here) -> None:
    good, bad, lying = (here.other.create() for _ in range(3))
    here.other.kept[1].payload = {**(here.other.kept[1].payload or {}), "licence": "mine"}
    here.other.add(b"not an envelope")
    stranger = OtherNode(seed=7)
    stranger.publish(1)
    here.other.add(stranger.leaves[0])
    here.other.sign()
    here.follow()
    pulled = here.pull()
    assert pulled.quarantined == 3
    assert set(here.shown()) == {good, lying}
    assert here.office.peers.read(here.other.identity.short).quarantined == 3
    later = here.other.publish(1)
    here.pull()
    assert set(later) < set(here.shown())
    assert bad not in here.shown()


@pytest.mark.parametrize("size", [2, 4])
def test_two_histories_freeze_the_peer_and_both_notes_are_kept(here: Here, size: int) -> None:
    here.other.publish(2)
    here.follow()
    here.pull()
    first = here.other.note
    twin = OtherNode()
    twin.publish(size, text="Another history.")
    here.network.nodes[here.other.url] = twin
    assert here.pull().trouble == "fork"
    (seen,) = here.office.peers.seen()
    assert (seen["checkpoint"].encode(), seen["evidence"].encode()) == (first, twin.note)
    assert here.office.peers.read(here.other.identity.short).state is PeerState.FROZEN
    assert {one.account.text for one in here.shown().values()} == {PHRASE}
    twin.asked.clear()
    again = here.pull()
    assert (again.trouble, again.entries, twin.asked) == ("fork", 0, [])


def test_a_shorter_log_freezes_the_peer(here: Here) -> None:
    here.other.publish(3)
    here.follow()
    here.pull()
    here.other.sign(2)
    assert here.pull().trouble == "rollback"
    assert here.office.peers.read(here.other.identity.short).state is PeerState.FROZEN


def test_a_forged_signature_is_refused_and_freezes_nobody(here: Here) -> None:
    here.other.publish(1)
    here.follow()
    here.pull()
    forger = OtherNode(seed=9)
    forger.signer = type(forger.signer)(here.other.identity.origin, forger.private)
    forger.publish(4)
    here.other.note = forger.note
    assert here.pull().trouble in {"signature-missing", "origin-other"}
    assert here.office.peers.read(here.other.identity.short).state is PeerState.FOLLOWING


def test_entries_other_than_those_signed_are_not_kept(here: Here) -> None:
    here.other.publish(3)
    here.follow()
    honest, here.other.leaves[1] = here.other.leaves[1], here.other.leaves[0]
    assert here.pull().trouble == "entries-other"
    assert here.shown() == {}
    here.other.leaves[1] = honest
    assert here.pull().trouble == ""
    assert len(here.shown()) == 3


def test_a_mass_withdrawal_waits_for_a_person(here: Here) -> None:
    ids = here.other.publish(BREAKER_COUNT + 2)
    here.follow()
    here.pull()
    for one in ids[: BREAKER_COUNT + 1]:
        here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    assert here.pull().trouble == "mass-withdrawal"
    assert {one.state for one in here.shown().values()} == {RecordState.PUBLISHED}
    here.office.peers.allow_withdrawals(here.other.identity.short)
    assert here.pull().trouble == ""
    assert sum(one.state is RecordState.RETRACTED for one in here.shown().values()) == BREAKER_COUNT + 1


@pytest.mark.parametrize("why", list(Why))
def test_a_peer_that_cannot_be_read_is_noted_and_read_later(here: Here, why: Why) -> None:
    here.other.publish(1)
    here.follow()
    here.other.down = why
    assert here.pull().trouble == f"fetch-{why.value}"
    peer = here.office.peers.read(here.other.identity.short)
    assert (peer.trouble, peer.pulled_on, peer.tried_on) == (f"fetch-{why.value}", None, here.clock().date())
    here.other.down = None
    assert here.pull().entries == 1
    assert here.office.peers.read(here.other.identity.short).trouble == ""


def test_what_was_erased_is_acknowledged_once_in_the_own_log(here: Here) -> None:
    (one,) = here.other.publish(1)
    here.follow()
    here.pull()
    here.other.erase(one)
    here.other.sign()
    here.pull()
    here.pull()
    assert here.ask("SELECT record_id, revision FROM ledger_entry") == [(one, 2)]


def test_what_was_erased_here_never_comes_back(here: Here) -> None:
    """A law or somebody's safety may ask for it; its own node goes on as it likes."""
    one, two = here.other.publish(2)
    here.follow()
    here.pull()
    with here.public.work() as session:
        store.erase(session, Tombstone(one, "legal", DAY))
        mirror.purge(session, one)
    here.other.change(one, text="Told anew.")
    here.other.change(two, text="Told anew.")
    here.other.sign()
    here.other.asked.clear()
    assert here.pull().trouble == ""
    assert (here.is_gone(one), set(here.shown())) == (True, {two})
    assert {row[0] for row in here.ask("SELECT record_id FROM mirror_payload")} == {two}
    (relayed,) = (line for line in here.relayed(2, 3))
    assert relayed == {"index": 2, "commitment": relayed["commitment"], "erased": False}
    here.other.change(one, RecordState.RETRACTED)
    here.other.erase(one)
    here.other.sign()
    assert here.pull().trouble == ""
