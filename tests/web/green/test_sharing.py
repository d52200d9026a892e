"""A report for partners goes from its organization to a partner node, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from registry.errors import NotFound
from registry.federation.new_key import KeyChange, private_half
from registry.federation.vouching import describe_green, read_green, vouch
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import LogSigner
from registry.ledger.models import CheckpointRow, EntryRow
from registry.ledger.notes import sign_note
from registry.ledger.refusal import Refused
from registry.ledger.stored import append, held_head
from registry.record.node import make_key
from registry.record.types import Origin
from tests.factories import account
from tests.statements import counted
from tests.web.across.nodes import Place
from tests.web.green.sharing import TEXT, green, partners, pull, share, shared, sign

Three = tuple[Place, Place, Place]


def test_a_partner_reads_it_and_nobody_else_does(places: Three) -> None:
    north, east, south = places
    sign(north)
    partners(north, east)
    south.follow(north)
    record = share(north)
    pulled = pull(east, north)
    assert (pulled.trouble, pulled.shown, pulled.quarantined) == ("", 1, 0)
    found = green(east).records.read(record)
    assert (found.account.text, found.provenance.origin) == (TEXT, Origin.PEER)
    assert found.provenance.licence == "TLP:GREEN"
    for place in (north, east, south):
        with pytest.raises(NotFound):
            place.town.node.records.read(record)
    green(south).partners.grant(north.short)  # it wants to read, and nobody lets it
    assert pull(south, north).trouble == "not-granted"


def test_an_entry_with_another_label_than_its_log_is_set_aside(places: Three) -> None:
    """Whatever a node writes into which of its logs: it is believed only under that log's label."""
    north, east, _ = places
    sign(north)
    partners(north, east)
    record = share(north)
    shared = green(north).database
    with shared.work() as session:
        (row,) = session.scalars(select(EntryRow)).all()
        entry = parse_envelope(row.leaf)
        second = replace(entry, op=Op.REVISE, revision=2, previous=leaf_hash(row.leaf).hex(), tlp="CLEAR")
        append(session, held_head(session), [(second, second.to_bytes())])
    sign(north)
    pulled = pull(east, north)
    assert (pulled.trouble, pulled.shown, pulled.quarantined) == ("", 1, 1)
    assert green(east).records.read(record).revision == 1


def test_nobody_can_pass_a_log_off_as_the_partners_log_of_a_node(places: Three) -> None:
    """The key that is pinned for the public log has to vouch for it."""
    north, east, south = places
    sign(north)
    identity, key = green(north).identity, north.town.node.log.key
    told = describe_green(identity, "North Node", north.url, ["0.2.0"], b"")
    for signer, node_id, green_id in (
        (_signer(south, key.name), north.id, identity.id),  # another key
        (_signer(north, key.name), south.id, identity.id),  # of another node
        (_signer(north, key.name), north.id, green(east).identity.id),  # of another log
    ):
        raw = json.dumps(told | {"vouched": vouch(signer, node_id, green_id).decode()}).encode()
        with pytest.raises(Refused):
            read_green(raw, key, north.id)
    good = vouch(_signer(north, key.name), north.id, identity.id).decode()
    assert read_green(json.dumps(told | {"vouched": good}).encode(), key, north.id).identity == identity


def test_all_partners_are_named_by_one_question(places: Three) -> None:
    north, east, south = places
    asked = []
    for number, other in enumerate((east, south), 1):
        north.follow(other)
        green(north).partners.grant(other.short)
        with counted(north.town.node.public) as statements:
            assert len(green(north).partners.every()) == number
        asked.append(len(statements))
    assert asked == [1, 1]


def test_a_partner_follows_across_changed_keys(places: Three) -> None:
    """Twice that of the log for partners, and once that of either node's public log, by which it vouches."""
    north, east, _ = places
    sign(north)
    partners(north, east)
    records = [share(north)]
    pull(east, north)
    first = green(north).log.key
    for _ in range(2):
        _turn(north, shared=True)
        records.append(share(north, "One more"))
    assert pull(east, north).trouble == ""
    assert set(green(east).records.read_many(records)) == set(records)
    assert green(north).log.key != first
    for place, other in ((east, north), (north, east)):
        _turn(place, shared=False)
        assert pull(east, north).trouble == ("not-granted" if place is east else "")
        other.pull(place)
        records.append(share(north, "And one more"))
        assert pull(east, north).trouble == ""
    assert set(green(east).records.read_many(records)) == set(records)
    green(east).partners.end(north.short)
    green(east).partners.grant(north.short)
    assert (pull(east, north).trouble, green(east).records.count()) == ("", len(records))


def test_a_key_that_nobody_signed_for_is_not_followed(places: Three) -> None:
    """Whoever has the database and the folder, but not the key, gets no further."""
    north, east, _ = places
    record = shared(north, east)
    side, folder = green(north), north.town.node.settings.green_dir
    (folder / "node.key").unlink()
    forged = LogSigner(side.log.key.name, make_key(folder, "node.key"))
    with side.database.work() as session:
        row = session.scalars(select(CheckpointRow).order_by(CheckpointRow.size.desc())).first()
        assert row is not None
        row.note = sign_note(f"{row.note.decode().partition(chr(10) * 2)[0]}\n", [forged])
    assert pull(east, north).trouble == "signature-missing"
    assert green(east).records.read(record).id == record


def _turn(place: Place, *, shared: bool) -> None:
    """Give a log of a node another key."""
    node = place.town.node
    version, settings = node.taxonomy.version, node.settings
    if shared:
        side = green(place)
        change = KeyChange(side.database, settings.green_dir, side.identity, side.log, version)
    else:
        change = KeyChange(node.public, settings.data_dir, node.identity, node.log, version)
    change.rotate(node.clock)


def _signer(place: Place, name: str) -> LogSigner:
    node = place.town.node
    return LogSigner(name, private_half(node.settings.data_dir, node.log.key))


def test_a_report_that_called_itself_clear_is_no_other_at_partners_than_the_log_says(places: Three) -> None:
    north, east, _ = places
    sign(north)
    partners(north, east)
    record = share(north, classification={**account()["classification"], "tlp": ["tlp/clear"]})
    pulled = pull(east, north)
    assert (pulled.trouble, pulled.quarantined, pulled.shown) == ("", 0, 1)
    assert green(east).records.read(record).codes()["tlp"] == ("tlp/green",)
