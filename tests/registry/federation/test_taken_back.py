"""A record that its node takes back is taken back here, whatever was not understood of it before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from registry.federation.rules import BREAKER_COUNT, Mode, Policy
from registry.ledger.envelopes import Op
from registry.record.types import Because, RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode

Spoil = Callable[[OtherNode, str], None]
NOTE = "See our other page."


def revise(other: OtherNode, record_id: str, **payload: object) -> None:
    old = other.records[record_id]
    told = replace(old, state=RecordState.REVISED, revision=old.revision + 1)
    other.tell(told, old.state.value, **payload)


def other_bytes(other: OtherNode, record_id: str) -> None:
    """What is handed out is not what was signed."""
    revise(other, record_id)
    last = len(other.leaves) - 1
    other.given[last] = json.dumps(other.kept[last].payload).encode()


def unknown_state(other: OtherNode, record_id: str) -> None:
    """A payload of a version to come."""
    revise(other, record_id, state="pondered")


def no_account(other: OtherNode, record_id: str) -> None:
    revise(other, record_id, account={"title": "A" * 5_000})


def unknown_operation(other: OtherNode, record_id: str) -> None:
    """An entry of a version to come, that nobody here can read; what follows names it all the same."""
    revise(other, record_id)
    leaf = other.leaves.pop()
    del other.kept[len(other.leaves)]
    other.leaves.append(leaf.replace(b'"op":"revise"', b'"op":"redact"'))


MODES = (Mode.SHOW, Mode.HOLD, Mode.HIDDEN)
SPOILT: list[Spoil] = [other_bytes, unknown_state, no_account, unknown_operation]


def set_mode(here: Here, mode: Mode) -> None:
    reader = here.office.puller.reader()
    here.office.peers.set_policy(here.other.identity.short, Policy(mode), reader)


@pytest.fixture
def one(here: Here) -> str:
    """A record that is shown here."""
    (one,) = here.other.publish()
    here.follow()
    here.pull()
    return one


@pytest.fixture(params=SPOILT)
def spoilt(here: Here, one: str, mode: Mode, request: pytest.FixtureRequest) -> str:
    """That record, of whose next revision something was not believed, under each policy."""
    set_mode(here, mode)
    request.param(here.other, one)
    here.other.sign()
    here.pull()
    return one


@pytest.mark.parametrize("mode", MODES)
def test_an_erasure_after_what_was_set_aside(here: Here, spoilt: str) -> None:
    here.other.erase(spoilt)
    here.other.sign()
    assert here.pull().erased == [spoilt]
    assert here.is_gone(spoilt)
    assert here.ask("SELECT COUNT(*) FROM mirror_payload") == [(0,)]
    assert not any("payload" in line for line in here.relayed(0, 3))


@pytest.mark.parametrize("mode", MODES)
def test_a_retraction_after_what_was_set_aside(here: Here, spoilt: str) -> None:
    here.other.change(spoilt, RecordState.RETRACTED)
    here.other.sign()
    here.pull()
    assert here.shown()[spoilt].state is RecordState.RETRACTED


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_set_aside_does_not_hold_up_the_next_revision(here: Here, one: str, *, at_once: bool) -> None:
    """In one stretch of the log and in two: how much is read at a time decides nothing."""
    no_account(here.other, one)
    if not at_once:
        here.other.sign()
        here.pull()
    here.other.change(one, text="Other words.")
    here.other.sign()
    here.pull()
    assert (here.shown()[one].revision, here.shown()[one].account.text) == (3, "Other words.")
    assert here.ask("SELECT position, reason FROM mirror_entry WHERE standing = 'quarantined'") == [
        (1, "payload-account")
    ]


@pytest.mark.parametrize("op", [Op.RETRACT, Op.ERASE])
def test_nothing_is_taken_back_by_the_number_of_an_older_revision(here: Here, one: str, op: Op) -> None:
    first = here.other.said[one]
    here.other.change(one, text="Other words.")
    here.other.sign()
    here.pull()
    here.other.said[one] = first
    if op is Op.ERASE:
        here.other.erase(one)
    else:
        here.other.records[one] = replace(here.other.records[one], revision=1)
        here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    here.pull()
    assert here.shown()[one].account.text == "Other words."
    assert here.office.peers.read(here.other.identity.short).quarantined == 1


@pytest.mark.parametrize("mode", [Mode.HOLD, Mode.HIDDEN])
@pytest.mark.parametrize("revised", [False, True])
def test_words_that_come_with_a_retraction_wait_like_all_others(
    here: Here, one: str, mode: Mode, *, revised: bool
) -> None:
    set_mode(here, mode)
    before = here.shown()[one]
    if revised:
        here.other.change(one, text="Buy at https://shop.example")
    old = here.other.records[one]
    because = Because("wrong", NOTE)
    account = replace(old.account, title="Buy now", text="Buy at https://shop.example")
    told = replace(
        old, state=RecordState.RETRACTED, revision=old.revision + 1, account=account, because=because
    )
    here.other.tell(told, old.state.value)
    here.other.sign()
    here.pull()
    shown = here.shown()[one]
    assert (shown.state, shown.revision) == (RecordState.RETRACTED, 2 + revised)
    assert (shown.account, shown.because) == (before.account, None)
    set_mode(here, Mode.SHOW)
    assert here.shown()[one].account == before.account


def test_a_node_that_is_shown_says_why_in_its_own_words(here: Here, one: str) -> None:
    old = here.other.records[one]
    because = Because("wrong", NOTE)
    here.other.tell(replace(old, state=RecordState.RETRACTED, revision=2, because=because), "published")
    here.other.sign()
    here.pull()
    assert here.shown()[one].because == because


@pytest.mark.parametrize("mode", MODES)
def test_what_is_said_after_a_retraction_does_not_hide_it(here: Here, one: str, mode: Mode) -> None:
    set_mode(here, mode)
    here.other.change(one, RecordState.RETRACTED)
    here.other.change(one, RecordState.RETRACTED, text="Other words.")
    here.other.sign()
    here.pull()
    assert here.shown()[one].state is RecordState.RETRACTED


@pytest.mark.parametrize("mode", [Mode.HOLD, Mode.HIDDEN])
def test_it_does_not_stand_again_before_somebody_looked(here: Here, one: str, mode: Mode) -> None:
    set_mode(here, mode)
    here.other.change(one, RecordState.RETRACTED)
    here.other.sign()
    here.pull()
    here.other.change(one, RecordState.REINSTATED)
    here.other.sign()
    here.pull()
    assert here.shown()[one].state is RecordState.RETRACTED
    set_mode(here, Mode.SHOW)
    assert here.shown()[one].state is RecordState.REINSTATED


def test_many_that_are_retracted_by_mere_revisions_wait_for_a_person(here: Here) -> None:
    ids = here.other.publish(BREAKER_COUNT + 1)
    here.follow()
    here.pull()
    for record_id in ids:
        old = here.other.records[record_id]
        here.other.tell(replace(old, state=RecordState.RETRACTED, revision=2), RecordState.RETRACTED.value)
    assert b'"op":"revise"' in here.other.leaves[-1]
    here.other.sign()
    assert here.pull().trouble == "mass-withdrawal"
    assert {one.state for one in here.shown().values()} == {RecordState.PUBLISHED}
