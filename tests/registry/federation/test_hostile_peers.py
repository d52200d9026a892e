"""Peers that mean no good, over real sockets (goal S11): refused in bounded time and memory, alone.

Each misbehaves at one address in one manner. What was shown before stays, another peer is read as ever, and
as soon as the peer is honest again, its log is read to the end.
"""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.errors import CommonsError
from registry.federation.office import FederationOffice, open_office
from registry.federation.rules import Mode, Policy
from registry.federation.standing import PeerState
from registry.fetching import NO_MORE, Answer, Fetcher
from registry.ledger.tiles import WIDTH
from registry.record.node import load_node
from registry.record.reading import Records
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation import hostile
from tests.registry.federation.hostile import HostileNode, Say, on_a_socket, says
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving

ROUNDS: Final = int(os.environ.get("COMMONS_HOSTILE", "1"))
"""Times that each manner is tried; the bar is 10 (``make chaos``)."""
PATIENCE: Final = 0.4
"""Seconds for one answer here; in earnest ``remote.SECONDS``."""
SECONDS_MAX, MEMORY_MAX = 12.0, 64 * 1024 * 1024
MILLION: Final = 1_000_000


class Hurried(Fetcher):
    """The way out with less patience."""

    patience = PATIENCE

    def get(
        self,
        url: str,
        *,
        limit: int = 0,
        seconds: float = 0,
        tag: str = "",
        headers: Mapping[str, str] = NO_MORE,
    ) -> Answer:
        return super().get(url, limit=limit, seconds=min(seconds, self.patience), tag=tag, headers=headers)


@dataclass
class Here:
    """This node, and two that it follows: one that means no good and one that does."""

    office: FederationOffice
    records: Records
    fetcher: Hurried
    bad: HostileNode
    good: OtherNode

    def pull(self, node: OtherNode) -> str:
        return self.office.puller.pull(node.identity.short).trouble

    def shown(self, node: OtherNode) -> set[str]:
        return set(self.records.read_many(list(node.records)))


@pytest.fixture
def here(bare: Settings, public_db: PublicDatabase, clock: SettableClock) -> Iterator[Here]:
    bad, good = HostileNode(), OtherNode()
    own = load_node(bare.data_dir)
    fetcher = Hurried(loopback=True)
    office = open_office(public_db, fetcher, own, load(), clock)
    with on_a_socket(bad) as one, serving(good) as other:
        for node, url in ((bad, one), (good, other)):
            node.publish(2)
            office.peers.pin(office.peers.meet(url), Policy(Mode.SHOW))
            assert office.puller.pull(node.identity.short).trouble == ""
        yield Here(office, Records(public_db), fetcher, bad, good)


@contextmanager
def bounded() -> Iterator[None]:
    """No more than so many seconds and bytes of memory are used inside."""
    tracemalloc.start()
    started = time.monotonic()
    yield
    taken, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < SECONDS_MAX
    assert peak < MEMORY_MAX


def first_line(**changes: Any) -> Say:
    """The payloads, the first of them changed."""

    def change(honest: bytes) -> bytes:
        first, _, rest = honest.partition(b"\n")
        return json.dumps(json.loads(first) | changes).encode() + b"\n" + rest

    return says(change)


