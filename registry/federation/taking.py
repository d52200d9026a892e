"""One stretch of a peer's log, read and checked: entries, and the payloads that are wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.federation.remote import PAYLOAD_MAX, PAYLOADS_AT_ONCE, Delivered, RemoteLog
from registry.federation.rules import ALWAYS, HOLDING, Policy, Standing
from registry.federation.verifying import Block, Checked, bundles, check_entries, extend, named, read_entry
from registry.ledger import envelopes
from registry.ledger.checkpoints import SignedCheckpoint
from registry.ledger.envelopes import Envelope, Op
from registry.ledger.frontier import Frontier
from registry.ledger.refusal import Refused
from registry.ledger.rotations import Rotated
from registry.ledger.telling import Log
from registry.record.types import PublicRecord

Standings = Callable[[set[str]], Mapping[str, envelopes.Standing]]
"""Asks how far the log was read of these records and nodes."""
Read = Callable[[bytes, Envelope], PublicRecord | None]
"""Reads a payload as this node would show it; None where it is of no record, or is read only later.

Raises ``Refused``.
"""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose log it is (full id), how it asks what was said before, and whether it was handed over already."""

    home: str
    before: Standings
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A payload that is what its entry commits to, and the record that it is here, if it was read as one."""

    salt: bytes
    payload: bytes
    record: PublicRecord | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Checked entries from ``start`` on, what becomes of each, payloads taken; edge and blocks after them.

    ``turns`` are the changes of the log's key among them.
    """

    start: int
    edge: Frontier
    blocks: Sequence[Block]
    entries: Sequence[Checked]
    standing: Mapping[int, Standing]
    taken: Mapping[int, Taken]
    turns: Sequence[Rotated] = ()

    @property
    def envelopes(self) -> list[Envelope]:
        """What the entries that were believed say of the log's own records, and of others."""
        return [one.envelope for one in self.entries if one.envelope is not None and not one.kept]

    @property
    def kept(self) -> list[Envelope]:
        """What they say of records of other nodes that this one keeps."""
        return [one.envelope for one in self.entries if one.envelope is not None and one.kept]


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries from ``start`` on as they were signed, each checked; edge and full blocks after them."""

    start: int
    edge: Frontier
    blocks: Sequence[Block]
    checked: Sequence[Checked]

    @property
    def said(self) -> list[Envelope]:
        """What those say that can be believed."""
        return [one.envelope for one in self.checked if one.envelope is not None]


def read_entries(log: RemoteLog, signed: SignedCheckpoint, edge: Frontier, end: int, whose: Whose) -> Entries:
    """The entries from the edge up to ``end``; raises ``Refused`` unless they are those that were signed."""
    start = edge.size
    leaves = [leaf for tile in bundles(start, end) for leaf in log.leaves(tile)[max(0, start - tile.first) :]]
    longer, blocks = extend(edge, leaves, signed, log.consistency)
    read = [read_entry(leaf) for leaf in leaves]
    checked = check_entries(
        start, read, Log(whose.home, log.label), whose.before(named(read)), ended=whose.ended
    )
    return Entries(start, longer, blocks, checked)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose payloads are fetched: what the policy takes, and each retraction of a record ``held`` here.

    What is said of records of another node is fetched whatever the scope: that is about the node's own
    records. Nothing is fetched of records that were ``erased`` here.
    """

    policy: Policy
    held: Collection[str] = ()
    erased: Collection[str] = ()

    def among(self, entries: Entries) -> list[Checked]:
        """Those of these entries."""
        held = {*self.held, *(one.id for one in entries.said if one.op in HOLDING and self.policy.takes(one))}
        return [one for one in entries.checked if one.envelope is not None and self._wants(one, held)]

    def _wants(self, one: Checked, held: Collection[str]) -> bool:
        said = one.envelope
        if said is None or said.id in self.erased:
            return False
        if one.kept:
            return said.op in HOLDING
        return self.policy.takes(said) or (said.op is Op.RETRACT and said.id in held)


