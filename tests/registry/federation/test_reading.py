"""Records that were copied unread while a peer was hidden, and are read before they are shown or wait."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import count
from typing import Any, Final

import pytest
import rfc8785
from sqlalchemy import text

from registry.config import Settings
from registry.db import migrate
from registry.db.layout import Side
from registry.federation import reading
from registry.federation.rules import EVERYTHING, Mode, Policy
from registry.ledger.envelopes import parse_envelope
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.killing import was_killed
from tests.registry.federation.other_node import Kept, OtherNode

TWO_LINES: Final = "A title\nof two lines"


def set_mode(here: Here, mode: Mode, node: OtherNode | None = None) -> None:
    short = (node or here.other).identity.short
    here.office.peers.set_policy(short, Policy(mode, EVERYTHING), here.office.puller.reader())


KNOWN: Final = {
    "entries": "SELECT position, standing, reason, (SELECT count(*) FROM mirror_payload"
    " WHERE mirror_payload.commitment = mirror_entry.commitment)"
    " FROM mirror_entry WHERE peer = :short ORDER BY position",
    "shown": "SELECT substr(record_id, 15), revision FROM record_version"
    " WHERE substr(record_id, 5, 10) = :short ORDER BY record_id, revision",
    "waiting": "SELECT substr(record_id, 15) FROM peer_waiting WHERE peer = :short ORDER BY record_id",
    "unread": "SELECT unread FROM peer WHERE short = :short",
}


def known(here: Here, node: OtherNode) -> dict[str, list[tuple[Any, ...]]]:
    """All that is known here of a node's entries and records, with its own name left out."""
    return {name: here.ask(question, short=node.identity.short) for name, question in KNOWN.items()}


def standings(here: Here) -> list[str]:
    return [row[0] for row in here.ask("SELECT standing FROM mirror_entry ORDER BY position")]


def spoil(node: OtherNode, **changes: Any) -> None:
    """Say something else in the newest payload, and commit to that; not signed yet."""
    index, envelope = len(node.leaves) - 1, parse_envelope(node.leaves.pop())
    payload = {**(node.kept[index].payload or {}), **changes}
    raw, salt = rfc8785.dumps(payload), node.kept[index].salt
    node.kept[index] = Kept(salt, payload)
    commitment = hashlib.sha256(salt + raw).hexdigest()
    node.add(replace(envelope, commitment=commitment, size=len(raw)).to_bytes())


def a_bad_one(node: OtherNode, **account: Any) -> str:
    """A record that is what its entry says, with an account that breaks a rule; not signed yet."""
    record_id = node.create()
    body = node.records[record_id].to_json()["account"]
    spoil(node, account={**body, **(account or {"title": TWO_LINES})})
    return record_id


def a_mixed_log(node: OtherNode) -> None:
    """Records that are good, revised, taken back, erased, unreadable, and unreadable at first."""
    one, two, three, _ = (node.create() for _ in range(4))
    a_bad_one(node)
    mended = a_bad_one(node)
    node.change(one, text="Other words.")
    node.change(two, RecordState.RETRACTED)
    node.erase(three)
    node.change(mended, text="Now it can be read.")
    node.sign()


@pytest.mark.parametrize("mode", [Mode.SHOW, Mode.HOLD])
def test_what_is_read_later_ends_as_what_was_read_at_once(here: Here, mode: Mode) -> None:
    at_once, later = here.other, OtherNode(seed=3, url="https://third.example")
    here.network.nodes[later.url] = later
    peers, puller = here.office.peers, here.office.puller
    for node, first in ((at_once, mode), (later, Mode.HIDDEN)):
        a_mixed_log(node)
        short = peers.pin(peers.meet(node.url), Policy(first)).short
        assert puller.pull(short).quarantined == (0 if node is later else 2)
    assert known(here, later) != known(here, at_once)
    set_mode(here, mode, later)
    assert known(here, later) == known(here, at_once)
    assert peers.read(later.identity.short).quarantined == 2


