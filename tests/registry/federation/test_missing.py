"""Payloads that are left out by whoever hands out a log: nothing is passed over in silence, nor for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from registry.federation.models import PeerRow
from registry.federation.remote import PAYLOADS_AT_ONCE
from registry.federation.rules import Mode, Policy, Scope
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode


@contextmanager
def withheld(other: OtherNode, *positions: int) -> Iterator[None]:
    """The other node says of these entries that their payloads are gone."""
    kept = {position: other.kept.pop(position) for position in positions}
    try:
        yield
    finally:
        other.kept.update(kept)


def missing(here: Here) -> int:
    return here.office.peers.read(here.other.identity.short).missing


def tomorrow(here: Here) -> None:
    here.clock.now += timedelta(days=1)


@pytest.mark.parametrize("mode", [Mode.SHOW, Mode.HIDDEN])
def test_what_was_left_out_is_counted_and_comes_when_it_is_given(here: Here, mode: Mode) -> None:
    one, two = here.other.publish(2)
    here.follow(mode)
    with withheld(here.other, 0):
        assert here.pull().trouble == ""
        assert missing(here) == 1
        assert one not in here.shown()
    tomorrow(here)
    assert here.pull().entries == 0
    assert missing(here) == 0
    here.office.peers.set_policy(here.other.identity.short, Policy(Mode.SHOW), here.office.puller.reader())
    assert set(here.shown()) == {one, two}


def test_that_a_record_is_retracted_is_told_though_the_payload_is_left_out(here: Here) -> None:
    (one,) = here.other.publish(1)
    here.follow()
    here.pull()
    here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    with withheld(here.other, 1):
        here.pull()
        assert (here.shown()[one].state, missing(here)) == (RecordState.RETRACTED, 1)
    tomorrow(here)
    here.pull()
    assert (here.shown()[one].state, missing(here)) == (RecordState.RETRACTED, 0)


def test_another_source_is_asked_at_once(here: Here) -> None:
    (one,) = here.other.publish(1)
    here.follow()
    with withheld(here.other, 0):
        here.pull()
    mirror = "https://mirror.example"
    here.network.nodes[mirror] = here.other
    with here.public.work() as session:
        session.execute(update(PeerRow).values(prefix=f"{mirror}/ledger"))
    here.pull()
    assert (set(here.shown()), missing(here)) == ({one}, 0)


def test_all_of_many_come_from_a_source_that_has_them(here: Here) -> None:
    count = 2 * PAYLOADS_AT_ONCE + 1
    here.other.publish(count)
    here.follow(Mode.HIDDEN)
    with withheld(here.other, *range(count)):
        here.pull()
    assert missing(here) == count
    tomorrow(here)
    here.pull()
    assert missing(here) == 0


def test_whoever_has_none_is_asked_once_a_day(here: Here) -> None:
    here.other.publish(1)
    here.follow()
    with withheld(here.other, 0):
        here.pull()
        before = len(payloads_asked(here.other))
        here.pull()
        assert len(payloads_asked(here.other)) == before
        tomorrow(here)
        here.pull()
        assert len(payloads_asked(here.other)) == before + 1


def payloads_asked(other: OtherNode) -> list[str]:
    return [url for url in other.asked if "/payloads" in url]


def test_what_was_erased_is_not_missing(here: Here) -> None:
    one, _ = here.other.publish(2)
    here.other.erase(one)
    here.other.sign()
    here.follow()
    here.pull()
    assert (missing(here), one in here.shown()) == (0, False)
    assert here.ask("SELECT COUNT(*) FROM mirror_entry WHERE standing = 'missing'") == [(0,)]


def test_what_nobody_wanted_is_not_missing(here: Here) -> None:
    here.other.publish(1)
    here.follow(Mode.SHOW, Scope(languages=frozenset({"fr"})))
    here.pull()
    assert missing(here) == 0


def test_what_fits_no_more_is_asked_for_again(here: Here) -> None:
    """Who handed out another payload may not be who signed the entry."""
    (one,) = here.other.publish(1)
    here.follow()
    right = here.other.kept[0]
    here.other.kept[0] = type(right)(b"\0" * len(right.salt), right.payload)
    assert here.pull().quarantined == 1
    here.other.kept[0] = right
    tomorrow(here)
    here.pull()
    assert set(here.shown()) == {one}
    assert here.office.peers.read(here.other.identity.short).quarantined == 0


def test_a_copy_that_lacks_some_says_so(here: Here) -> None:
    here.other.publish(2)
    here.follow()
    with withheld(here.other, 0):
        here.pull()
    told = here.office.relay.descriptor(here.other.identity.id)["partial"]
    (mirror,) = here.office.peers.mirrors("https://here.example")
    assert (told["missing"], mirror.scope["missing"]) == (True, True)
    tomorrow(here)
    here.pull()
    assert "missing" not in here.office.relay.descriptor(here.other.identity.id)["partial"]
