"""What is taken back at its home is taken back at partners, and what nobody would tell of is not kept."""

from __future__ import annotations

import pytest

from registry.errors import Gone, NotFound
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.stored import leaves
from registry.record.types import RecordState
from registry.review.aftercare.changes import Proposal
from tests.web.across.nodes import Place
from tests.web.green.sharing import WORD, green, partners, pull, share, sign

Three = tuple[Place, Place, Place]


def change(place: Place, record: str, kind: str, reason: str) -> None:
    """Two reviewers change a record for partners, and the door does it."""
    side, people = place.town.side, place.town.people
    wish = Proposal(kind, reason, "", green(place).records.read(record).revision)
    changes = side.reviewing.care.changes
    proposed = changes.propose(people.reviewer, record, wish)
    changes.approve(people.other_reviewer, proposed.id, expected=proposed.lock)
    assert side.record_changes.carry_out(early=True) == [record]
    sign(place)


def files(place: Place) -> bytes:
    """All bytes of the database for partners."""
    green(place).database.settle()
    folder = place.town.node.settings.green_dir
    return b"".join(path.read_bytes() for path in sorted(folder.glob("green.sqlite*")))


@pytest.fixture
def shared(places: Three) -> tuple[Place, Place, str]:
    """A record that north shares and east has read."""
    north, east, _ = places
    sign(north)
    partners(north, east)
    record = share(north)
    sign(east)
    assert pull(east, north).trouble == ""
    return north, east, record


def test_a_retraction_is_shown_by_the_partner(shared: tuple[Place, Place, str]) -> None:
    north, east, record = shared
    change(north, record, "retract", "wrong")
    assert pull(east, north).trouble == ""
    assert green(east).records.read(record).state is RecordState.RETRACTED
    change(north, record, "reinstate", "in-error")
    assert pull(east, north).trouble == ""
    assert green(east).records.read(record).state is RecordState.REINSTATED


def test_an_erasure_leaves_no_byte_at_either_and_is_acknowledged_among_partners_alone(
    shared: tuple[Place, Place, str],
) -> None:
    north, east, record = shared
    assert WORD.encode() in files(north)
    assert WORD.encode() in files(east)
    before = east.town.node.log.state().size
    change(north, record, "erase", "safety")
    assert pull(east, north).erased == [record]
    for place in (north, east):
        with pytest.raises(Gone):
            green(place).records.read(record)
        assert WORD.encode() not in files(place)
    with green(east).database.read() as session:
        (said,) = [parse_envelope(leaf) for leaf in leaves(session, 0, 1)]
    assert (said.op, said.id, said.tlp) == (Op.ACK_ERASE, record, "GREEN")
    assert east.town.node.log.state().size == before


def test_copies_of_a_partner_that_is_ended_are_destroyed(shared: tuple[Place, Place, str]) -> None:
    north, east, record = shared
    green(east).partners.end(north.short)
    with pytest.raises(NotFound):
        green(east).records.read(record)
    assert WORD.encode() not in files(east)
    assert green(north).records.read(record).id == record
    green(east).partners.grant(north.short)
    assert pull(east, north).shown == 1
    assert green(east).records.read(record).id == record


def test_nothing_is_handed_on(shared: tuple[Place, Place, str], places: Three) -> None:
    north, east, record = shared
    south = places[2]
    partners(east, south)
    sign(east)
    assert pull(south, east).trouble == ""
    with pytest.raises(NotFound):
        green(south).records.read(record)
    visitor = south.town.visitor()
    assert visitor.open(f"/mirror/{green(north).identity.id}/checkpoint").status == 404
    assert east.town.visitor().open(f"/mirror/{green(north).identity.id}/checkpoint").status == 404
