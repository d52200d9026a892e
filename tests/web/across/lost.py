"""A node that is lost, its successor, and a third one: what tests of custody do with them."""

from __future__ import annotations

import hashlib
from contextlib import closing

from registry.clock import today
from registry.errors import Gone
from registry.federation import mirror, wills
from registry.federation.models import MirrorEntryRow, PeerRow
from registry.federation.rules import Mode
from registry.federation.standing import PeerState
from registry.federation.succession_rules import Verdict
from registry.ledger import successors, telling
from registry.ledger.book import TemporaryBook
from registry.ledger.custody import Accepted
from registry.ledger.envelopes import Op, Standing
from registry.ledger.models import PayloadRow
from registry.ledger.sources import NodeSource
from registry.ledger.stored import append, held_head
from registry.ledger.successors import Writer
from registry.ledger.verifying import Whole, verify
from registry.record.canonical import canonical
from registry.strict_json import parse
from tests.web.across.nodes import Place

Three = tuple[Place, Place, Place]


def named(north: Place, east: Place) -> None:
    """North follows east and names it."""
    north.follow(east)
    north.pull(east)
    north.town.node.federation.custodian.name(east.short)
    north.sign()


def lost(three: Three, *, mode: Mode = Mode.SHOW) -> tuple[str, str]:
    """North published two records, was copied by both, and is gone; gives their ids."""
    north, east, south = three
    east.publish("Of east")
    found = north.publish("First"), north.publish("Second")
    named(north, east)
    east.follow(north, mode)
    east.pull(north)
    south.follow(north, mode, by_way_of=east)
    south.follow(east, mode)
    south.pull(north, east)
    return found


def handed_over(three: Three) -> tuple[str, str]:
    """The same of a node that is not lost but hands over: both read it to its end, and east accepts."""
    north, east, south = three
    found = lost(three)
    north.town.node.federation.custodian.hand_over()
    north.sign()
    east.pull(north)
    south.pull(north)
    accept(east, north, gone=False)
    return found


def accept(east: Place, north: Place, *, gone: bool = True) -> None:
    east.town.node.federation.custodian.accept(north.short, lost=gone)
    east.sign()


def verdict(reader: Place, of: Place) -> Verdict:
    return reader.town.node.federation.successions.look(of.short).verdict


def state(reader: Place, of: Place) -> PeerState:
    return reader.town.node.federation.peers.read(of.short).state


def is_gone(at: Place, record: str) -> bool:
    try:
        at.town.node.records.read(record)
    except Gone:
        return True
    return False


def whole(place: Place) -> Whole:
    """What ``commons ledger verify`` finds in the node's own log."""
    node = place.town.node
    with closing(TemporaryBook()) as book:
        return verify(NodeSource(node.log_reader), node.log.key, book, lambda _done, _all: None)


def forged(place: Place, of: Place) -> None:
    """Have a node write that it keeps another's records, past its own checks."""
    node = place.town.node
    by = Writer(node.identity.id, node.taxonomy.version, today(node.clock))
    with node.public.work() as session:
        naming = wills.named(session, of.id)
        assert naming is not None
        peer = session.get_one(PeerRow, of.short)
        named_by = Standing(naming.revision, naming.leaf, Op.CUSTODY)
        successors.accept(session, by, of.id, named_by, Accepted(peer.note or b""))
        peer.state, peer.successor = PeerState.OURS.value, place.short


def retracted_with(place: Place, of: Place, record: str, title: str) -> None:
    """Have a node retract another's record with another title than it had, past its own checks."""
    with place.town.node.public.work() as session:
        row = session.query(MirrorEntryRow).filter_by(record_id=record, revision=1).one()
        kept = mirror.payload(session, row.commitment)
        assert kept is not None
        told = parse(kept.payload)
        before, last = told["state"], mirror.standings(session, [record])[record]
        number = last.revision + 1
        told |= {"state": "retracted", "revision": number, "account": {**told["account"], "title": title}}
        raw, salt = canonical(told), bytes(32)
        commitment = hashlib.sha256(salt + raw).hexdigest()
        revision = telling.Revision(number, told, commitment, before)
        envelope = telling.told(telling.Log(of.id, "CLEAR"), revision, last)
        append(session, held_head(session), [(envelope, envelope.to_bytes())])
        session.add(PayloadRow(commitment=commitment, salt=salt, payload=raw))
    place.sign()