def test_a_hidden_peer_is_handed_on_unread_until_it_is_to_be_shown(here: Here) -> None:
    good = here.other.create()
    a_bad_one(here.other)
    here.other.sign()
    here.follow(Mode.HIDDEN)
    assert here.pull().quarantined == 0
    assert standings(here) == ["copied", "copied"]
    assert ["payload" in line for line in here.relayed(0, 2)] == [True, True]
    set_mode(here, Mode.SHOW)
    assert standings(here) == ["taken", "quarantined"]
    assert set(here.shown()) == {good}
    assert ["payload" in line for line in here.relayed(0, 2)] == [True, False]
    assert here.relayed(1, 2)[0]["erased"] is False


@pytest.mark.parametrize("mode", [Mode.HIDDEN, Mode.HOLD, Mode.SHOW])
@pytest.mark.parametrize("label", ["amber", "green", "red"])
def test_a_payload_of_another_label_than_its_entry_is_never_kept(here: Here, mode: Mode, label: str) -> None:
    here.other.create()
    told = here.other.kept[0].payload or {}
    coded = {**told["account"]["classification"], "tlp": [f"tlp/{label}"]}
    spoil(here.other, account={**told["account"], "classification": coded})
    here.other.sign()
    here.follow(mode)
    assert here.pull().quarantined == 1
    assert here.ask("SELECT reason FROM mirror_entry") == [("payload-label",)]
    assert here.ask("SELECT * FROM mirror_payload") == []
    assert "payload" not in here.relayed(0, 1)[0]
    set_mode(here, Mode.SHOW)
    assert here.shown() == {}


LIES: Final = {
    "written otherwise": b'"t\\u006cp":["tlp/amber"]',
    "given twice": b'"tlp":["tlp/amber"],"tlp":["tlp/clear"]',  # some readers take the first, some the last
    "with spaces": b'"tlp" : [ "tlp/green" ]',
    "among texts of its name": b'"note":"\\"tlp\\"","tlp":["tlp/green"]',
}


@pytest.mark.parametrize("lie", LIES)
def test_no_way_of_writing_a_label_gets_around(here: Here, lie: str) -> None:
    here.other.create()
    index, envelope = 0, parse_envelope(here.other.leaves.pop())
    told = here.other.kept[index].payload
    raw = rfc8785.dumps(told).replace(b'"classification":{', b'"classification":{' + LIES[lie] + b",")
    salt = here.other.kept[index].salt
    here.other.given[index] = raw
    here.other.add(
        replace(envelope, commitment=hashlib.sha256(salt + raw).hexdigest(), size=len(raw)).to_bytes()
    )
    here.other.sign()
    here.follow(Mode.HIDDEN)
    assert here.pull().quarantined == 1
    assert here.ask("SELECT * FROM mirror_payload") == []


def test_what_speaks_of_labels_is_no_lie(here: Here) -> None:
    here.other.create(text='Marked "tlp": amber \\u0041.')
    told = here.other.kept[0].payload or {}
    coded = {**told["account"]["classification"], "tlp": ["tlp/clear"]}
    spoil(here.other, account={**told["account"], "classification": coded})
    here.other.sign()
    here.follow(Mode.HIDDEN)
    assert here.pull().quarantined == 0
    set_mode(here, Mode.SHOW)
    assert len(here.shown()) == 1


def test_nobody_takes_the_place_of_another_nodes_payload(here: Here) -> None:
    """A payload is found by its commitment: a peer that commits to another one's could have it erased."""
    robbed = OtherNode(seed=3, url="https://third.example")
    here.network.nodes[robbed.url] = robbed
    (wanted,) = robbed.publish(1)
    theirs = parse_envelope(robbed.leaves[0])
    thief = here.other.create()
    here.other.kept[0] = robbed.kept[0]
    own = parse_envelope(here.other.leaves.pop())
    here.other.add(replace(own, commitment=theirs.commitment, size=theirs.size).to_bytes())
    here.other.sign()
    here.follow(Mode.HIDDEN)
    assert here.pull().quarantined == 1
    peers = here.office.peers
    here.office.puller.pull(peers.pin(peers.meet(robbed.url), Policy(Mode.HIDDEN)).short)
    here.other.erase(thief)
    here.other.sign()
    here.pull()
    assert here.ask("SELECT record_id FROM mirror_payload") == [(wanted,)]