def weight(wanted: Sequence[Checked]) -> int:
    """Bytes of the payloads of these entries, as they say themselves."""
    return sum(min(one.envelope.size, PAYLOAD_MAX) for one in wanted if one.envelope is not None)


@dataclass(frozen=True, slots=True)
class Given:
    """Payloads that were given and fit, by the positions of their entries, and codes of why others do not."""

    taken: Mapping[int, Taken]
    bad: Mapping[int, str]


def take(log: RemoteLog, entries: Entries, wanting: Sequence[Checked], read: Read) -> Stretch:
    """Fetch the payloads that are wanted; one that is not what was committed to is set aside alone.

    Raises ``Refused`` where one is not given that nobody ever erases: what is said of a record of another
    node, or of who keeps records. One of a record may be gone, and the entry that says so comes later.
    """
    given = ask(log, wanting, read)
    wanted = {one.position for one in wanting}
    for one in wanting:
        seen = one.position in given.taken or one.position in given.bad
        if not seen and one.envelope is not None and one.envelope.op in ALWAYS:
            raise Refused(
                "payload-withheld", "The payload of entry %(index)s was not given.", index=one.position
            )
    marked = entries.checked
    if given.bad:
        marked = [replace(one, reason=given.bad.get(one.position, one.reason)) for one in marked]
    standing = {one.position: _standing(one, given.taken, wanted) for one in marked}
    return Stretch(entries.start, entries.edge, entries.blocks, marked, standing, given.taken)


def ask(log: RemoteLog, wanting: Sequence[Checked], read: Read) -> Given:
    """What a log gives of the payloads of these entries, which are in the order of their positions."""
    wanted = {one.position: one for one in wanting}
    taken: dict[int, Taken] = {}
    bad: dict[int, str] = {}
    for delivered in _delivered(log, sorted(wanted)):
        envelope = wanted[delivered.index].envelope
        if envelope is None or delivered.payload is None or delivered.salt is None:
            continue
        try:
            taken[delivered.index] = _believed(delivered.salt, delivered.payload, envelope, read)
        except Refused as refused:
            bad[delivered.index] = refused.reason
    return Given(taken, bad)


def _standing(one: Checked, taken: Mapping[int, Taken], wanted: Collection[int]) -> Standing:
    if one.reason is not None:
        return Standing.QUARANTINED
    if one.kept:
        return Standing.CLAIMED
    if one.envelope is None or one.envelope.op not in HOLDING:
        return Standing.NOTED
    found = taken.get(one.position)
    if found is None:
        return Standing.MISSING if one.position in wanted else Standing.PASSED
    return Standing.COPIED if found.record is None else Standing.TAKEN


def _delivered(log: RemoteLog, positions: Sequence[int]) -> Iterator[Delivered]:
    """The payloads at these positions, asked for in ranges.

    A range may bring more, which is left, and may end early, after which the rest is asked for.
    """
    wanted, left = frozenset(positions), list(positions)
    while left:
        asked = [position for position in left if position < left[0] + PAYLOADS_AT_ONCE]
        seen = -1
        for one in log.payloads(asked[0], asked[-1] + 1):
            if one.index <= seen:
                raise Refused(
                    "payload-order", "The payload of entry %(index)s came out of order.", index=one.index
                )
            seen = one.index
            if seen in wanted:
                yield one
        if seen < asked[0]:
            raise Refused("payload-missing", "The payload of entry %(index)s was not given.", index=asked[0])
        left = [position for position in left if position > seen]


def _believed(salt: bytes, payload: bytes, envelope: Envelope, read: Read) -> Taken:
    """Salt, payload and record, if they are what the entry commits to; raises ``Refused``."""
    if len(payload) > PAYLOAD_MAX or len(payload) != envelope.size:
        raise Refused("payload-size", "The payload has %(size)s bytes.", size=len(payload))
    if hashlib.sha256(salt + payload).hexdigest() != envelope.commitment:
        raise Refused("payload-other", "The payload is not what its entry commits to.")
    return Taken(salt, payload, read(payload, envelope))
