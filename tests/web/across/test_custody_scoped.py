"""What its own node said last of a record was passed over by scope; then its keeper takes the record back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from registry.clock import today
from registry.federation.models import JudgmentRow, MirrorEntryRow, PeerRow
from registry.federation.rules import Mode, Policy, Scope, Standing
from registry.record import store
from registry.record.types import RecordState
from tests.web.across.lost import Three, accept, is_gone, lost, retracted_with
from tests.web.across.nodes import Place


def in_french(place: Place, record: str) -> None:
    """The next revision of a record of this node, in another language."""
    with place.town.node.public.work() as session:
        old = store.load(session, record)
        words = replace(old.account, title="Première", text="Tout autre.", language="fr")
        store.revise(session, replace(old, state=RecordState.REVISED, account=words))
    place.sign()


@pytest.fixture
def passed_over(three: Three) -> str:
    """South wants English alone; north said something in French of a record last, and is lost."""
    north, east, south = three
    first, _ = lost(three)
    federation = south.town.node.federation
    english = Policy(Mode.SHOW, Scope(languages=frozenset({"en"})))
    federation.peers.set_policy(north.short, english, federation.puller.reader())
    in_french(north, first)
    east.pull(north)
    south.pull(north)
    assert south.town.node.records.read(first).revision == 1
    accept(east, north)
    south.pull(east)
    federation.successions.confirm(north.short)
    return first


def stands(place: Place, record: str) -> tuple[RecordState, int, str]:
    found = place.town.node.records.read(record)
    return found.state, found.revision, found.account.title


def set_aside(place: Place) -> list[str]:
    with place.town.node.public.read() as session:
        aside = MirrorEntryRow.standing == Standing.QUARANTINED.value
        return [one.reason or "" for one in session.scalars(select(MirrorEntryRow).where(aside))]


def test_the_keeper_is_heard_and_the_words_stay_those_that_were_read(three: Three, passed_over: str) -> None:
    _, east, south = three
    east.change(passed_over, "retract", "wrong")
    (pulled,) = south.pull(east)
    assert (pulled.quarantined, set_aside(south)) == (0, [])
    assert stands(south, passed_over) == (RecordState.RETRACTED, 3, "First")
    because = south.town.node.records.read(passed_over).because
    assert because is not None
    assert because.reason == "wrong"
    assert "Première" not in south.page(passed_over)
    east.change(passed_over, "reinstate", "in-error")
    south.pull(east)
    assert (stands(south, passed_over), set_aside(south)) == ((RecordState.REINSTATED, 4, "First"), [])
    east.change(passed_over, "erase", "safety")
    south.pull(east)
    assert is_gone(south, passed_over)


def test_a_keeper_that_says_something_else_is_not_read(three: Three, passed_over: str) -> None:
    _, east, south = three
    retracted_with(east, three[0], passed_over, "Never said")
    south.pull(east)
    assert stands(south, passed_over) == (RecordState.RETRACTED, 3, "First")
    assert "Never said" not in south.page(passed_over)


def test_a_reinstatement_waits_where_somebody_has_to_look_and_a_retraction_does_not(
    three: Three, passed_over: str
) -> None:
    north, east, south = three
    with south.town.node.public.work() as session:
        session.get_one(PeerRow, north.short).mode = Mode.HOLD.value
    east.change(passed_over, "retract", "wrong")
    south.pull(east)
    assert stands(south, passed_over) == (RecordState.RETRACTED, 3, "First")
    east.change(passed_over, "reinstate", "in-error")
    south.pull(east)
    assert stands(south, passed_over) == (RecordState.RETRACTED, 3, "First")


def test_what_reviewers_here_took_from_readers_is_not_shown_again(three: Three, passed_over: str) -> None:
    north, east, south = three
    east.change(passed_over, "retract", "wrong")
    south.pull(east)
    with south.town.node.public.work() as session:
        row = JudgmentRow(record_id=passed_over, peer=north.short, judged=3, shown=0, reason="harmful")
        row.again, row.day = False, today(south.town.clock)
        session.add(row)
    east.change(passed_over, "reinstate", "in-error")
    south.pull(east)
    assert stands(south, passed_over) == (RecordState.RETRACTED, 3, "First")


def test_what_is_shown_only_later_is_shown_as_the_keeper_left_it(three: Three, passed_over: str) -> None:
    north, east, south = three
    with south.town.node.public.work() as session:
        session.get_one(PeerRow, north.short).mode = Mode.HIDDEN.value
    east.change(passed_over, "retract", "wrong")
    south.pull(east)
    south.set_mode(north, Mode.SHOW)
    assert stands(south, passed_over) == (RecordState.RETRACTED, 3, "First")