DEEP = b"[" * 100_000
MANNERS: Final[dict[str, tuple[str, Say, set[str]]]] = {
    "endless checkpoint": ("checkpoint", hostile.endless, {"fetch-large"}),
    "endless entries": ("tile", hostile.endless, {"fetch-large", "fetch-slow"}),
    "endless payloads": ("payloads", hostile.endless, {"fetch-large", "fetch-slow"}),
    "endless proof": ("consistency", hostile.endless, {"fetch-large"}),
    "slow checkpoint": ("checkpoint", hostile.drip, {"fetch-slow"}),
    "slow entries": ("tile", hostile.drip, {"fetch-slow"}),
    "slow payloads": ("payloads", hostile.drip, {"fetch-slow"}),
    "no checkpoint": ("checkpoint", hostile.silent, {"fetch-broken"}),
    "half of the entries": ("tile", hostile.torn, {"fetch-broken"}),
    "half of the payloads": ("payloads", hostile.torn, {"fetch-broken"}),
    "sent elsewhere": ("checkpoint", hostile.elsewhere, {"fetch-status"}),
    "nothing new, unasked": ("tile", hostile.unasked, {"fetch-status"}),
    "a million signatures": (
        "checkpoint",
        says(lambda note: note + "— x y\n".encode() * MILLION),
        {"fetch-large"},
    ),
    "a million payloads": ("payloads", says(b'{"index":2}\n' * 600_000), {"answer-too-many"}),
    "a million empty lines": ("payloads", says(b"\n" * MILLION), {"answer-too-many"}),
    "a million hashes": ("consistency", says(b'{"hashes":[' + b'"",' * MILLION + b'""]}'), {"fetch-large"}),
    "a million leaves": ("tile", says(b"\x00\x00" * MILLION), {"fetch-large", "bundle-malformed"}),
    "no leaves": ("tile", says(b""), {"bundle-malformed"}),
    "one leaf more": ("tile", says(lambda raw: raw + b"\x00\x01x"), {"bundle-malformed"}),
    "an entry of 65,535 bytes": ("tile", says(b"\xff\xff" + b"x" * 65_535), {"fetch-large"}),
    "other entries": ("tile", says(lambda raw: raw.replace(b"serious", b"minorxx")), {"entries-other"}),
    "a note that is none": ("checkpoint", says(b"\xff\xfe\n\n"), {"note-malformed", "note-not-text"}),
    "a proof of nothing": ("consistency", says(b'{"hashes":[]}'), {"fork"}),
    "a proof that is none": ("consistency", says(b'{"hashes":["x"]}'), {"base64-malformed"}),
    "a proof too deep": ("consistency", says(DEEP[:10_000]), {"answer-not-json"}),
    "payloads too deep": ("payloads", says(DEEP), {"answer-not-json"}),
    "payloads that are no JSON": ("payloads", says(b"{]\n"), {"answer-not-json"}),
    "payloads of other entries": ("payloads", first_line(index=10**9), {"payload-order"}),
    "payloads before those asked for": ("payloads", first_line(index=-1), {"payload-order", ""}),
    "no payloads": ("payloads", says(b""), {"payload-missing"}),
    "a payload that is no base64": ("payloads", first_line(payload="?"), {"base64-malformed"}),
    "a payload in another place": ("payloads", first_line(payload=[], salt={}), {"answer-malformed"}),
    "another payload": ("payloads", first_line(payload="e30="), {""}),
    "another salt": ("payloads", first_line(salt="AAAA"), {""}),
}
"""Name → address, manner, and which trouble is told; none where only one record is set aside."""


@pytest.mark.parametrize("name", MANNERS)
def test_a_peer_that_means_no_good_harms_nobody_else(here: Here, name: str) -> None:
    where, manner, expected = MANNERS[name]
    for _ in range(ROUNDS):
        before = here.shown(here.bad)
        new = set(here.bad.publish(3))
        here.bad.manners = {where: manner}
        with bounded():
            trouble = here.pull(here.bad)
        assert trouble in expected
        if trouble:
            assert here.shown(here.bad) == before
        later = set(here.good.publish(1))
        assert here.pull(here.good) == ""
        assert later <= here.shown(here.good)
        here.bad.manners = {}
        if trouble == "fork":  # a proof that does not fit is evidence, and a person looks at it
            assert here.office.peers.read(here.bad.identity.short).state is PeerState.FROZEN
            return
        assert here.pull(here.bad) == ""
        quarantined = here.office.peers.read(here.bad.identity.short).quarantined
        assert len(new - here.shown(here.bad)) <= 1
        assert len(here.bad.records) - len(here.shown(here.bad)) == quarantined


@pytest.mark.parametrize(
    "manner",
    [
        hostile.endless,
        hostile.drip,
        hostile.silent,
        hostile.elsewhere,
        says(DEEP),
        says(b'{"mirrors":[' + b"{}," * 30_000 + b"{}]}"),
        says(b"[" + b"0," * MILLION + b"0]"),
    ],
)
def test_nobody_is_met_who_cannot_say_who_they_are(here: Here, manner: Say) -> None:
    here.bad.manners = {"incident-commons": manner}
    known = [one.short for one in here.office.peers.every()]
    with bounded(), pytest.raises(CommonsError):
        here.office.peers.meet(here.bad.url)
    assert [one.short for one in here.office.peers.every()] == known


def test_a_log_that_never_ends_is_left_after_a_while_and_read_on_later(here: Here) -> None:
    """The peer publishes more whenever it is asked: a pull ends with what was signed when it began."""
    here.bad.grows, here.fetcher.patience = True, 30.0
    here.bad.publish(WIDTH)
    signed = here.bad.size
    pulled = here.office.puller.pull(here.bad.identity.short)
    assert (pulled.trouble, pulled.entries) == ("", signed - 2)
    assert here.bad.size > signed
    assert here.office.puller.pull(here.bad.identity.short).entries > 0


def test_a_pull_ends_when_its_time_is_over(here: Here) -> None:
    here.fetcher.patience = 30.0
    here.bad.publish(16 * WIDTH)
    short = here.bad.identity.short
    first = here.office.puller.pull(short, seconds=0)
    assert (first.entries, first.trouble) == (16 * WIDTH - 2, "")
    hour = timedelta(hours=1)
    assert here.office.puller.due(hour) == short  # there is more, and all others were looked at
    assert here.office.puller.pull(short, seconds=0).entries == 2
    assert here.office.puller.due(hour) is None
