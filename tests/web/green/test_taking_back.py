"""What is taken back at its home is taken back at partners, and what nobody would tell of is not kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.clock import today
from registry.db.public import PublicBase
from registry.errors import Conflict, Gone, NotFound
from registry.federation.models import CustodyRow, PeerRow
from registry.federation.standing import PeerState
from registry.ledger import successors
from registry.ledger.custody import NAMES, Named, Successor
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.stored import leaves
from registry.ledger.successors import Writer
from registry.record.types import RecordState
from registry.review.aftercare.changes import Proposal
from search import Indexer
from tests.factories import account, keep_details
from tests.web.across.nodes import Place
from tests.web.green import sharing
from tests.web.green.sharing import TEXT, WORD, green, partners, pull, share, sign
from web.worker import Worker

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
    """All bytes of the database for partners; on PostgreSQL, whose files are its own, all of its rows."""
    database = green(place).database
    database.settle()
    with database.read() as session:
        tables = PublicBase.metadata.sorted_tables
        rows = [repr(tuple(row)) for table in tables for row in session.execute(select(table))]
    folder = place.town.node.settings.green_dir
    raw = [path.read_bytes() for path in sorted(folder.glob("green.sqlite*"))]
    return b"".join(raw) if database.address.startswith("sqlite") else "".join(rows).encode()


def custody(place: Place) -> int:
    """How much was read in partners' logs of who keeps records."""
    with green(place).database.read() as session:
        return len(session.scalars(select(CustodyRow)).all())


@pytest.fixture
def shared(places: Three) -> tuple[Place, Place, str]:
    """A record that north shares and east has read."""
    north, east, _ = places
    record = sharing.shared(north, east)
    sign(east)
    return north, east, record


def test_a_retraction_is_shown_by_the_partner(shared: tuple[Place, Place, str]) -> None:
    north, east, record = shared
    change(north, record, "retract", "wrong")
    assert pull(east, north).trouble == ""
    assert green(east).records.read(record).state is RecordState.RETRACTED
    change(north, record, "reinstate", "in-error")
    assert pull(east, north).trouble == ""
    assert green(east).records.read(record).state is RecordState.REINSTATED


def test_where_the_public_log_has_ended_the_one_for_partners_goes_on(
    shared: tuple[Place, Place, str],
) -> None:
    north, east, record = shared
    north.town.node.federation.custodian.name(east.short)
    north.town.node.federation.custodian.hand_over()
    change(north, record, "retract", "wrong")
    assert pull(east, north).trouble == ""
    assert green(east).records.read(record).state is RecordState.RETRACTED


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


def test_a_partner_can_be_ended_and_read_again_whatever_its_log_says(
    shared: tuple[Place, Place, str],
) -> None:
    north, east, _ = shared
    node, side = north.town.node, green(north)
    with side.database.work() as session:
        by = Writer(side.identity.id, node.taxonomy.version, today(node.clock))
        named = Successor(green(east).identity.id, green(east).log.key.vkey)
        successors.name(session, by, Named(NAMES, named))
    sign(north)
    assert pull(east, north).entries == 1
    assert custody(east) == 1
    green(east).partners.end(north.short)
    assert custody(east) == 0
    green(east).partners.grant(north.short)
    pulled = pull(east, north)
    assert (pulled.trouble, pulled.entries, pulled.shown) == ("", 2, 1)


def test_a_partner_that_is_gone_reads_nothing_more(shared: tuple[Place, Place, str]) -> None:
    """Whoever has the key of a lost node now is not who was let in."""
    north, east, _ = shared
    with north.town.node.public.work() as session:
        session.get_one(PeerRow, east.short).state = PeerState.KEPT.value
    share(north, "Another one")
    pulled = pull(east, north)
    assert (pulled.entries, pulled.trouble) == (0, "not-granted")
    with pytest.raises(Conflict):
        green(north).partners.grant(east.short)


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


def test_a_revision_reaches_partners_alone(shared: tuple[Place, Place, str]) -> None:
    north, east, record = shared
    side, people = north.town.side, north.town.people
    key = side.submissions.own(people.member).items[0].id
    side.revising.reopen(people.member, key)
    raw = account(title="Triage assistant, told better", text=TEXT)
    side.intake.revise(people.member, key, raw, expected=None)
    side.intake.submit(people.member, key)
    side.reviews.claim(people.reviewer, key)
    keep_details(side, people.reviewer, key)
    side.reviews.accept(people.reviewer, key)
    assert side.publication.publish_batch() == [record]
    sign(north)
    assert pull(east, north).trouble == ""
    found = green(east).records.read(record)
    assert (found.account.title, found.revision) == ("Triage assistant, told better", 2)
    assert north.town.node.records.count() == 0


def test_what_is_published_keeps_its_label(shared: tuple[Place, Place, str]) -> None:
    side, people = shared[0].town.side, shared[0].town.people
    key = side.submissions.own(people.member).items[0].id
    side.revising.reopen(people.member, key)
    with pytest.raises(Conflict):
        side.labelling.choose(people.member, key, "CLEAR")


def test_the_worker_signs_and_reads_by_itself(places: Three) -> None:
    north, east, _ = places
    partners(north, east)
    record = share(north, signs=False)
    for place in (north, east):
        node = place.town.node
        Worker(node, Indexer(node.settings.index_dir, node.taxonomy)).drain()
    assert green(east).records.read(record).id == record
    assert [one.trouble for one in green(east).partners.every()] == [""]