def test_a_revision_waits_for_those_before_it(here: Here) -> None:
    """Reading ends after a batch where there is no more time, and no record skips a revision."""
    (one,) = here.other.publish(1)
    here.other.publish(reading.BATCH)
    here.follow(Mode.HIDDEN)
    here.pull()
    with here.public.work() as session:  # as a process leaves it that is killed before the first batch
        session.execute(text("UPDATE peer SET mode = 'show'"))
    here.other.change(one, text="Other words.")
    here.other.sign()
    short = here.other.identity.short
    first = here.office.puller.pull(short, seconds=0)
    assert (first.entries, first.shown, first.more) == (0, reading.BATCH, True)
    assert here.shown()[one].revision == 1
    rest = here.office.puller.pull(short)
    assert (rest.shown, rest.more, rest.trouble) == (2, False, "")
    question = "SELECT revision FROM record_version WHERE record_id = :one ORDER BY revision"
    assert here.ask(question, one=one) == [(1,), (2,)]
    assert known(here, here.other)["unread"] == [(None,)]


def test_a_policy_that_changes_during_a_pull_leaves_nothing_unread(here: Here) -> None:
    here.other.publish(2)
    here.follow(Mode.HIDDEN)

    def meanwhile() -> None:
        set_mode(here, Mode.HOLD)
        assert standings(here) == []

    here.other.before["payloads"] = meanwhile
    here.pull()
    assert standings(here) == ["copied", "copied"]
    assert known(here, here.other)["waiting"] == []
    here.other.before.clear()
    assert here.pull().waiting == 2
    assert standings(here) == ["taken", "taken"]


def test_back_to_hidden_what_is_new_is_unread_again(here: Here) -> None:
    (one,) = here.other.publish(1)
    here.follow()
    here.pull()
    set_mode(here, Mode.HIDDEN)
    here.other.change(one, text="Other words.")
    here.other.sign()
    here.pull()
    assert standings(here) == ["taken", "copied"]
    assert here.shown()[one].revision == 1
    set_mode(here, Mode.SHOW)
    assert here.shown()[one].account.text == "Other words."


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", [Mode.SHOW, Mode.HOLD])
def test_killed_while_it_is_read_the_next_pull_goes_on(here: Here, bare: Settings, mode: Mode) -> None:
    """Killed before and after each commit of a change of policy; nothing is shown or waits unread."""
    for number in range(2 * reading.BATCH + 5):
        a_bad_one(here.other) if number % 100 == 7 else here.other.create()
    here.other.sign()
    short = here.follow(Mode.HIDDEN)
    here.pull()
    for step in count(1):
        set_mode(here, Mode.HIDDEN)
        if not was_killed(here.public, bare, short, step, mode):
            break
        there, read = known(here, here.other), standings(here).count("taken")
        waits = here.office.peers.read(short).policy.mode is Mode.HOLD
        expected = (read if mode is Mode.SHOW else 0, read if waits else 0)
        assert (len(there["shown"]), len(there["waiting"])) == expected
    assert step > 3
    here.pull()
    assert standings(here).count("quarantined") == here.office.peers.read(short).quarantined == 6
    there = known(here, here.other)
    assert len(there["shown"] if mode is Mode.SHOW else there["waiting"]) == 2 * reading.BATCH - 1
    assert there["unread"] == [(None,)]


def test_before_this_all_was_read(here: Here) -> None:
    """Going back a step, what nobody read counts as read, and is set aside where it cannot be."""
    good = here.other.create()
    bad = a_bad_one(here.other)
    here.other.sign()
    here.follow(Mode.HIDDEN)
    here.pull()
    migrate.downgrade(here.public, Side.PUBLIC, "q020")
    migrate.upgrade(here.public, Side.PUBLIC, "head")
    assert standings(here) == ["taken", "taken"]
    set_mode(here, Mode.SHOW)
    assert set(here.shown()) == {good}
    assert here.ask("SELECT standing FROM mirror_entry WHERE record_id = :bad", bad=bad) == [("quarantined",)]
