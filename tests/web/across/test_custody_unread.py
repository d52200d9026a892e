"""A node is lost: its successor's word counts whatever else is read of both, and however."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.errors import NotFound
from registry.federation import mirror
from registry.federation.models import PeerRow
from registry.federation.rules import Mode, Policy, Scope
from registry.record.models import VersionRow
from registry.record.types import RecordState
from tests.web.across.lost import Three, accept, lost


def test_records_that_nobody_read_here_are_kept_by_the_successor_as_well(three: Three) -> None:
    """South copied north unread; what its keeper did follows once they are read, also after north is gone."""
    north, east, south = three
    first, second = lost(three, mode=Mode.HIDDEN)
    east.set_mode(north, Mode.SHOW)
    accept(east, north)
    east.change(first, "retract", "wrong")
    east.change(second, "erase", "someone-recognizable")
    south.pull(east)
    settled = south.town.node.federation.successions.confirm(north.short)
    assert (settled.counted, settled.shown, settled.refused) == (2, 0, 0)
    south.set_mode(north, Mode.SHOW)
    found = south.town.node.records.read(first)
    assert (found.state, found.revision, found.account.title) == (RecordState.RETRACTED, 2, "First")
    with south.town.node.public.read() as session:
        assert session.get_one(PeerRow, north.short).unread is None
        assert mirror.copied(session, north.short, 0, 100) == []
        revisions = select(VersionRow.revision).where(VersionRow.record_id == first)
        assert sorted(session.scalars(revisions)) == [1, 2]
    with pytest.raises(NotFound):
        south.town.node.records.read(second)


@pytest.mark.parametrize("confirmed", [False, True])
def test_how_much_is_read_of_the_successor_itself_says_nothing_of_what_it_keeps(
    three: Three, *, confirmed: bool
) -> None:
    """South wants only what east publishes in French; the record that east takes back is in English."""
    north, east, south = three
    first, second = lost(three)
    federation = south.town.node.federation
    french = Policy(Mode.SHOW, Scope(languages=frozenset({"fr"})))
    federation.peers.set_policy(east.short, french, federation.puller.reader())
    accept(east, north)
    south.pull(east)
    if confirmed:
        federation.successions.confirm(north.short)
    east.change(first, "retract", "wrong")
    south.pull(east)
    if not confirmed:
        federation.successions.confirm(north.short)
    shown = [south.town.node.records.read(one).state for one in (first, second)]
    assert shown == [RecordState.RETRACTED, RecordState.PUBLISHED]
    east.change(first, "reinstate", "in-error")
    south.pull(east)
    assert south.town.node.records.read(first).state is RecordState.REINSTATED
