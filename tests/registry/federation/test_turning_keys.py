"""A peer's log goes on with another key: followed by its own entry, and only on the pinned key's word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from registry.federation.descriptor import PATH, read_descriptor
from registry.federation.standing import PeerState
from registry.ledger.keys import LogSigner
from registry.ledger.notes import sign_note
from registry.ledger.refusal import Refused
from registry.ledger.rotations import FIRST_LINE, parse_rotations, read_rotation, sign_rotation
from registry.ledger.tiles import WIDTH
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode


def pinned(here: Here) -> str:
    return here.office.peers.read(here.other.identity.short).vkey


def test_a_pull_that_sees_the_turn_goes_on_with_the_new_key(here: Here) -> None:
    here.other.publish(2)
    here.follow()
    here.pull()
    before = pinned(here)
    here.other.turn(2)
    assert (here.pull().trouble, pinned(here)) == ("", here.other.signer.key.vkey)
    assert pinned(here) != before
    here.other.publish(2)
    pulled = here.pull()
    assert (pulled.entries, pulled.trouble, len(here.shown())) == (2, "", 4)
    assert here.office.peers.read(here.other.identity.short).quarantined == 0


@pytest.mark.parametrize("more", [0, 1, WIDTH])
def test_whoever_was_away_follows_all_turns_at_once(here: Here, more: int) -> None:
    here.other.publish(2)
    here.follow()
    here.pull()
    for seed in (2, 3, 4):
        here.other.turn(seed)
        here.other.publish(more)
    pulled = here.pull()
    assert (pulled.entries, pulled.trouble) == (3 + 3 * more, "")
    assert pinned(here) == here.other.signer.key.vkey
    assert here.pull().entries == 0


def test_a_node_that_is_met_after_turns_is_read_from_its_beginning(here: Here) -> None:
    here.other.publish(1)
    here.other.turn(2)
    here.other.publish(1)
    here.follow()
    assert pinned(here) == here.other.signer.key.vkey
    pulled = here.pull()
    assert (pulled.entries, pulled.trouble, len(here.shown())) == (3, "", 2)


def test_a_new_key_without_an_entry_is_not_believed(here: Here) -> None:
    here.other.publish(1)
    here.follow()
    here.pull()
    before, stranger = pinned(here), OtherNode(5)
    here.other.signer = LogSigner(here.other.signer.name, stranger.private)
    here.other.publish(1)
    assert (here.pull().trouble, pinned(here)) == ("signature-missing", before)
    assert len(here.shown()) == 1


def test_a_turn_that_the_pinned_key_did_not_sign_is_refused(here: Here) -> None:
    """The log's key signed the checkpoint; the statement bears another key's word in its place."""
    here.other.publish(1)
    here.follow()
    here.pull()
    before = pinned(here)
    here.other.turn(2, vouched=False)
    assert (here.pull().trouble, pinned(here)) == ("rotation-other", before)
    here.other.publish(1)
    assert (here.pull().trouble, pinned(here)) == ("signature-missing", before)
    assert here.office.peers.read(here.other.identity.short).state is PeerState.FOLLOWING
    assert len(here.shown()) == 1


def test_a_turn_that_is_told_and_stands_in_no_entry_is_refused(here: Here) -> None:
    here.other.publish(1)
    here.follow()
    here.pull()
    before = pinned(here)
    here.other.turn(2)
    here.other.publish(1)
    told = here.other.turns[0]
    here.other.turns[0] = replace(told, salt=bytes(32))
    assert (here.pull().trouble, pinned(here)) == ("rotation-other", before)
    here.other.turns = []
    assert (here.pull().trouble, pinned(here)) == ("signature-missing", before)
    here.other.turns = [told]
    assert (here.pull().trouble, pinned(here)) == ("", here.other.signer.key.vkey)


def test_the_copy_tells_of_the_turn(here: Here) -> None:
    here.other.publish(1)
    here.follow()
    here.pull()
    here.other.turn(2)
    here.pull()
    told = here.office.relay.descriptor(here.other.identity.id)
    said = read_descriptor(json.dumps({**told, "taxonomy": {"writes": "x", "reads": []}}).encode())
    assert said.key == here.other.signer.key
    (one,) = here.office.relay.rotations(here.other.identity.id)
    assert one == here.other.turns[0]


def test_a_descriptor_with_another_key_needs_the_word_of_the_first(here: Here) -> None:
    here.other.turn(2)
    here.other.turn(3)
    told = json.loads(here.other.served(PATH, {}))
    assert read_descriptor(json.dumps(told).encode()).key == here.other.signer.key
    for notes in ([], told["rotations"][:1], told["rotations"][1:], told["rotations"][::-1], "x", [3]):
        with pytest.raises(Refused):
            read_descriptor(json.dumps({**told, "rotations": notes}).encode())


def test_a_statement_needs_both_keys_and_one_name() -> None:
    one, two, other = (LogSigner("a.example/air-log", OtherNode(seed).private) for seed in (1, 2, 3))
    node = OtherNode().identity.id
    good = json.loads(sign_rotation(node, one, two))["note"].encode()
    read = read_rotation(good)
    assert (read.node_id, read.old, read.new) == (node, one.key, two.key)
    text = f"{FIRST_LINE}\n{node}\n{one.key.vkey}\n{two.key.vkey}\n"
    for signers in ([one], [two], [one, other], [other]):
        with pytest.raises(Refused):
            read_rotation(sign_note(text, signers))
    same = f"{FIRST_LINE}\n{node}\n{one.key.vkey}\n{one.key.vkey}\n"
    alien = LogSigner("b.example/air-log", OtherNode(2).private)
    named = f"{FIRST_LINE}\n{node}\n{one.key.vkey}\n{alien.key.vkey}\n"
    for words, signers in ((same, [one]), (named, [one, alien]), (text + "more\n", [one, two])):
        with pytest.raises(Refused):
            read_rotation(sign_note(words, signers))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"items": 3}',
        b'{"items": [3]}',
        b'{"items": [{"index": -1, "salt": "", "payload": "", "checkpoint": ""}]}',
        b'{"items": [{"index": 1, "salt": "?", "payload": "", "checkpoint": ""}]}',
        b'{"items": [{"index": 1, "salt": "", "payload": "", "checkpoint": 3}]}',
        b'{"items": [' + b",".join([b'{"index":1,"salt":"","payload":"","checkpoint":""}'] * 2) + b"]}",
        b'{"items": [' + b",".join([b"{}"] * 101) + b"]}",
    ],
)
def test_answers_that_are_no_list_of_rotations_are_refused(answer: bytes) -> None:
    with pytest.raises(Refused):
        parse_rotations(answer)
