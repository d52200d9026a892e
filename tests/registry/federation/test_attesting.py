"""Reviews that a node claims which this test writes itself: only what is true lets a record be shown."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785

from registry.federation.rules import Mode, Policy
from registry.federation.standing import PeerState
from registry.ledger.claims import Point
from registry.ledger.envelopes import Coding, Envelope, Op
from registry.ledger.refusal import Refused
from registry.ledger.reviewed import REVIEWED, REVIEWED_MAX, Reviewed, read_reviewed
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import DAY, Kept, OtherNode
from tests.registry.federation.relating import THIRD_URL, point

FAVOURABLE = rfc8785.dumps({"v": 1, "annotation": "reviewed", "shown": True})


def envelope(node: OtherNode, about: Point, payload: bytes, salt: bytes = b"") -> Envelope:
    """An entry of a node's log that says something of a record."""
    return Envelope(
        Op.ANNOTATE,
        about.id,
        about.revision,
        about.leaf,
        node.identity.id,
        "CLEAR",
        REVIEWED,
        1,
        Coding("0.2.0"),
        hashlib.sha256(salt + payload).hexdigest(),
        len(payload),
        DAY.isoformat(),
    )


def annotate(node: OtherNode, about: Point, payload: bytes = FAVOURABLE) -> None:
    """Put such an entry into the log and sign."""
    position = len(node.leaves)
    salt = hashlib.sha256(str(position).encode()).digest()
    node.leaves.append(envelope(node, about, payload, salt).to_bytes())
    node.kept[position] = Kept(salt, json.loads(payload))
    node.sign()


@pytest.fixture
def third(here: Here) -> OtherNode:
    """A third node that is followed and trusted for its reviews; the other one's records wait here."""
    node = OtherNode(3, "Third Node", THIRD_URL)
    here.network.nodes[THIRD_URL] = node
    peers = here.office.peers
    peers.pin(peers.meet(node.url), Policy(Mode.SHOW))
    peers.trust_reviews(node.identity.short, here.office.puller.reader(), trusted=True)
    here.follow(Mode.HOLD)
    return node


def pull(here: Here, node: OtherNode) -> int:
    """Read on; gives how many entries could not be believed."""
    pulled = here.office.puller.pull(node.identity.short)
    assert pulled.trouble == ""
    return pulled.quarantined


def test_only_what_was_reviewed_is_shown(here: Here, third: OtherNode) -> None:
    one, two = here.other.publish(2)
    here.pull()
    right = point(here.other, one)
    annotate(third, Point(one, 1, point(here.other, two).leaf))
    annotate(third, Point(two, 7, point(here.other, two).leaf))
    assert pull(here, third) == 0
    assert here.shown() == {}
    annotate(third, right)
    pull(here, third)
    assert set(here.shown()) == {one}
    assert here.office.judging.reviewed_by(one) == third.identity.id
    assert here.office.judging.count() == 1


def test_nobody_reviews_records_of_their_own(here: Here, third: OtherNode) -> None:
    (own,) = here.other.publish()
    annotate(here.other, point(here.other, own))
    peers = here.office.peers
    peers.trust_reviews(here.other.identity.short, here.office.puller.reader(), trusted=True)
    assert pull(here, here.other) == 1
    assert here.shown() == {}
    assert pull(here, third) == 0


@pytest.mark.parametrize("mode", [Mode.HIDDEN, Mode.BLOCKED])
def test_hidden_and_blocked_nodes_are_not_asked(here: Here, third: OtherNode, mode: Mode) -> None:
    (record,) = here.other.publish()
    annotate(third, point(here.other, record))
    pull(here, third)
    here.office.peers.set_policy(third.identity.short, Policy(mode), here.office.puller.reader())
    here.pull()
    assert here.shown() == {}


def test_a_node_that_contradicted_itself_is_not_believed_in_this_either(here: Here, third: OtherNode) -> None:
    (record,) = here.other.publish()
    annotate(third, point(here.other, record))
    pull(here, third)
    twin = OtherNode(3, "Third Node", THIRD_URL)
    twin.publish(1, text="Another history.")
    here.network.nodes[THIRD_URL] = twin
    here.office.puller.pull(third.identity.short)
    assert here.office.peers.read(third.identity.short).state is PeerState.FROZEN
    here.pull()
    assert here.shown() == {}


def test_what_its_home_retracted_meanwhile_is_not_shown(here: Here, third: OtherNode) -> None:
    (record,) = here.other.publish()
    annotate(third, point(here.other, record))
    here.other.change(record, RecordState.RETRACTED)
    here.other.sign()
    pull(here, third)
    here.pull()
    assert here.shown() == {}


def test_annotations_of_another_kind_are_kept_and_mean_nothing_here(here: Here, third: OtherNode) -> None:
    (record,) = here.other.publish()
    annotate(third, point(here.other, record), b'{"annotation":"translated","v":9}')
    assert pull(here, third) == 0
    here.pull()
    assert here.shown() == {}


@pytest.mark.parametrize(
    "payload",
    [
        b"{",
        b"[]",
        b"{}",
        rfc8785.dumps({"v": 2, "annotation": "reviewed", "shown": True}),
        rfc8785.dumps({"v": 1, "annotation": "reviewed", "shown": 1}),
        rfc8785.dumps({"v": 1, "annotation": "reviewed"}),
        rfc8785.dumps({"v": 1, "annotation": "x" * REVIEWED_MAX}),
    ],
)
def test_a_review_has_one_form(here: Here, payload: bytes) -> None:
    third = OtherNode(3, "Third Node", THIRD_URL)
    (record,) = here.other.publish()
    about = point(here.other, record)
    assert read_reviewed(FAVOURABLE, envelope(third, about, FAVOURABLE)) == Reviewed(about, shown=True)
    with pytest.raises(Refused):
        read_reviewed(payload, envelope(third, about, payload))
